import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
export type Answering = (request: Received, response: ServerResponse, nth: number) => void

/** A real server on loopback: what the network, a bot or a receiver of webhooks talks to in tests. */
export interface Outside {
  readonly host: string
  readonly port: number
  readonly origin: string
  /** Connections ever opened to it, whether a request came or not. */
  connections(): number
  readonly received: readonly Received[]
  answer(answering: Answering): void
  close(): Promise<void>
}

export async function openOutside(host = '127.0.0.1'): Promise<Outside> {
  let answering: Answering = (_, response) => response.end('hello')
  let connections = 0
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      received.push(one)
      answering(one, response, received.length)
    })
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ port: 0, host }, resolve))
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    host: name,
    port,
    origin: `http://${name}:${port}`,
    received,
    connections: () => connections,
    answer: (next) => {
      answering = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
