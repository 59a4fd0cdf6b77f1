/** The rows that came of an event, against the event: I12, I13, I10, I18, I22 and I23. */
import { nextDue, type Snapshot } from '#engine/index.ts'
import type { RealDatabase } from './database.ts'
import type { Known } from './oracle.ts'
import { Violation } from './violation.ts'
import { holdsOf, waitsOf, type Written } from './written.ts'

export async function checkRows(
  real: RealDatabase,
  now: number,
  { id, after, text, jobs, followUp, person, does }: Written,
  known: Pick<Known, 'keys' | 'handoffs'>,
): Promise<void> {
  const { rows } = await real.run({ text: ROWS, values: [id, text, jobs.map(({ key }) => key), person] }, now)
  // The columns of ROWS.
  const row = rows[0] as unknown as Row | undefined
  if (!row) throw new Violation('I22', `${id}: its row is not there`)
  const { waiting, agent } = after.machine.context
  const waits = waitsOf(after)
  const holds = holdsOf(after)
  const due = dueOf(after)
  const expected: Omit<Row, 'wake_at' | 'running' | 'presence' | 'follow_up'> = {
    same: true,
    version: after.version,
    seq: after.seq,
    epoch: after.epoch,
    phase: after.phase,
    owner: after.owner,
    flow_version: after.flow.version,
    agent: holds ? (agent?.id ?? null) : null,
    offered_to: waits ? (waiting?.offered?.agent.id ?? null) : null,
    waiting_since: waits ? (waiting?.since ?? null) : null,
    next_due: due,
    is_closed: after.closed !== null,
    events: after.version,
    last_seq: after.seq,
    queued: waits,
    offered: waits ? waiting?.offered != null : null,
    keys: known.keys.size,
    jobs: jobs.length,
    handoffs: known.handoffs,
    holder: holds ? (agent?.id ?? null) : null,
  }
  for (const [name, value] of Object.entries(expected)) {
    const found = row[name as keyof Row]
    if (found !== value)
      throw new Violation('I12', `${id}: ${name} is ${String(found)} in its row and ${String(value)} by its event`)
  }
  if (does === 'offered' && row.presence !== 'online')
    throw new Violation('I10', `${id}: it was offered to ${person}, who is ${row.presence}`)
  if (followUp !== undefined && row.follow_up !== followUp)
    throw new Violation('I18', `${id}: it is followed up at ${row.follow_up} instead of ${followUp}`)
  if (row.running !== (waits || holds ? 1 : 0))
    throw new Violation('I23', `${id}: ${row.running} handoffs run, and it is ${after.state}`)
  if (
    after.closed
      ? row.wake_at !== null
      : due !== null && (row.wake_at === null || row.wake_at > Math.max(due, now + AGAIN))
  )
    throw new Violation('I13', `${id}: due at ${due} and woken at ${row.wake_at}, ${after.state}`)
}

/** A deadline that was due and not taken is looked at again so much later. */
const AGAIN = 30_000

interface Row {
  readonly same: boolean
  readonly version: number
  readonly seq: number
  readonly epoch: number
  readonly phase: string
  readonly owner: string
  readonly flow_version: number
  readonly agent: string | null
  readonly offered_to: string | null
  readonly waiting_since: number | null
  readonly next_due: number | null
  readonly wake_at: number | null
  readonly is_closed: boolean
  readonly events: number
  readonly last_seq: number
  readonly queued: boolean
  readonly offered: boolean | null
  readonly keys: number
  readonly jobs: number
  readonly running: number
  readonly handoffs: number
  readonly holder: string | null
  readonly presence: string | null
  readonly follow_up: number | null
}

const ROWS = `
  select c.snapshot = $2 as same, c.version, c.seq, c.epoch, c.phase, c.owner, c.flow_version, c.agent, c.offered_to,
    c.waiting_since, c.next_due, c.wake_at, c.closed_at is not null as is_closed,
    l.events, l.last_seq, q.id is not null as queued, q.offered,
    (select count(*) from baton.keys k where k.conversation = c.id) as keys,
    (select count(*) from graphile_worker._private_jobs j where j.key = any($3::text[])) as jobs,
    h.handoffs, h.running, h.holder,
    (select a.presence from baton.agents a where a.id = $4) as presence,
    (select f.due_at from baton.follow_ups f where f.conversation = c.id) as follow_up
  from baton.conversations c
  cross join lateral (select count(*) as events, max(l.seq) as last_seq from baton.log l where l.conversation = c.id) l
  cross join lateral (
    select count(*) as handoffs, count(*) filter (where finished_at is null) as running,
      max(agent) filter (where finished_at is null) as holder
    from baton.handoffs where conversation = c.id) h
  left join baton.queue q on q.id = c.id
  where c.id = $1`

/** The next deadline, that of an offer among them. */
function dueOf(snapshot: Snapshot): number | null {
  const offered = waitsOf(snapshot) ? snapshot.machine.context.waiting?.offered : null
  const due = nextDue(snapshot.timers) ?? null
  if (offered == null) return due
  return due === null ? offered.until : Math.min(due, offered.until)
}
