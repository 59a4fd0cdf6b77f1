/** Deciding an event: the engine's pure step, with the facts that it asks for brought from the world. */
import {
  createAsking,
  nodeOfState,
  start,
  step,
  type ConversationEvent,
  type Facts,
  type Flow,
  type Opening,
} from '#engine/index.ts'
import type { OutsideEvent, ServerEvent, Snapshot, Stepped } from '#engine/index.ts'
import type { World } from './facts.ts'
import { keyOf, needsOf, soughtOf } from './needs.ts'
import { goneOn, otherVersion, ownerChanged, soughtChanged } from './refusals.ts'
import type { AcceptOptions } from './runtime.ts'
import { reading } from './write.ts'

/** A conversation between two events. */
export interface Held {
  readonly snapshot: Snapshot
  readonly flow: Flow
}

export interface Decision {
  readonly stepped: Stepped
  /** What its answer shows: the facts of the step, and the place in the queue if there is one. */
  readonly seen: Facts
}

export interface Decider {
  begin(flow: Flow, version: number, opening: Opening): Promise<Decision>
  /**
   * Rejects with what the engine throws when the conversation does not take the event. The place in a queue is looked
   * up for an answer that somebody outside reads (`shown`) and nobody else: it costs more than most events.
   */
  decide(held: Held, event: OutsideEvent | ServerEvent, options: AcceptOptions, shown: boolean): Promise<Decision>
}

export function createDecider(world: World, clock: { now(): number }): Decider {
  async function withFacts(run: (facts: Facts) => Stepped, now: number, shown: boolean): Promise<Decision> {
    let facts: Facts = {}
    let stepped = run(facts)
    const asking = createAsking()
    while (asking.again(stepped.wants)) {
      const { wants, snapshot } = stepped
      const known = facts
      facts = await reading(() => world.supply(wants, known, snapshot, now))
      stepped = run(facts)
    }
    return { stepped, seen: shown ? await withPlace(stepped.snapshot, facts) : facts }
  }

  /** The place is for the answer only, unless the step itself asked for it: then it is in the log already. */
  async function withPlace(snapshot: Snapshot, facts: Facts): Promise<Facts> {
    if (snapshot.phase !== 'queued') return facts
    const team = snapshot.machine.context.waiting?.team
    if (team === undefined || facts.queues?.[team]) return facts
    return { ...facts, ...(await reading(() => world.queue(snapshot))) }
  }

  return {
    async begin(flow, version, opening) {
      const now = clock.now()
      return withFacts((facts) => start(flow, { ...opening, flowVersion: version }, now, facts), now, true)
    },
    async decide({ snapshot, flow }, event, { ifMatch, epoch, node, sought, by, whisper }, shown) {
      if (ifMatch !== undefined && ifMatch !== snapshot.version) throw otherVersion(snapshot.version, ifMatch)
      if (epoch !== undefined && epoch !== snapshot.epoch) throw ownerChanged()
      if (node !== undefined && node !== nodeOfState(snapshot.state)) throw goneOn()
      if (sought !== undefined && sought !== soughtNow(snapshot)) throw soughtChanged()
      // Time never runs backwards in a conversation, whatever a node's clock says.
      const now = Math.max(clock.now(), snapshot.at)
      const said: ConversationEvent =
        by === undefined && whisper === undefined
          ? event
          : { ...event, ...(by === undefined ? {} : { by }), ...(whisper === undefined ? {} : { whisper }) }
      return withFacts((facts) => step(flow, snapshot, isEmpty(facts) ? said : { ...said, facts }, now), now, shown)
    },
  }
}

function soughtNow({ machine: { context } }: Snapshot): string | null {
  const { waiting, about } = context
  if (waiting === null || keyOf(waiting, about.channel) === null) return null
  return soughtOf(needsOf(waiting, about.channel), waiting)
}

function isEmpty(facts: Facts): boolean {
  for (const _ in facts) return false
  return true
}
