/** Somebody else's page: another origin, nothing on it but the chat. */
import { once } from 'node:events'
import { createServer } from 'node:http'

export interface Host {
  readonly url: string
  close(): Promise<void>
}

export async function openHost(script: string, flow: string): Promise<Host> {
  const line = `<script src="${script}" data-flow="${flow}" async></script>`
  const server = createServer(({ url }, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    answer.end(`<!doctype html><html lang="en"><title>Blank</title>${url === '/bare' ? '' : line}</html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The page has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
