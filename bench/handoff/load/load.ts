/** The load, in a process of its own: people who write, follow and accept. It does one order after the other. */
import { inspect } from 'node:util'
import { audit } from './audit.ts'
import { openFeed, type Feed } from './feed.ts'
import type { Order, Orders, Report } from './orders.ts'
import { race } from './race.ts'
import { reconnect } from './reconnect.ts'
import { createSpeaker, type Speaker } from './speaker.ts'
import { startTalk, type Talk } from './talk.ts'

type Doing = {
  readonly [Name in keyof Orders]: (url: string, asked: Orders[Name]['asked']) => Promise<Orders[Name]['answered']>
}

const feeds: Feed[] = []
const speakers = new Map<string, Speaker>()
let talk: Talk | undefined

const doing: Doing = {
  async follow(url, asked) {
    // So many at once that the server's queue for new connections is not what is measured.
    for (let from = 0; from < asked.length; from += 50) {
      const some = asked.slice(from, from + 50).map((followed) => openFeed(url, followed))
      feeds.push(...some)
      await Promise.all(some.map((feed) => feed.open()))
    }
    return null
  },
  async talk(url, { held, perSecond }) {
    talk = startTalk(speakerTo(url), held, perSecond)
    return null
  },
  async quiet() {
    const said = await talk?.end()
    talk = undefined
    return said ?? 0
  },
  reconnect: (url, held) => reconnect(speakerTo(url), feeds, held),
  audit: (url, key) => audit(url, key, feeds),
  race: (_, asked) => race(asked),
}

function speakerTo(url: string): Speaker {
  const speaker = speakers.get(url) ?? createSpeaker(url)
  speakers.set(url, speaker)
  return speaker
}

process.on('message', (order) => {
  // Only `loader.ts` sends on this channel, and only orders.
  run(order as Order).then((report) => process.send?.(report))
})
process.on('disconnect', () => process.exit(0))

async function run({ name, url, asked }: Order): Promise<Report> {
  try {
    // `Order` holds what belongs to its name.
    const work = doing[name] as (url: string, asked: unknown) => Promise<unknown>
    return { answered: await work(url, asked) }
  } catch (error) {
    return { fault: inspect(error) }
  }
}
