/** What must be so when nobody does anything any more, and when everything has come to its end. */
import { verify, type LogEntry } from '#engine/index.ts'
import type { FlowStore } from '#server/store/flows.ts'
import { brokenLaws } from '#server/store/laws.ts'
import type { Statements } from '#server/store/pipeline.ts'
import type { RealDatabase } from './database.ts'
import { FLOW } from './flows.ts'
import type { Oracle } from './oracle.ts'
import { fits } from './order-laws.ts'
import type { Plan } from './plan.ts'
import type { Scheduler } from './scheduler.ts'
import { Violation } from './violation.ts'
import { holdsOf, waitsOf } from './written.ts'

/** After this, what nodes do by themselves is done: they are there again, jobs that failed were tried again. */
export const CALM = 20_000
/** Who could be served is not made to wait for longer by a sweep of each node. */
const SERVED = 12_000
/** Nor is anybody left with who has gone, for longer than this. Less than `CALM`, with which people go home. */
const LEFT_BEHIND = 12_000

/** Who or what has not come to rest; undefined when all has. */
export async function whatIsLeft(
  plan: Plan,
  real: RealDatabase,
  scheduler: Scheduler,
  oracle: Oracle,
  open: number,
): Promise<Violation | undefined> {
  if (open > 0) return new Violation('I22', `${open} requests are without an answer`)
  for (const [id, { snapshot }] of oracle.conversations) {
    if (plan.agents > 0 && (waitsOf(snapshot) || holdsOf(snapshot)))
      return new Violation('I9', `${id} is left at ${snapshot.state}`)
  }
  const { rows } = await real.run({ text: LEFT, values: [scheduler.now()] }, scheduler.now())
  const left = rows[0]
  return left && new Violation(String(left['law']), `${String(left['what'])} is left undone`)
}

/** Nobody has done anything for a while: all that nodes do by themselves must be done. */
export async function checkCalm(real: RealDatabase, scheduler: Scheduler, oracle: Oracle): Promise<void> {
  const now = scheduler.now()
  const { rows: lost } = await real.run({ text: LOST, values: [now - LEFT_BEHIND] }, now)
  if (lost[0])
    throw new Violation('I10', `${String(lost[0]['id'])} is left with ${String(lost[0]['agent'])}, who is gone`)
  const { rows: idle } = await real.run({ text: ROOM, values: [now] }, now)
  for (const [id, { waitsSince, snapshot }] of oracle.conversations) {
    if (waitsSince === undefined || waitsSince >= now - SERVED) continue
    const free = idle.map((row) => oracle.agents.get(String(row['id']))).find((agent) => agent && fits(snapshot, agent))
    if (free) throw new Violation('I7', `${id} waits while ${free.id} has room`)
  }
}

/** Who accepts while they count as offline is there: theirs they keep. */
const LOST = `
  select c.id, a.id as agent from baton.conversations c
  left join baton.handoffs h on h.conversation = c.id and h.finished_at is null
  join baton.agents a on a.id = c.agent and a.presence = 'offline' and h.accepted_at < a.presence_at
    or a.id = c.offered_to and a.presence <> 'online'
  where a.presence_at < $1::bigint and not exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'presence' and j.payload->>'agent' = a.id and j.attempts < j.max_attempts)`
const ROOM = `
  select a.id from baton.agents a
  where a.presence = 'online' and a.bot is null and a.capacity > baton.load_of(a.id, '', $1::bigint) order by a.id`

const LEFT = `
  select case when j.run_at > simulated.now() + interval '1 minute' then 'I15' else 'I18' end as law, 'the job ' || concat_ws(', ', coalesce(j.key, t.identifier), 'try ' || j.attempts, 'locked by ' || j.locked_by, j.last_error) as what
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier <> 'wake' and j.attempts < j.max_attempts and (t.identifier <> 'wrapped' or j.run_at < simulated.now())
  union all
  select 'I13', 'the deadline of ' || id from baton.conversations where next_due < $1::bigint - 3000
  order by law desc limit 1`

/** What must be so at any moment. */
export async function checkTables(real: RealDatabase, scheduler: Scheduler): Promise<void> {
  const statements: Statements = {
    // The rows are what the statement's author says, as with pg.
    query: async <Row>({ text }: { readonly text: string }) => ({
      rows: [...(await real.run({ text, values: [] }, scheduler.now())).rows] as Row[],
    }),
  }
  const [broken] = await brokenLaws(statements)
  if (broken) throw new Violation('I12', `${broken.conversation}: ${broken.what} (${broken.law})`)
}

