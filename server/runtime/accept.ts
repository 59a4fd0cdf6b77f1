/**
 * One event, one commit. A conversation's event is decided by the engine on the snapshot in memory, or read if it is
 * not there, and written by one statement that checks that this snapshot was the newest. When it was not (another node
 * was faster), nothing is written: the snapshot is read anew and the event decided anew.
 *
 * A refusal is only believed on the newest snapshot: one that was in memory is read again first.
 *
 * A start that is sent again with its Idempotency-Key must meet the conversation that the first one began. Without an
 * id of the caller's own the id is therefore made of caller and key, and the key is kept with that conversation, as the
 * key of any of its events is.
 */
import { hash, randomUUID } from 'node:crypto'
import {
  advance,
  waitingOf,
  type Advance,
  type Flow,
  type OutsideEvent,
  type ServerEvent,
  type Snapshot,
  type Stepped,
} from '#engine/index.ts'
import type pg from 'pg'
import type { Job, Outcome, Touched } from '../store/commit.ts'
import { jsonText } from '../store/json-text.ts'
import type { Pipeline } from '../store/pipeline.ts'
import { createReader } from '../store/rows.ts'
import { columnsOf, handoffSteps } from './columns.ts'
import { createDecider, type Decision, type Held } from './decide.ts'
import type { Telemetry } from '../operation/telemetry.ts'
import type { World } from './facts.ts'
import type { Flows } from './flows.ts'
import { createLanes } from './lanes.ts'
import { moveOne, type MoveDeps, type MoveOutcome } from './migrate-one.ts'
import { Recent } from './recent.ts'
import {
  agentAbsent,
  agentFull,
  asRuntimeError,
  checkConversationId,
  idTaken,
  isRefusal,
  isUntaken,
  keyForgotten,
  keyReused,
  noSuchConversation,
  unknownAgent,
} from './refusals.ts'
import type { AcceptOptions, Open, RuntimeError, StartOptions } from './runtime.ts'
import { reading, write } from './write.ts'

export interface AcceptDeps {
  readonly pool: pg.Pool
  readonly pipeline: Pipeline
  readonly flows: Flows
  readonly world: World
  readonly clock: { now(): number }
  readonly telemetry: Telemetry
  /** The jobs that are written with an event. */
  jobsFor(before: Snapshot | null, stepped: Stepped): readonly Job[]
  /**
   * Called after COMMIT with what the event changed; `wake` when a deadline comes before all that were armed, `away`
   * when an agent is away by it.
   */
  committed(
    before: Snapshot | null,
    stepped: Stepped,
    changed: { readonly wake: boolean; readonly away: boolean },
  ): void
}

export interface Acceptor {
  start(open: Open, options?: StartOptions): Promise<Advance>
  accept(id: string, event: OutsideEvent, options?: AcceptOptions): Promise<Advance>
  /** Undefined when the conversation does not take it, or not any more. The answer may lack the place in the queue. */
  tell(id: string, event: ServerEvent, options?: AcceptOptions): Promise<Advance | undefined>
  /**
   * Tells one event after the other, each chosen on the newest snapshot, until there is none left to tell; false when
   * the conversation does not take one. The row is known to have come to this version.
   */
  tellWhile(id: string, next: (snapshot: Snapshot) => ServerEvent | undefined, version: number): Promise<boolean>
  /** What is kept of it in memory is not trusted any more: its next event is decided on its row. */
  forget(id: string): void
  /** Nothing that is kept in memory is trusted any more. */
  forgetAll(): void
  /** Moves it to another version of its flow where that is proved safe. */
  move(id: string, version: number): Promise<MoveOutcome>
  /** Resolves when no event is being written. */
  idle(): Promise<void>
}

type AnyEvent = OutsideEvent | ServerEvent

/** Those of which something comes every few seconds; some 10 kB each. */
const SNAPSHOTS_IN_MEMORY = 4_000

