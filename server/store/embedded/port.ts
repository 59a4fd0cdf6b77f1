import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A free port on 127.0.0.1. It lies below the range from which systems take ports for outgoing connections, so that
 * none of those sits on it in the moment between the death of a postmaster and its restart.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
}

const LOWEST = 15_432
const HIGHEST = 32_767
