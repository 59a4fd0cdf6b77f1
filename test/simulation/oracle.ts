/**
 * What must hold, whatever happened: checked after each statement that wrote an event, on what was written, and on the
 * rows that came of it. The numbers are those of docs/simulation.md.
 *
 *   I1  one owner: versions and log positions count up by one, a change of owner raises the epoch
 *   I2  only the owner speaks: no bot while a person or the queue owns it, no answer to a turn of an earlier epoch or of another node
 *   I3  each message is there once
 *   I5  no agent is given more than their capacity
 *   I6  nobody is passed over, and nothing is offered to who lacks what it asks for
 *   I8  nobody loses their place
 *   I10 nothing is offered to who is not there
 *   I11 nobody comes to the queue while the doors are shut, nor is turned away while they are open
 *   I12 rows and snapshot agree
 *   I13 no deadline is told before its time by the database's clock
 *   I16 a conversation keeps its version
 *   I17 a key answers always the same, and is written once
 *   I18 every effect that needs work has its job, and nothing is sent before its event is committed
 *   I20 time never runs backwards in a conversation
 *   I22 what was acknowledged is written
 *   I23 who waits or is held is one running handoff
 */
import type { Effect, Flow, Snapshot } from '#engine/index.ts'
import type { AgentProfile } from '#server/runtime/runtime.ts'
import type { Answered, Asked, RealDatabase } from './database.ts'
import { doorsOf } from './doors.ts'
import { checkWritten } from './event-laws.ts'
import { DOORS, simulatedFlow } from './flows.ts'
import { createLine } from './order-laws.ts'
import type { Plan } from './plan.ts'
import { checkRows } from './rows.ts'
import { randomOf } from './random.ts'
import type { Place, Scheduler } from './scheduler.ts'
import { Violation } from './violation.ts'
import { AT, holdsOf, isOffer, mayBeOffered, readSteps, readWritten, waitsOf, type Written } from './written.ts'

export interface Known {
  snapshot: Snapshot
  /** Answers by key. */
  readonly keys: Map<string, string>
  /** What customers said. */
  readonly said: Set<string>
  handoffs: number
  /** What bots have answered. */
  readonly answered: Set<string>
  /** Since when it waits as it does now, by the world's clock; undefined when it does not. */
  waitsSince: number | undefined
}

export interface Oracle {
  readonly conversations: ReadonlyMap<string, Known>
  readonly events: number
  /** After a statement was executed. Rejects with a `Violation`. */
  executed(asked: Asked, answered: Answered, place: Place): Promise<void>
  /** A caller heard that this was taken. */
  acknowledged(conversation: string, key: string): void
  /** Whether what was sent under a key is written. */
  isWritten(conversation: string, key: string): boolean
  /** A service was called for an effect. */
  heard(effect: string): void
  /** A service has answered that it took it. */
  delivered(effect: string): void
  /** Who works here, and what they can do. */
  staffed(agent: AgentProfile): void
  /** Whether nobody ever takes a text of this effect. */
  isPoisoned(effect: string): boolean
  readonly agents: ReadonlyMap<string, AgentProfile>
  readonly heardOf: ReadonlySet<string>
  readonly deliveredOf: ReadonlySet<string>
  readonly effects: ReadonlyMap<
    string,
    { readonly effect: Effect; readonly conversation: string; readonly epoch: number }
  >
  readonly acknowledgedKeys: readonly { readonly conversation: string; readonly key: string }[]
}

