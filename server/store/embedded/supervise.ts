/*
 * Keeps a postmaster up, on its port, for as long as we want one.
 *
 *   up --dies--> down --relaunch--> up
 *                down --relaunch fails--> down, after a longer pause
 *                down --LIMIT failures--> given up, and says so
 *   any --stop--> stopped
 *
 * 1. The first relaunch is immediate, the next wait 0.1, 0.2, 0.4 ... 5 s: about 20 s until it gives up.
 * 2. A death counts as a failure like a launch that fails, so a postmaster that dies at once, again and again, is given
 *    up too. One that stayed up for STEADY_MS clears the count.
 * 3. After stop() nothing is launched any more, and a launch under way is ended.
 */
import { asFault, type EmbeddedPostgresError } from './fault.ts'
import { pause } from './poll.ts'
import type { Postmaster } from './postmaster.ts'

export interface Supervised {
  /** Ends the postmaster; the same promise however often it is asked for. */
  stop(): Promise<void>
}

interface Hands {
  readonly folder: string
  relaunch(cancel: AbortSignal): Promise<Postmaster>
  log(line: string): void
  onGivenUp(error: EmbeddedPostgresError): void
}

export function supervise(first: Postmaster, hands: Hands): Supervised {
  const halt = new AbortController()
  let current: Postmaster | undefined = first
  const watching = watch()
  let stopped: Promise<void> | undefined
  return { stop: () => (stopped ??= stop()) }

  async function stop(): Promise<void> {
    halt.abort()
    await current?.shutdown()
    await watching
  }

  async function watch(): Promise<void> {
    let failures = 0
    let cause: EmbeddedPostgresError | undefined
    while (!halt.signal.aborted) {
      if (current) {
        const since = performance.now()
        await current.gone
        if (halt.signal.aborted) return
        if (performance.now() - since >= STEADY_MS) failures = 0
        hands.log(`PostgreSQL (process ${current.pid}) has died`)
        current = undefined
      }
      failures += 1
      if (failures > LIMIT) return hands.onGivenUp(cause ?? asFault('it died again and again', hands.folder))
      await pause(failures === 1 ? 0 : Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (failures - 2)), halt.signal)
      try {
        current = await relaunch()
      } catch (error) {
        if (halt.signal.aborted) return
        cause = asFault(error, hands.folder)
        hands.log(`PostgreSQL does not come back. ${cause.message}`)
      }
    }
  }

  async function relaunch(): Promise<Postmaster | undefined> {
    if (halt.signal.aborted) return undefined
    const next = await hands.relaunch(halt.signal)
    if (halt.signal.aborted) await next.shutdown()
    else hands.log(`PostgreSQL is back on port ${next.port} (process ${next.pid})`)
    return next
  }
}

const LIMIT = 9
const SHORTEST_MS = 100
const LONGEST_MS = 5_000
const STEADY_MS = 30_000
