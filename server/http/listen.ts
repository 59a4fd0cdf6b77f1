/**
 * The socket. Laws:
 * 1. Closing takes no new request, lets those that are answered now end (`GRACE` at most), and then cuts what is left;
 *    streams are ended by the application's own signal before.
 * 2. A connection that holds us up is cut: whose request has not come whole after `LIMITS.requestTimeout`, its head
 *    after `LIMITS.headersTimeout`; that neither brings what it has begun nor takes what it has asked for, not a byte of
 *    it in `LIMITS.stalled`. One that waits for our own answer is not.
 * 3. There are `LIMITS.connections` at most; one more is closed before it costs anything.
 * 4. What is no request is refused as a request is, with its cure.
 */
import { createAdaptorServer } from '@hono/node-server'
import { Server, type ServerResponse } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import { StartError } from '../config.ts'
import { rawProblem, type ProblemCode } from './problem.ts'

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

/** Milliseconds and bytes; documented in docs/operations.md. */
export const LIMITS = {
  headersTimeout: 15_000,
  /** Long enough for a file of 10 MB over a slow line. */
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
  /** Node looks this often for requests that are late. */
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  stalled: 30_000,
  connections: 20_000,
} as const

/** Who connect at the same moment; the system may take fewer. One beyond them would wait for seconds. */
const BACKLOG = 4_096
const GRACE = 20_000
const IDLE_CHECK = 25

/** Listens; throws a `StartError` that names the cure when the address cannot be had. */
export async function listen(
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'],
  host: string,
  port: number,
  limits: Readonly<Record<keyof typeof LIMITS, number>> = LIMITS,
  /** Aborts when callers are to go elsewhere: what is answered from then on ends its connection. */
  leaving?: AbortSignal,
): Promise<Listening> {
  const { stalled, connections, ...serverOptions } = limits
  const server = createAdaptorServer({ fetch, serverOptions })
  if (!(server instanceof Server)) throw new Error('Baton listens by HTTP/1.1 only.')
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.once('close', () => open.delete(socket))))
  server.maxConnections = connections
  const answering = answeredBy(server)
  cutStalled(server, stalled, answering)
  refuseUnread(server, answering)
  // Before the answer is begun, which may be at once.
  server.prependListener('request', (_, response) => {
    if (leaving?.aborted === true) response.shouldKeepAlive = false
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refused(error, host, port)))
    server.listen(port, host, BACKLOG, resolve)
  })
  // A server that listens on a host and a port has an address, never a pipe's name.
  const { port: given } = server.address() as AddressInfo
  return { url: `http://${shownHost(host)}:${given}`, close: () => close(server, open) }
}

/** The answer that a connection is being given. */
type Answering = Pick<WeakMap<Socket, ServerResponse>, 'get'>

function answeredBy(server: Server): Answering {
  const answering = new WeakMap<Socket, ServerResponse>()
  server.on('request', ({ socket }, response) => {
    answering.set(socket, response)
    // Of requests that were sent together the last one counts.
    response.once('close', () => {
      if (answering.get(socket) === response) answering.delete(socket)
    })
  })
  return answering
}

const UNREAD: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
}

/** Node tells of bytes that are no request. Into the middle of an answer nothing is said. */
function refuseUnread(server: Server, answering: Answering): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isHeard = socket instanceof Socket && socket.writable && error.code !== 'ECONNRESET'
    if (!isHeard || answering.get(socket)?.headersSent === true) socket.destroy()
    else socket.end(rawProblem(UNREAD[error.code ?? ''] ?? 'not-http'), () => socket.destroy())
  })
}

/** Node tells of a connection by which nothing has moved for so long; whose turn it is decides. */
function cutStalled(server: Server, after: number, answering: Answering): void {
  server.setTimeout(after, (socket: Socket) => {
    const isOurTurn = answering.get(socket)?.req.complete === true && socket.writableLength === 0
    if (!isOurTurn) socket.destroy()
  })
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
