/** A bot as a program of its own: Baton calls it at each of its turns, and it answers. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What it is told at its turn, as far as these bots read it. */
export interface Turn {
  readonly text: string
  readonly customer: { readonly name?: string }
  readonly variables: Readonly<Record<string, unknown>>
  readonly transcript: readonly { readonly from: string; readonly text: string }[]
  readonly handoff?: { readonly note: string | null }
}

export interface Bot {
  readonly address: string
  /** All turns so far, in order. */
  readonly turns: readonly Turn[]
  close(): Promise<void>
}

/** Starts it; `answer` gives what its webhook answers. */
export async function startBot(answer: (turn: Turn) => object): Promise<Bot> {
  const turns: Turn[] = []
  const server = createServer(async (request, response) => {
    // docs/http.md says what a turn holds.
    const turn = JSON.parse(await text(request)) as Turn
    turns.push(turn)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(turn)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // It listens on a port, not on a pipe.
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    turns,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
