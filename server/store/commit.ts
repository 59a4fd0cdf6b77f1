/** The hot statement: one decided event, written by one call of `baton.commit_event`. Its laws are in the migration. */
import { jsonText } from './json-text.ts'
import type { Statements } from './pipeline.ts'
import type { ConversationRow, QueueRow } from './tables.ts'

/**
 * What the event has made of the conversation's row, and of its place in the queue. Null leaves `customer`, `team` and
 * `asked_at` as they are.
 */
export type Columns = Pick<
  ConversationRow,
  | 'id'
  | 'flow'
  | 'flow_version'
  | 'version'
  | 'seq'
  | 'epoch'
  | 'at'
  | 'snapshot'
  | 'phase'
  | 'state'
  | 'node'
  | 'owner'
  | 'channel'
  | 'language'
  | 'customer_key'
  | 'agent'
  | 'team'
  | 'priority'
  | 'waiting_since'
  | 'offered_to'
  | 'offered_until'
  | 'next_due'
  | 'closed_at'
  | 'close_reason'
> & {
  readonly customer: string | null
  readonly place: PlaceInQueue | null
  /** Whether it waited before the event and does not now. */
  readonly left: boolean
}

export type PlaceInQueue = Pick<QueueRow, 'teams' | 'turn' | 'needs' | 'needs_key' | 'asked_at'>

/** What is to be done after the event, and is written with it. `at`: when (epoch ms). */
export type Job =
  /** A job of graphile-worker; without `at` it runs as soon as it can. */
  | { readonly task: 'effect' | 'wrapped'; readonly payload: object; readonly key: string; readonly at?: number }
  /** No job, but a row that waits: of `baton.follow_ups`. */
  | { readonly task: 'follow-up'; readonly at: number }

/** A step of the handoff's figures: `baton.note_handoff`. */
export type HandoffStep =
  | {
      readonly did: 'entered'
      readonly team: string
      readonly reason: string
      readonly signals: readonly string[]
      readonly since: number
      readonly needs: string | null
      readonly priority: number
      readonly expected: number | null
      readonly within: number | null
      readonly stretch: number
    }
  | { readonly did: 'accepted'; readonly agent: string; readonly team?: string }
  | { readonly did: 'left'; readonly why: string }
  /** `wrapUntil`: the agent keeps the room until then. */
  | { readonly did: 'finished'; readonly wrapUntil?: number }

/** The agent whose work the event touches. Who is offered something must be online, and there must be room for it. */
export interface Touched {
  readonly agent: string
  readonly does: 'offered' | 'accepts' | 'declines' | 'misses'
}

export interface Commit {
  /** The version it was decided on; 0 begins a conversation. */
  readonly base: number
  readonly token: number
  readonly firstSeq: number
  readonly now: number
  readonly columns: Columns
  readonly entries: string
  readonly key?: { readonly key: string; readonly body: string; readonly answer: string }
  readonly person?: Touched
  readonly jobs: readonly Job[]
  readonly handoff: readonly HandoffStep[]
}

export type Outcome =
  /** `wake`: the next deadline comes before the one that a job was added for. `away`: an agent is away by it. */
  | { readonly outcome: 'committed'; readonly wake: boolean; readonly away: boolean }
  | {
      readonly outcome:
        'conflict' | 'missing' | 'exists' | 'key-reused' | 'agent-unknown' | 'agent-full' | 'agent-absent'
    }
  | { readonly outcome: 'replayed'; readonly answer: string }

const PARAMETERS = 43
const STATEMENT = {
  name: 'commit_event',
  text: `select outcome, answer, wake, away from baton.commit_event(${placeholders(PARAMETERS)})`,
}

/** Resolves after COMMIT. Rejects with what pg rejects with; `failureOf` says whether it may have been written. */
export async function commit(statements: Statements, event: Commit): Promise<Outcome> {
  const row = event.columns
  const { rows } = await statements.query<Outcome>({
    ...STATEMENT,
    values: [
      row.id,
      event.base,
      row.version,
      event.token,
      event.firstSeq,
      row.seq,
      row.epoch,
      row.at,
      event.now,
      row.flow,
      row.flow_version,
      row.snapshot,
      event.entries,
      row.phase,
      row.state,
      row.node,
      row.owner,
      row.channel,
      row.language,
      row.customer,
      row.customer_key,
      row.agent,
      row.team,
      row.place?.teams ?? null,
      row.priority,
      row.waiting_since,
      row.place?.turn ?? null,
      row.place?.needs ?? null,
      row.place?.needs_key ?? null,
      row.place?.asked_at ?? null,
      row.left,
      row.offered_to,
      row.offered_until,
      row.next_due,
      row.closed_at,
      row.close_reason,
      event.key?.key ?? null,
      event.key?.body ?? null,
      event.key?.answer ?? null,
      event.person?.agent ?? null,
      event.person?.does ?? null,
      listOrNull(event.jobs),
      listOrNull(event.handoff),
    ],
  })
  const first = rows[0]
  if (!first) throw new Error('baton.commit_event answered nothing.')
  return first
}

function listOrNull(list: readonly object[]): string | null {
  return list.length === 0 ? null : jsonText(list)
}

function placeholders(count: number): string {
  return Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ')
}
