/**
 * One address for all that the browser asks for: the built apps from their folders, everything else from the server.
 * So a measurement has its own build, and leaves the one that others serve alone.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import type { Apps } from './apps.ts'

export interface Front {
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

export async function openFront(apps: Apps, serverUrl: string): Promise<Front> {
  const server = createServer((asked, answer) => {
    const path = new URL(asked.url ?? '/', serverUrl).pathname
    const file = fileOf(apps, path)
    if (file === undefined) passOn(serverUrl, asked, answer)
    else void give(file, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The front has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function fileOf(apps: Apps, path: string): string | undefined {
  if (path === '/' || path.startsWith('/flows/')) return join(apps.editor, 'index.html')
  if (path.startsWith('/assets/')) return join(apps.editor, normalize(path))
  if (path === '/plain/') return join(apps.plain, 'index.html')
  if (path.startsWith('/plain/')) return join(apps.plain, normalize(path.slice('/plain'.length)))
  return undefined
}

async function give(file: string, answer: ServerResponse): Promise<void> {
  const body = await readFile(file).catch(() => undefined)
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const keep = extname(file) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable'
  answer.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'cache-control': keep }).end(body)
}

function passOn(serverUrl: string, asked: IncomingMessage, answer: ServerResponse): void {
  const onward = request(
    new URL(asked.url ?? '/', serverUrl),
    { method: asked.method ?? 'GET', headers: { ...asked.headers, host: new URL(serverUrl).host } },
    (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
    },
  )
  onward.on('error', () => answer.destroy())
  // A stream of events ends when the page that listened is left.
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}
