/**
 * Replies that helped before. Of the conversations of the same flow that a person of the same team resolved last, those
 * are taken that are most like this one, by why they came to a person, what they were about and the customer's words;
 * of each, the last thing of substance that the person said before it was resolved.
 */
import type { LogEntry, Snapshot } from '#engine/index.ts'
import type pg from 'pg'
import { reading } from './write.ts'

export interface SimilarReply {
  readonly conversation: string
  readonly text: string
  /** Which conversation it is from and what the two have in common, in a plain sentence. */
  readonly because: string
}

/** Of so many resolved conversations the most alike are looked for. */
const LOOKED_AT = 200
/** Words that a person says last are seldom the answer: of the last so many the longest counts. */
const LAST_WORDS = 4
const ALIKE = 0.2

interface Candidate {
  readonly snapshot: Snapshot
  readonly score: number
  readonly common: readonly string[]
}

export async function similarReplies(
  pool: pg.Pool,
  snapshot: Snapshot,
  limit: number,
): Promise<readonly SimilarReply[]> {
  const resolved = await resolvedLike(pool, snapshot)
  const common = commonWords(resolved)
  const candidates = resolved
    .map((each) => likeness(snapshot, each, common))
    .filter((each) => each.score >= ALIKE)
    .toSorted((one, other) => other.score - one.score)
  const replies: SimilarReply[] = []
  for (const candidate of candidates) {
    if (replies.length >= limit) break
    const said = await lastAnswer(pool, candidate.snapshot.conversation)
    if (said === undefined || replies.some((each) => each.text === said.text)) continue
    replies.push({
      conversation: candidate.snapshot.conversation,
      text: said.text,
      because: sentence(candidate, said.by),
    })
  }
  return replies
}

async function resolvedLike(pool: pg.Pool, { conversation, flow, machine }: Snapshot): Promise<readonly Snapshot[]> {
  const { rows } = await reading(() =>
    pool.query<{ snapshot: string }>({
      name: 'resolved',
      text: `select c.snapshot from baton.conversations c where c.flow = $2 and c.id <> $3 and c.id in (
          select h.conversation from (select conversation from baton.handoffs
            where team = $1 and accepted_at is not null and finished_at is not null
            order by finished_at desc limit $4) h)`,
      values: [machine.context.waiting?.team ?? '', flow.id, conversation, LOOKED_AT],
    }),
  )
  // Only `commit_event` writes this column, from a Snapshot.
  return rows
    .map((row) => JSON.parse(row.snapshot) as Snapshot)
    .filter((each) => each.machine.context.resolution !== null)
}

/** Between 0 and 1: half what it is about, a tenth why it came, the rest the customer’s words. */
function likeness(one: Snapshot, other: Snapshot, everyday: ReadonlySet<string>): Candidate {
  const intents = shared(intentsOf(one), intentsOf(other))
  const reason = one.machine.context.reason?.trigger
  const isSameReason = reason !== undefined && reason === other.machine.context.reason?.trigger
  const words = shared(without(wordsOf(one), everyday), without(wordsOf(other), everyday))
  const score = intents.part * 0.5 + (isSameReason ? 0.1 : 0) + Math.min(1, words.part * 2) * 0.4
  const common = [
    ...(intents.names.length > 0
      ? [`it was about ${listed(intents.names.map((name) => name.replaceAll(/[_-]/g, ' ')))} too`]
      : []),
    ...(words.names.length > 0 ? [`the customer also wrote ${listed(words.names.slice(0, 3))}`] : []),
  ]
  return { snapshot: other, score: common.length === 0 ? 0 : score, common }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ')
}

function intentsOf({ memory }: Snapshot): ReadonlySet<string> {
  return new Set([...memory.intents.map((each) => each.intent), ...(memory.topic === null ? [] : [memory.topic])])
}

/** Words of substance: long ones, as they were written last and as the reason quotes them. */
function wordsOf({ memory, machine }: Snapshot): ReadonlySet<string> {
  const quoted = [...(machine.context.reason?.sentence ?? '').matchAll(/“([^”]*)”/g)].map((match) => match[1])
  const text = [memory.lastText, ...quoted, ...Object.values(machine.context.vars)].filter(
    (each) => typeof each === 'string',
  )
  return new Set(
    text
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{4,}/gu),
  )
}

/** Words that most of them have in common tell nothing: by such every conversation is like every other. */
function commonWords(snapshots: readonly Snapshot[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const snapshot of snapshots) for (const word of wordsOf(snapshot)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count > 1 && count > snapshots.length / 2).map(([word]) => word)
  return new Set([...ASKING, ...often])
}

function without(words: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...words].filter((word) => !others.has(word)))
}

/** By which a person is asked for: they say that somebody wanted one, not what about. */
const ASKING: readonly string[] = [
  'agent human person people someone somebody real talk speak want need with please thanks help support',
  'representative operator about this that have would could',
  'mensch menschen person jemand mitarbeiter sprechen reden möchte will brauche bitte danke hilfe einem einer einen',
  'humain personne quelqu agent conseiller parler veux voudrais besoin merci aide avec plaît',
  'humano persona alguien agente hablar quiero quisiera necesito favor gracias ayuda',
].flatMap((words) => words.split(' '))

function shared(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): { readonly part: number; readonly names: readonly string[] } {
  const names = [...one].filter((name) => other.has(name))
  const all = new Set([...one, ...other]).size
  return { part: all === 0 ? 0 : names.length / all, names }
}

async function lastAnswer(
  pool: pg.Pool,
  id: string,
): Promise<{ readonly text: string; readonly by: string } | undefined> {
  const { rows } = await reading(() =>
    pool.query<{ entries: string }>({
      name: 'answers',
      text: `select entries from baton.log where conversation = $1
        and entries like '%"event":{"type":"agent.message"%' order by seq desc limit $2`,
      values: [id, LAST_WORDS],
    }),
  )
  const answers = rows
    // Only `commit_event` writes the log, from LogEntry lists.
    .flatMap((row) => JSON.parse(row.entries) as readonly LogEntry[])
    .flatMap((entry) => (entry.kind === 'message' && entry.from === 'agent' ? [entry] : []))
  const [longest] = answers.toSorted((one, other) => other.text.length - one.text.length)
  if (longest === undefined || longest.text.trim() === '') return undefined
  return { text: longest.text, by: longest.agent?.name ?? 'Somebody' }
}

function sentence({ snapshot, common }: Candidate, by: string): string {
  const { resolution } = snapshot.machine.context
  const how = resolution === null || resolution === '' ? '' : ` (“${resolution.slice(0, 120)}”)`
  return `${by} resolved conversation ${snapshot.conversation}${how}: ${common.join(', and ')}.`
}
