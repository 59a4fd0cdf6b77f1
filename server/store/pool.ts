import pg from 'pg'

/** A pool of connections whose end is their end: pg's own resolves while the last farewells are still on their way. */
export interface Pool {
  readonly pool: pg.Pool
  /** Resolves when no connection is left on either side. */
  close(): Promise<void>
}

/** A server that does not answer the farewell is not waited for longer. */
const FAREWELL = 2_000

/** Opens nothing yet. `onLost` hears of each connection that was lost, until the pool is closed. */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void): Pool {
  const pool = new pg.Pool({ keepAlive: true, ...config })
  const open = new Set<Promise<unknown>>()
  let closed = false
  pool.on('connect', (client) => {
    // A client that is lent out reports its lost connection only here; unheard, it would end the process.
    client.on('error', (error) => {
      if (!closed) onLost(error)
    })
    const gone: Promise<unknown> = new Promise((resolve) => client.once('end', resolve)).then(() => open.delete(gone))
    open.add(gone)
  })
  // Of a client that is not lent out the pool reports it again.
  pool.on('error', () => undefined)
  return {
    pool,
    async close() {
      closed = true
      await pool.end()
      let stop: NodeJS.Timeout | undefined
      const patience = new Promise((resolve) => {
        stop = setTimeout(resolve, FAREWELL)
      })
      await Promise.race([Promise.all(open), patience])
      clearTimeout(stop)
    },
  }
}
