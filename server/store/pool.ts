import pg from 'pg'
import { createFarewell } from './farewell.ts'

/** A pool of connections. */
export interface Pool {
  readonly pool: pg.Pool
  /** Resolves when no connection is left on either side. */
  close(): Promise<void>
}

/** Opens nothing yet. `onLost` hears of each connection that was lost, until the pool is closed. */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void): Pool {
  const pool = new pg.Pool({ keepAlive: true, ...config })
  const farewell = createFarewell()
  let closed = false
  pool.on('connect', (client) => {
    // A client that is lent out reports its lost connection only here; unheard, it would end the process.
    client.on('error', (error) => {
      if (!closed) onLost(error)
    })
    farewell.expect(client)
  })
  // Of a client that is not lent out the pool reports it again.
  pool.on('error', () => undefined)
  return {
    pool,
    async close() {
      closed = true
      await pool.end()
      await farewell.over()
    },
  }
}