export async function checkEnd(
  real: RealDatabase,
  scheduler: Scheduler,
  oracle: Oracle,
  followed: readonly { readonly conversation: string; readonly seen: number }[],
  flows: FlowStore,
): Promise<void> {
  const ask: Ask = async (text, values = []) => (await real.run({ text, values }, scheduler.now())).rows
  await checkTables(real, scheduler)
  const deadLetters = await ask('select id, attempts, error from baton.dead_letters')
  checkEffects(oracle, new Set(deadLetters.map(({ id }) => id)))
  for (const each of deadLetters) checkDeadLetter(each, oracle)
  for (const { conversation, seen } of followed) {
    const seq = oracle.conversations.get(conversation)?.snapshot.seq ?? 0
    if (seen !== seq) throw new Violation('I12', `${conversation}: its feed ended at ${seen} of ${seq}`)
  }
  const said = oracle.acknowledgedKeys
  const [lost] = await ask(UNWRITTEN, [said.map(({ conversation }) => conversation), said.map(({ key }) => key)])
  if (lost)
    throw new Violation('I22', `${String(lost['id'])}: ${String(lost['key'])} was acknowledged and is not there`)
  const written = new Map((await ask(WRITTEN)).map(({ id, snapshot, log }) => [id, { snapshot, log }]))
  for (const [id, { snapshot }] of oracle.conversations)
    await checkReplay(id, snapshot.seq, written.get(id) ?? { snapshot: '', log: '[]' }, flows)
}

function checkEffects(oracle: Oracle, deadLetters: ReadonlySet<unknown>): void {
  for (const [id, { effect, conversation, epoch }] of oracle.effects) {
    // A service that says no has been called; a text must arrive, or somebody must see that it did not.
    const isSent = effect.type === 'message' ? oracle.deliveredOf.has(id) : oracle.heardOf.has(id)
    const isCalled = effect.type === 'http' || (effect.type === 'message' && effect.channel === 'sms')
    if (isCalled && !isSent && !deadLetters.has(id))
      throw new Violation('I18', `${id} (${effect.type}) of ${conversation}, epoch ${epoch}, was never sent`)
  }
}

/** Nothing is given up before it has been tried often, nor without saying why. */
function checkDeadLetter({ id, attempts, error }: Record<string, unknown>, oracle: Oracle): void {
  const effect = oracle.effects.get(String(id))?.effect
  if (!effect) throw new Violation('I18', `${String(id)} is a dead letter of nothing`)
  const most = TRIES[effect.type] ?? 5
  if (attempts !== most)
    throw new Violation('I15', `${String(id)} was given up after ${String(attempts)} of ${most} tries`)
  if (!error) throw new Violation('I15', `${String(id)} was given up without a cause`)
}

/** Where they are not five. */
const TRIES: Readonly<Record<string, number>> = { message: 8, ticket: 8, callback: 8 }

type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>

const UNWRITTEN = `
  select a.id, a.key from unnest($1::text[], $2::text[]) as a(id, key)
  where not exists (select from baton.keys k where k.conversation = a.id and k.key = a.key) limit 1`
const WRITTEN = `
  select c.id, c.snapshot,
    (select '[' || string_agg(l.entries, ',' order by l.seq) || ']' from baton.log l where l.conversation = c.id) as log
  from baton.conversations c`

async function checkReplay(
  id: string,
  seq: number,
  written: { readonly snapshot: unknown; readonly log: unknown },
  flows: FlowStore,
): Promise<void> {
  // Only `commit_event` writes the log.
  const log = (JSON.parse(String(written.log)) as readonly (readonly LogEntry[])[]).flat()
  const count = (await flows.versions(FLOW)).length
  const versions = await Promise.all(Array.from({ length: count }, (_, index) => flows.version(FLOW, index + 1)))
  const found = verify(
    (version) => {
      const flow = versions[version - 1]
      if (!flow) throw new Violation('I16', `${id}: there is no version ${version}`)
      return flow
    },
    log,
    String(written.snapshot),
  )
  if (found.verdict !== 'equal') throw new Violation('I14', `${id}: ${JSON.stringify(found)}`)
  if (log.at(-1)?.seq !== seq) throw new Violation('I22', `${id}: its log ends at ${log.at(-1)?.seq} of ${seq}`)
}
