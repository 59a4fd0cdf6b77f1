/**
 * The socket. Law: closing takes no new request, lets those that are answered now end (`GRACE` at most), and then cuts
 * what is left; streams are ended by the application's own signal before.
 */
import { createAdaptorServer } from '@hono/node-server'
import { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { StartError } from '../config.ts'

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

const GRACE = 10_000
const IDLE_CHECK = 25

/** Listens; throws a `StartError` that names the cure when the address cannot be had. */
export async function listen(
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'],
  host: string,
  port: number,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch,
    // A body that trickles in holds a connection, not a thread; past this it is cut with 408.
    serverOptions: { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
  })
  if (!(server instanceof Server)) throw new Error('Baton listens by HTTP/1.1 only.')
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.once('close', () => open.delete(socket))))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refused(error, host, port)))
    server.listen(port, host, resolve)
  })
  // A server that listens on a host and a port has an address, never a pipe's name.
  const { port: given } = server.address() as AddressInfo
  return { url: `http://${shownHost(host)}:${given}`, close: () => close(server, open) }
}

function close(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive is idle only once its answer has ended, which Node looks at no second time.
    const idle = setInterval(() => {
      server.closeIdleConnections()
      // One that a browser opened beforehand and has sent nothing by is no idle one to Node.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    }, IDLE_CHECK)
    const late = setTimeout(() => server.closeAllConnections(), GRACE)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(late)
      resolve()
    })
  })
}

function refused(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new StartError(
      `Port ${port} on ${host} is in use; end the program that listens there, or set PORT to another.`,
    )
  if (code === 'EACCES') return new StartError(`Port ${port} may not be used by this user; set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(
      `${host} is no address of this machine; set HOST to one that is, such as 127.0.0.1 or 0.0.0.0.`,
    )
  return error
}

/** An address that a browser on this machine can open. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