export function createOracle(plan: Plan, real: RealDatabase, scheduler: Scheduler): Oracle {
  const { seed, faults } = plan
  const conversations = new Map<string, Known>()
  const effects = new Map<string, { effect: Effect; conversation: string; epoch: number }>()
  const heardOf = new Set<string>()
  const deliveredOf = new Set<string>()
  const agents = new Map<string, AgentProfile>()
  const line = createLine(agents, faults.lost === 0)
  const flow = simulatedFlow(plan, randomOf(seed, 'flow'), 1)
  const helped = queuesWithBots(flow)
  const doors = flow.nodes.some(({ id }) => id === DOORS) ? doorsOf(plan) : undefined
  const poisoned = new Set(Array.from({ length: faults.poison }, (_, index) => `c${seed}-${3 * index}`))
  const acknowledgedKeys: { conversation: string; key: string }[] = []
  const wraps = new Map<string, { agent: string; until: number }>()
  let events = 0

  function loadOf(agent: string): number {
    let load = 0
    for (const [id, { snapshot }] of conversations) {
      const { agent: holder, waiting } = snapshot.machine.context
      const wrap = wraps.get(id)
      if (holdsOf(snapshot) && holder?.id === agent) load++
      else if (waitsOf(snapshot) && waiting?.offered?.agent.id === agent) load++
      else if (wrap?.agent === agent && wrap.until > scheduler.now()) load++
    }
    return load
  }

  function note(written: Written): Known {
    const { id, after, key, values, jobs, entries } = written
    const known = conversations.get(id) ?? begun(after)
    conversations.set(id, known)
    known.snapshot = after
    known.waitsSince = mayBeOffered(after) ? (known.waitsSince ?? scheduler.now()) : undefined
    events++
    if (key !== null) {
      if (known.keys.has(key)) throw new Violation('I17', `${id}: the key ${key} was written twice`)
      known.keys.set(key, String(values[AT.answer]))
    }
    for (const { task, key: effect, payload } of jobs)
      if (task === 'effect' && payload.effect)
        effects.set(effect, { effect: payload.effect, conversation: id, epoch: payload.epoch })
    for (const entry of entries) {
      if (entry.kind !== 'event' || entry.event.type !== 'customer.message') continue
      if (known.said.has(entry.event.text)) throw new Violation('I3', `${id}: “${entry.event.text}” was written twice`)
      known.said.add(entry.event.text)
    }
    const steps = typeof values[AT.handoff] === 'string' ? readSteps(String(values[AT.handoff])) : []
    known.handoffs += steps.filter(({ did }) => did === 'entered').length
    const { wrapUp } = after.machine.context
    if (wrapUp) wraps.set(id, wrapUp)
    else wraps.delete(id)
    return known
  }

  function checkCapacity({ id, person, does }: Written): void {
    if (person === null) return
    const capacity = agents.get(person)?.capacity
    const load = loadOf(person)
    if (capacity !== undefined && load > capacity)
      throw new Violation(
        'I5',
        `${id}: ${person} has ${load} of ${capacity} by an ${does === 'offered' ? 'offer' : 'accept'}`,
      )
  }

  return {
    conversations,
    effects,
    heardOf,
    deliveredOf,
    acknowledgedKeys,
    get events() {
      return events
    },
    async executed({ text, values }, { rows }, place) {
      if (isLook(text)) return line.looked(place)
      if (!text.includes('baton.commit_event(')) return
      const outcome = rows[0]?.['outcome']
      const id = String(values[AT.id])
      if (isOffer(values)) line.tried(id, place)
      const key = values[AT.key] === null ? null : String(values[AT.key])
      const known = conversations.get(id)
      if (outcome === 'replayed' && known?.keys.get(key ?? '') !== rows[0]?.['answer'])
        throw new Violation('I17', `${id}: the key ${key} was answered otherwise than at first`)
      if (outcome !== 'committed') return
      const written = readWritten(values, known?.snapshot)
      const answered = known?.answered ?? new Set()
      checkWritten(written, { now: scheduler.now(), effects, answered, helped, doors })
      if (written.before && written.person !== null && written.does === 'offered')
        line.offered(written.before, written.person, place)
      line.changed(written.after)
      const now = note(written)
      checkCapacity(written)
      await checkRows(real, scheduler.now(), written, now)
    },
    acknowledged(conversation, key) {
      acknowledgedKeys.push({ conversation, key })
      if (!conversations.get(conversation)?.keys.has(key))
        throw new Violation('I22', `${conversation}: ${key} was acknowledged and is not written`)
    },
    isWritten: (conversation, key) => conversations.get(conversation)?.keys.has(key) === true,
    delivered: (effect) => void deliveredOf.add(effect),
    heard(effect) {
      if (!effects.has(effect)) throw new Violation('I18', `${effect} was sent before its event was committed`)
      heardOf.add(effect)
    },
    agents,
    staffed: (agent) => void agents.set(agent.id, agent),
    isPoisoned: (effect) => poisoned.has(effects.get(effect)?.conversation ?? ''),
  }
}

function queuesWithBots({ nodes }: Flow): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => (node.type === 'queue' && node.data.botHelps ? [node.id] : [])))
}

/** Of `lookAround`, with which a round of matching begins. */
function isLook(text: string): boolean {
  return text.includes('json_agg(k.key)') && text.includes('from baton.teams) as teams')
}

function begun(snapshot: Snapshot): Known {
  return { snapshot, keys: new Map(), said: new Set(), handoffs: 0, answered: new Set(), waitsSince: undefined }
}