export function createAcceptor({
  pool,
  pipeline,
  flows,
  world,
  clock,
  telemetry,
  jobsFor,
  committed,
}: AcceptDeps): Acceptor {
  const lanes = createLanes()
  const decider = createDecider(world, clock)
  const recent = new Recent<Held>(SNAPSHOTS_IN_MEMORY)
  const readRow = createReader(pool)

  async function read(id: string): Promise<Held> {
    const row = await reading(() => readRow(id))
    if (!row) throw noSuchConversation(id)
    // Only `columnsOf` writes this column, from a Snapshot.
    const snapshot = JSON.parse(row.snapshot) as Snapshot
    return { snapshot, flow: await flows.version(snapshot.flow.id, snapshot.flow.version) }
  }

  async function isOld({ snapshot }: Held): Promise<boolean> {
    const row = await reading(() => readRow(snapshot.conversation))
    return row?.version !== snapshot.version
  }

  async function save(
    before: Snapshot | null,
    flow: Flow,
    { stepped, seen }: Decision,
    event: AnyEvent,
    asked: Asked | undefined,
  ) {
    const { snapshot } = stepped
    const answer = advance(flow, snapshot, stepped.messages, seen)
    const now = clock.now()
    const person = touchedBy(before, event)
    // Until it is known what became of it, what is kept may be old.
    recent.delete(snapshot.conversation)
    const handoff = handoffSteps(before, snapshot, event.type, seen, world.stretch)
    const decided = {
      base: before?.version ?? 0,
      token: newToken(),
      now,
      firstSeq: (before?.seq ?? 0) + 1,
      columns: columnsOf(before, snapshot, now),
      entries: jsonText(stepped.log),
      ...(asked ? { key: { ...asked, answer: jsonText(answer) } } : {}),
      ...(person ? { person } : {}),
      jobs: jobsFor(before, stepped),
      handoff,
    }
    const outcome = await telemetry.part('commit', () => write(pipeline, decided))
    if (outcome.outcome === 'committed') {
      telemetry.committed(before, snapshot, event.type, handoff)
      recent.set(snapshot.conversation, { snapshot, flow })
      committed(before, stepped, outcome)
    }
    return { outcome, answer }
  }

  async function take(id: string, event: AnyEvent, options: AcceptOptions, shown: boolean): Promise<Advance> {
    const asked = askedBy(options.idempotencyKey, [event, options.by ?? null])
    for (;;) {
      const kept = recent.get(id)
      const held = kept ?? (await read(id))
      let decision: Decision
      try {
        decision = await telemetry.part('decide', () => decider.decide(held, event, options, shown))
      } catch (error) {
        if (!isRefusal(error)) throw error
        if (kept && (await isOld(kept))) {
          recent.delete(id)
          continue
        }
        const earlier = await answeredBefore(pool, id, asked)
        if (earlier) return earlier
        throw asRuntimeError(error)
      }
      const { outcome, answer } = await save(held.snapshot, held.flow, decision, event, asked)
      if (outcome.outcome === 'committed') return answer
      // Only this function has answers written, from an Advance.
      if (outcome.outcome === 'replayed') return JSON.parse(outcome.answer) as Advance
      if (outcome.outcome !== 'conflict') throw unwritten(outcome.outcome, id, event)
    }
  }

  async function tell(id: string, event: ServerEvent, options: AcceptOptions): Promise<Advance | undefined> {
    try {
      return await take(id, event, options, false)
    } catch (error) {
      if (isUntaken(error)) return undefined
      throw error
    }
  }

  async function tellWhile(
    id: string,
    next: (snapshot: Snapshot) => ServerEvent | undefined,
    version: number,
  ): Promise<boolean> {
    let told = -1
    for (;;) {
      const { snapshot } = await holdFrom(id, version)
      const event = next(snapshot)
      if (!event) return true
      // What was refused on this version would be refused again.
      if (snapshot.version === told) return false
      told = snapshot.version
      // On this version or not at all: another node may have ended this offer and made one to the same agent since.
      await tell(id, event, { ifMatch: snapshot.version })
    }
  }

  /** What is kept of it, or read where that is older than this version: then it is kept for who asks next. */
  async function holdFrom(id: string, version: number): Promise<Held> {
    const kept = recent.get(id)
    if (kept && kept.snapshot.version >= version) return kept
    recent.delete(id)
    const held = await read(id)
    recent.set(id, held)
    return held
  }

  const moving: MoveDeps = {
    flows,
    clock,
    isOld,
    async hold(id) {
      const kept = recent.get(id)
      return { held: kept ?? (await read(id)), isKept: kept !== undefined }
    },
    forget: (id) => recent.delete(id),
    save: async (before, flow, decision, event) => (await save(before, flow, decision, event, undefined)).outcome,
  }

  async function begin(id: string, open: Open, asked: Asked | undefined): Promise<Advance> {
    const { flow: flowId, id: _, ...rest } = open
    const opening = { id, ...rest }
    try {
      const { flow, version } = await flows.live(flowId)
      const decision = await telemetry.part('decide', () => decider.begin(flow, version, opening))
      const { outcome, answer } = await save(null, flow, decision, { type: 'conversation.started', opening }, asked)
      if (outcome.outcome === 'committed') return answer
      // Only `save` has answers written, from an Advance.
      if (outcome.outcome === 'replayed') return JSON.parse(outcome.answer) as Advance
      if (outcome.outcome === 'key-reused') throw keyReused()
      throw open.id === undefined ? keyForgotten(id) : idTaken(id)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // The flow may have been taken away since.
      const earlier = await answeredBefore(pool, id, asked)
      if (earlier) return earlier
      throw asRuntimeError(error)
    }
  }

  return {
    async start(open, { idempotencyKey, caller = '' } = {}) {
      const asked = askedBy(idempotencyKey, [open, caller])
      const id = open.id ?? (asked ? `k-${hashOf([caller, asked.key])}` : randomUUID())
      checkConversationId(id)
      return telemetry.event('conversation.started', id, () => lanes.run(id, () => begin(id, open, asked)))
    },
    async accept(id, event, options = {}) {
      if (event.type === 'agent.transfer' && 'agent' in event) await reading(() => world.requireAgent(event.agent))
      return telemetry.event(event.type, id, () => lanes.run(id, () => take(id, event, options, true)))
    },
    tell: (id, event, options = {}) =>
      telemetry.event(event.type, id, () => lanes.run(id, () => tell(id, event, options))),
    tellWhile: (id, next, version) => lanes.run(id, () => tellWhile(id, next, version)),
    forget: (id) => recent.delete(id),
    forgetAll: () => recent.clear(),
    move: (id, version) => lanes.run(id, () => moveOne(moving, id, version)),
    idle: () => lanes.idle(),
  }
}

