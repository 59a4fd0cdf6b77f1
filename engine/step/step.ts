/**
 * The engine is a function: flow, snapshot, event and time in; snapshot, log, effects and timers out. No clock, no
 * randomness, no I/O; the same input gives the same output, byte by byte, so a log can be replayed for ever.
 *
 * One step, in words: the gate refuses what the conversation does not take. The signals hear the event; a trigger that
 * matches takes its place. The machine runs to rest; what it did is gathered. The owner follows from the phase.
 */
import type { AnyMachineSnapshot } from 'xstate'
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import { persisted, placeOf, runnerOf, type Runner } from '../compile/runner.ts'
import type { ConversationEvent, Facts, Opening } from '../conversation/events.ts'
import { ownerOf, type Phase } from '../conversation/owner.ts'
import type { Flow } from '../flow/parse.ts'
import type { MachineEvent } from '../kinds/moment.ts'
import { type SignalStates, startSignals } from '../signals/index.ts'
import { admit, isWhisper } from './gate.ts'
import { Gathering } from './gather.ts'
import { attempt, emptyMemory } from './memory.ts'
import { admitOpening } from './opening.ts'
import { Refusal, type Stepped } from './result.ts'
import type { Memory, Snapshot } from './snapshot.ts'
import { understand } from './understand.ts'
import { unwatched, type Watched } from './watch.ts'
import { EventWorld } from './world.ts'
import { awaitedEffects, type EffectType } from './effect.ts'

/**
 * Begins a conversation.
 * @param opening its id, and what is known of the customer
 * @param now epoch milliseconds
 * @throws Refusal `stuck` when the flow goes round without ever reaching the customer, `invalid-opening` when a variable is
 * not the flow's or not of its type
 */
export function start(
  flow: Flow,
  opening: Opening & { readonly flowVersion?: number },
  now: number,
  facts: Facts = {},
): Stepped {
  const { flowVersion = 0, ...rest } = opening
  admitOpening(flow, rest)
  return startWith(
    flow,
    flowVersion,
    { type: 'conversation.started', opening: rest, ...(Object.keys(facts).length > 0 ? { facts } : {}) },
    now,
  )
}

/**
 * Advances a conversation by one event.
 * @param snapshot as the last step returned it, or read back from JSON
 * @param now epoch milliseconds, never before the last step's
 * @returns the new snapshot and what it brings; `wants` names facts that the flow looked for and the event did not carry
 * @throws Refusal when the conversation does not take the event: nothing has changed
 */
export function step(flow: Flow, snapshot: Snapshot, event: ConversationEvent, now: number): Stepped {
  const compiled = compiledFlow(flow)
  const runner = runnerOf(compiled.machine)
  const before = placeOf(snapshot.machine.value)
  admit(compiled, snapshot, before.path, event, now)

  const { signals, memory, world, watched, sent } = understand(compiled, snapshot, event, now)
  const gathering = new Gathering(compiled, snapshot, snapshot.machine.context.about.channel, now)
  gathering.event(event)
  if (event.type === 'customer.message') gathering.customerSaid(event.text, event.attachments)
  if (isWhisper(event)) gathering.whispered(event.text, event.whisper ?? null)
  if (event.type === 'timer') gathering.timers = snapshot.timers.filter((each) => each.id !== event.id)

  const live = liveSnapshot(runner, snapshot)
  // Nothing moves for a whisper.
  const after = isWhisper(event) ? live : run(compiled, runner, live, snapshot, sent, gathering)
  if (after === live && mayPassUnheard.has(event.type)) throw unheard(compiled, snapshot, before.path, event)
  return settle(compiled, snapshot, {
    after,
    signals,
    watched,
    memory,
    gathering,
    before: before.path,
    now,
    world,
    event,
  })
}

