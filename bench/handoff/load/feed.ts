/** One stream, followed with the reader that desk and widget have. */
import { once } from 'node:events'
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { createReader } from '#ui/feed.ts'
import type { Followed } from './orders.ts'

export interface Feed {
  readonly followed: Followed
  /** The `seq` of each entry of the log that came, in the order in which they came. */
  readonly seen: readonly number[]
  /** Connects, after what was seen last. @throws Error when the server does not let it. */
  open(): Promise<void>
  /** Breaks the line without a word. */
  cut(): void
  /** How often the line broke by itself. */
  broken(): number
}

/** Each feed has a connection of its own, as each browser has. */
const connections = new Agent({ keepAlive: false, maxSockets: Infinity })
/** What has no place in the log. */
const PASSING = new Set(['view', 'typing'])

export function openFeed(url: string, followed: Followed): Feed {
  const seen: number[] = []
  let line: ClientRequest | undefined
  let broken = 0
  const reader = createReader(({ id, event }) => {
    if (followed.of !== null && !PASSING.has(event)) seen.push(Number(id))
  })
  return {
    followed,
    seen,
    async open() {
      const last = reader.lastId()
      const asking = request(new URL(followed.path, url), {
        agent: connections,
        headers: {
          accept: 'text/event-stream',
          authorization: `Bearer ${followed.key}`,
          ...(last === '' ? {} : { 'last-event-id': last }),
        },
      })
      line = asking
      asking.end()
      // What `response` is emitted with.
      const [answer] = (await once(asking, 'response')) as [IncomingMessage]
      if (answer.statusCode !== 200) throw new Error(`${followed.path} answered ${answer.statusCode}.`)
      answer.setEncoding('utf8')
      // What was on its way when the line was cut does not count as seen.
      answer.on('data', (text: string) => line === asking && reader.read(text))
      const lost = (): void => {
        if (line === asking) broken += 1
      }
      asking.on('error', lost)
      answer.on('error', lost).on('end', lost)
    },
    cut() {
      const cutting = line
      line = undefined
      reader.reset()
      cutting?.on('error', () => undefined).destroy()
    },
    broken: () => broken,
  }
}
