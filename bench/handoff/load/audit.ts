/** Whether each feed saw what it had to see: every entry of the log that is for its reader, once, in order. */
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { z } from 'zod'
import type { Feed } from './feed.ts'
import type { Audit } from './orders.ts'

const page = z.object({
  items: z.array(z.object({ seq: z.number(), kind: z.string() })),
  next: z.union([z.string(), z.number()]).nullable(),
})
type Entry = z.output<typeof page>['items'][number]

/** For as long it may take until the last entry has come. */
const PATIENCE = 60_000
const LOOK_EVERY = 100

export async function audit(url: string, key: string, feeds: readonly Feed[]): Promise<Audit> {
  const logs = new Map<string, readonly Entry[]>()
  const total = { due: 0, missed: 0, wrong: 0, broken: 0 }
  const patience = Date.now() + PATIENCE
  for (const feed of feeds) {
    const { of } = feed.followed
    total.broken += feed.broken()
    if (of === null) continue
    const log = logs.get(of.conversation) ?? (await readLog(url, key, of.conversation))
    logs.set(of.conversation, log)
    // A customer is shown messages and moves.
    const theirs = log.filter(({ kind }) => of.by === 'staff' || kind === 'message' || kind === 'moved')
    const due = theirs.map(({ seq }) => seq)
    while (feed.seen.at(-1) !== due.at(-1) && Date.now() < patience) await pause(LOOK_EVERY)
    const missed = missing(due, feed.seen)
    total.due += due.length
    total.missed += missed
    // Without the missed ones, what it saw is what was due: or else something came that should not have.
    const seen = new Set(feed.seen)
    const rest = due.filter((seq) => seen.has(seq))
    total.wrong += feed.seen.length - rest.length
    if (feed.seen.some((seq, index) => index > 0 && seq <= (feed.seen[index - 1] ?? 0))) total.wrong += 1
  }
  return total
}

function missing(due: readonly number[], seen: readonly number[]): number {
  const came = new Set(seen)
  return due.filter((seq) => !came.has(seq)).length
}

async function readLog(url: string, key: string, conversation: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let after: string | number | null = 0
  while (after !== null) {
    const address = `${url}/v1/conversations/${conversation}/log?after=${after}&limit=1000`
    const { statusCode, body } = await request(address, { headers: { authorization: `Bearer ${key}` } })
    if (statusCode !== 200) throw new Error(`The log was answered ${statusCode}.`)
    const { items, next }: z.output<typeof page> = page.parse(await body.json())
    entries.push(...items)
    after = next
  }
  return entries
}
