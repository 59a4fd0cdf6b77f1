import { setTimeout as pause } from 'node:timers/promises'
import { median } from '../../rounds.ts'
import { ADMIN_KEY } from '../../live/administrator.ts'
import type { HandoffFigure } from '../figure.ts'
import type { Followed, Held } from '../load/orders.ts'
import { heldBy, hire } from '../stage/people.ts'
import { playOn, type Stage } from '../stage/stage.ts'

const EACH = 50
const PER_SECOND = 20
const MINUTE = 60_000
/** Of the time with feeds, the part that they are compared with, and the last part, which is compared. */
const PART = 0.1

export const feeds: HandoffFigure = {
  name: 'feeds',
  lines: [
    { what: 'memory of the server for each feed that is held, at the end', reach: { atMost: 50 }, unit: ' kB' },
    {
      what: 'events that feeds missed, or saw twice or in the wrong order, over one reconnect of each',
      reach: { atMost: 0 },
      unit: '',
    },
  ],
  measure: ({ feeds: count, minutes }) =>
    playOn(async (stage) => {
      const conversations = Math.ceil(count / 2)
      const held = await heldBy(stage, await hire(stage, Math.ceil(conversations / EACH), 2 * EACH), conversations)
      const loader = stage.loader()
      await loader.ask(stage.url, 'talk', { held, perSecond: PER_SECOND })
      // People talk before as they talk after, so that only the feeds are new.
      await memoryOver(stage, minutes * MINUTE * PART)
      const without = median(await memoryOver(stage, minutes * MINUTE * PART))
      const followed = held.flatMap(bothSides).slice(0, count)
      await loader.ask(stage.url, 'follow', followed)
      const first = median(await memoryOver(stage, minutes * MINUTE * PART))
      await memoryOver(stage, minutes * MINUTE * (1 - 2 * PART))
      const last = median(await memoryOver(stage, minutes * MINUTE * PART))
      const said = await loader.ask(stage.url, 'quiet', null)
      const cuts = await loader.ask(stage.url, 'reconnect', held)
      const { due, missed, wrong, broken } = await loader.ask(stage.url, 'audit', ADMIN_KEY)
      const each = (bytes: number): string => `${((bytes - without) / count / 1e3).toFixed(1)} kB`
      return [
        {
          value: (last - without) / count / 1e3,
          beside:
            `${count} feeds held for ${minutes} min, ${said} messages meanwhile; ` +
            `the server ${inMegabytes(without)} without them, ` +
            `${inMegabytes(first)} at first (${each(first)} each), ${inMegabytes(last)} at the end`,
        },
        {
          value: missed + wrong + broken,
          beside:
            `${cuts} reconnects, ${due} events to be seen: ${missed} missed, ${wrong} wrong, ` +
            `${broken} lines that broke by themselves`,
        },
      ]
    }),
}

function bothSides({ id, customer, agent }: Held): readonly Followed[] {
  const path = `/v1/conversations/${id}/stream`
  return [
    { path, key: customer, of: { conversation: id, by: 'customer' } },
    { path, key: agent, of: { conversation: id, by: 'staff' } },
  ]
}

/** What the server held in memory each second for so many milliseconds, in bytes. */
async function memoryOver(stage: Stage, milliseconds: number): Promise<readonly number[]> {
  const seen: number[] = []
  const end = performance.now() + milliseconds
  do {
    seen.push(await residentBytes(stage))
    await pause(1_000)
  } while (performance.now() < end)
  return seen
}

async function residentBytes({ url }: Stage): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } })
  const bytes = Number(/^process_resident_memory_bytes (\d+)/m.exec(await answer.text())?.[1])
  if (!Number.isFinite(bytes)) throw new Error('The server does not say how much memory it holds.')
  return bytes
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