/** A key that was answered is answered again, also where the conversation would not take the event a second time. */
async function answeredBefore(pool: pg.Pool, id: string, asked: Asked | undefined): Promise<Advance | undefined> {
  if (!asked) return undefined
  const { rows } = await reading(() =>
    pool.query<{ body: string; answer: string }>({
      name: 'key',
      text: 'select body, answer from baton.keys where conversation = $1 and key = $2',
      values: [id, asked.key],
    }),
  )
  const row = rows[0]
  if (!row) return undefined
  if (row.body !== asked.body) throw keyReused()
  // Only `save` has answers written, from an Advance.
  return JSON.parse(row.answer) as Advance
}

function unwritten(
  outcome: Exclude<Outcome['outcome'], 'committed' | 'replayed' | 'conflict'>,
  id: string,
  event: AnyEvent,
): RuntimeError | Error {
  const agent = touchedBy(null, event)?.agent ?? ''
  switch (outcome) {
    case 'missing':
      return noSuchConversation(id)
    case 'exists':
      return idTaken(id)
    case 'key-reused':
      return keyReused()
    case 'agent-unknown':
      return unknownAgent(agent)
    case 'agent-full':
      return agentFull(agent)
    case 'agent-absent':
      return agentAbsent(agent)
    default:
      return outcome satisfies never
  }
}

/** The agent whose work the event touches. Who accepts is there, and has answered, whatever their presence says. */
function touchedBy(before: Snapshot | null, event: AnyEvent): Touched | undefined {
  switch (event.type) {
    case 'agent.accept':
      return { agent: event.agent, does: 'accepts' }
    case 'promise.due':
      return event.agent === undefined ? undefined : { agent: event.agent, does: 'accepts' }
    case 'offer.made':
      return { agent: event.agent.id, does: 'offered' }
    case 'offer.ended':
      return event.why === 'expired' ? { agent: event.agent, does: 'misses' } : undefined
    case 'agent.decline': {
      const offered = before && waitingOf(before)?.offered
      return offered ? { agent: offered.agent.id, does: 'declines' } : undefined
    }
    default:
      return undefined
  }
}

/** What is kept of a request with an Idempotency-Key: `body` is a hash of all that was asked, and by whom. */
interface Asked {
  readonly key: string
  readonly body: string
}

function askedBy(key: string | undefined, body: readonly unknown[]): Asked | undefined {
  return key === undefined ? undefined : { key, body: hashOf(body) }
}

function hashOf(value: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(value), 'base64url')
}

function newToken(): number {
  return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
}
