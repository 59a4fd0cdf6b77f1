import type pg from 'pg'

/** Connections whose end is their end: pg's own `end()` resolves while the last farewells are still on their way. */
export interface Farewell {
  expect(client: pg.ClientBase): void
  /** Resolves when none of them is left on either side. */
  over(): Promise<void>
}

/** A server that does not answer the farewell is not waited for longer. */
const PATIENCE = 2_000

export function createFarewell(): Farewell {
  const open = new Set<Promise<unknown>>()
  return {
    expect(client) {
      const gone: Promise<unknown> = new Promise((resolve) => client.once('end', resolve)).then(() => open.delete(gone))
      open.add(gone)
    },
    async over() {
      let stop: NodeJS.Timeout | undefined
      const patience = new Promise((resolve) => {
        stop = setTimeout(resolve, PATIENCE)
      })
      await Promise.race([Promise.all(open), patience])
      clearTimeout(stop)
    },
  }
}