/** The first step, from the log's own first event. */
export function startWith(
  flow: Flow,
  flowVersion: number,
  event: Extract<ConversationEvent, { type: 'conversation.started' }>,
  now: number,
): Stepped {
  const compiled = compiledFlow(flow)
  const runner = runnerOf(compiled.machine)
  const { opening } = event
  const signals = startSignals()
  const world = new EventWorld(event, now, signals, emptyMemory)
  const gathering = new Gathering(
    compiled,
    { conversation: opening.id, seq: 0, timers: [], generation: 0 },
    opening.channel ?? 'web',
    now,
  )
  gathering.event(event)
  const after = untangled(() => runner.start({ opening, startedAt: now, world }, gathering), `${compiled.flow.id}`)
  const blank: Snapshot = {
    engine: 1,
    conversation: opening.id,
    flow: { id: compiled.flow.id, version: flowVersion },
    version: 0,
    seq: 0,
    epoch: 0,
    phase: 'bot',
    state: '',
    owner: 'bot',
    at: now,
    machine: persisted(after),
    timers: [],
    generation: 0,
    awaiting: null,
    signals,
    held: [],
    memory: emptyMemory,
    closed: null,
  }
  return settle(compiled, blank, {
    after,
    signals,
    watched: unwatched(blank),
    memory: emptyMemory,
    gathering,
    before: null,
    now,
    world,
    event,
  })
}

/** XState's live form of a snapshot, so that a conversation held in memory is not restored for every event. */
const live = new WeakMap<Snapshot, AnyMachineSnapshot>()

function liveSnapshot(runner: Runner, snapshot: Snapshot): AnyMachineSnapshot {
  const known = live.get(snapshot)
  if (known) return known
  const restored = runner.restore(snapshot.machine)
  live.set(snapshot, restored)
  return restored
}

function run(
  compiled: Compiled,
  runner: Runner,
  live: AnyMachineSnapshot,
  snapshot: Snapshot,
  events: readonly MachineEvent[],
  gathering: Gathering,
): AnyMachineSnapshot {
  return events.reduce(
    (current, event) =>
      untangled(() => runner.send(current, event, gathering), `${compiled.flow.id} at ${snapshot.state}`),
    live,
  )
}

/** XState stops a flow that goes round without resting; anything else it throws is a fault of ours. */
function untangled<Result>(run: () => Result, where: string): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Infinite loop')) {
      throw new Refusal(
        'stuck',
        `The flow ${where} goes round without the customer; put a question or a wait into the circle.`,
      )
    }
    throw error
  }
}

/** Events that only some guard lets in; each of their transitions changes the snapshot, so an unchanged one is a refusal. */
const mayPassUnheard: ReadonlySet<ConversationEvent['type']> = new Set([
  'bot.intent',
  'survey.answer',
  'agent.decline',
  'offer.made',
  'offer.ended',
  'agent.gone',
  'effect.done',
  'promise.due',
])

function unheard(compiled: Compiled, snapshot: Snapshot, path: string, event: ConversationEvent): Refusal {
  const expects = compiled.expects(path)
  if (event.type === 'bot.intent') {
    const node = compiled.nodes.get(placeOf(snapshot.machine.value).node)
    const intents = node?.type === 'listen' ? (node.data.intents ?? []).map((each) => each.id) : []
    return new Refusal(
      'not-expected',
      `“${event.intent}” is not a way on from “${snapshot.state}”; its intents are ${intents.join(', ')}.`,
      expects,
    )
  }
  if (event.type === 'survey.answer')
    return new Refusal('not-expected', `The score ${event.score} is not on this survey’s scale.`, expects)
  return new Refusal(
    event.type.startsWith('offer.') || event.type === 'agent.gone' ? 'stale' : 'not-expected',
    `“${event.type}” changes nothing at “${snapshot.state}” now.`,
    expects,
  )
}

const awaitable: ReadonlySet<EffectType> = new Set(awaitedEffects)

interface Run {
  readonly after: AnyMachineSnapshot
  readonly event: ConversationEvent
  readonly signals: SignalStates
  readonly watched: Watched
  readonly memory: Memory
  readonly gathering: Gathering
  readonly before: string | null
  readonly now: number
  readonly world: EventWorld
}

function settle(
  compiled: Compiled,
  from: Snapshot,
  { event, after, signals, watched, memory, gathering, before, now, world }: Run,
): Stepped {
  const machine = persisted(after)
  const { context } = machine
  const place = placeOf(machine.value)
  // Top-level states are the phases: chart.ts makes no others.
  const phase = place.phase as Phase
  const moved = before !== place.path
  const reason = watched.fired?.reason ?? (phase === 'queued' || phase === 'escalation' ? context.reason : null)
  if (moved || watched.fired !== undefined) gathering.moved(before, place.path, reason)
  const owner = ownerOf(phase, context.agent?.id)
  const backToBot =
    phase === 'bot' &&
    (from.phase === 'handback' ||
      from.phase === 'agentActive' ||
      from.phase === 'escalation' ||
      from.phase === 'queued')
  const closed =
    phase !== 'closed'
      ? null
      : (from.closed ?? { at: now, reason: closingReason(compiled, place.node, context.resolution) })
  const awaited = gathering.effects.findLast((effect) => awaitable.has(effect.type))
  const snapshot: Snapshot = {
    engine: 1,
    conversation: from.conversation,
    flow: from.flow,
    version: from.version + 1,
    seq: gathering.seq,
    epoch: owner === from.owner ? from.epoch : from.epoch + 1,
    phase,
    state: `${phase}.${place.node}`,
    owner,
    at: now,
    machine,
    timers: gathering.timers,
    generation: gathering.generation,
    awaiting: awaited?.id ?? (moved || event.type === 'effect.done' ? null : from.awaiting),
    // What has fired has been heard: counting begins anew, as it does after a person or a ladder.
    signals: backToBot || watched.fired !== undefined ? startSignals() : signals,
    held: watched.held,
    memory: remembered(compiled, memory, from, { phase, path: place.path, before, by: event }, now),
    closed,
  }
  live.set(snapshot, after)
  return {
    snapshot,
    log: gathering.log,
    effects: gathering.effects,
    timers: snapshot.timers,
    messages: gathering.messages,
    wants: world.wants,
    ways: gathering.ways,
  }
}

/** Rungs climbed and calls made are things tried; each way into the queue is a handoff. */
function remembered(
  compiled: Compiled,
  memory: Memory,
  from: Snapshot,
  to: {
    readonly phase: Phase
    readonly path: string
    readonly before: string | null
    readonly by: ConversationEvent
  },
  now: number,
): Memory {
  const handedOff =
    to.phase === 'queued' && from.phase !== 'queued' ? { ...memory, handoffs: memory.handoffs + 1 } : memory
  const left = to.before === null || to.before === to.path ? undefined : to.before.split('.')
  const node = left?.[1] === undefined ? undefined : compiled.nodes.get(left[1])
  if (left === undefined || node === undefined) return handedOff
  const [, , rung] = left
  if (rung !== undefined) {
    const result =
      to.phase === 'escalation'
        ? 'climbed'
        : to.phase !== 'bot'
          ? to.by.type === 'customer.message'
            ? 'wanted a person'
            : 'exhausted'
          : rung.startsWith('offerHuman')
            ? 'declined'
            : 'resolved'
    return attempt(handedOff, `${rung} (ladder “${node.id}”)`, result, now)
  }
  return node.type === 'call' ? attempt(handedOff, `${node.data.method} ${node.id}`, callEnded(to.by), now) : handedOff
}

/** How a call ended, by what led away from it: its answer, its failure or its last deadline, or something else. */
function callEnded(by: ConversationEvent): string {
  if (by.type === 'effect.done') return by.ok ? 'done' : 'failed'
  return by.type === 'timer' ? 'failed' : 'interrupted'
}

function closingReason(compiled: Compiled, id: string, resolution: string | null): string {
  const node = compiled.nodes.get(id)
  return (node?.type === 'close' ? node.data.reason : undefined) ?? resolution ?? 'done'
}
