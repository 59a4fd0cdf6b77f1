/**
 * What an event means to a conversation before its machine moves: what the signals hear, which trigger fires, and what
 * the machine is sent. `step` runs it; `why` tells of it.
 */
import type { Compiled } from '../compile/compiled.ts'
import { placeOf } from '../compile/runner.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Phase } from '../conversation/owner.ts'
import type { MachineEvent, World } from '../kinds/moment.ts'
import { see, signalConfig, type SignalStates } from '../signals/index.ts'
import { remember } from './memory.ts'
import { backAt, comesBack } from './promise.ts'
import type { Memory, Snapshot } from './snapshot.ts'
import { heardAs, listenTo, personTrigger, unwatched, watch, type Fired, type Watched } from './watch.ts'
import { EventWorld } from './world.ts'

export interface Understood {
  /** What the signals know with this event heard; a trigger that fires starts them anew only after it. */
  readonly signals: SignalStates
  readonly memory: Memory
  readonly world: EventWorld
  readonly watched: Watched
  /** Why no trigger was asked; undefined when all were. */
  readonly deaf: Deaf | undefined
  /** The event as conditions and guards see it. */
  readonly own: MachineEvent
  /** What the machine is sent: the event itself, the trigger it fires, or both where the bot's words come first. */
  readonly sent: readonly MachineEvent[]
}

/**
 * `drawn`: the way for a silent or failing bot is drawn, and is the way it goes. `returns`: somebody takes up what was
 * promised. `unwatched`: no trigger hears of such an event. `phase`: triggers watch the bot, not people, queue or end.
 */
export type Deaf = 'drawn' | 'returns' | 'unwatched' | 'phase'

export function understand(compiled: Compiled, snapshot: Snapshot, event: ConversationEvent, now: number): Understood {
  const botOwes = event.type === 'timer' && compiled.timers.get(event.id)?.botOwes === true
  const { node } = placeOf(snapshot.machine.value)
  // A way that the designer drew for a silent or failing bot is the way it goes: no trigger hears of it.
  const drawn = botOwes ? 'silent' : event.type === 'bot.failed' ? 'failed' : undefined
  const isDrawn = drawn !== undefined && compiled.tools.connected(node, drawn)
  // Taking a message apart costs a fifth of a plain step: only where somebody listens.
  const isHeard = !isDrawn && compiled.signals.size > 0 && listening(snapshot.phase)
  const heard = isHeard ? heardAs(event, compiled.tools.kindAt(node) === 'ask', botOwes) : undefined
  const signals = listenTo(compiled, snapshot.signals, heard)
  const memory = remember(snapshot.memory, event, now, moodOf(event, signals, compiled))
  const world = new EventWorld(event, now, signals, memory)
  const own = machineEvent(compiled, event, world)
  const deaf = isDrawn ? 'drawn' : comesBack(snapshot, event) ? 'returns' : deafTo(compiled, snapshot.phase, event)
  const watched = deaf === undefined ? watching(compiled, snapshot, signals, own) : unwatched(snapshot)
  return { signals, memory, world, watched, deaf, own, sent: sentFor(compiled, snapshot, event, own, watched.fired) }
}

/** The event as the machine knows it. */
export function machineEvent(compiled: Compiled, event: ConversationEvent, world: World): MachineEvent {
  switch (event.type) {
    case 'timer':
      return { type: compiled.timers.get(event.id)?.event ?? 'timer', world }
    case 'effect.done':
      return {
        type: event.ok ? 'effect.ok' : 'effect.failed',
        world,
        ok: event.ok,
        ...(event.value === undefined ? {} : { value: event.value }),
      }
    case 'conversation.started':
      return { type: event.type, world }
    default:
      return { ...event, world }
  }
}

/** The signals listen while the bot has the word; a person needs no watcher. */
function listening(phase: Phase): boolean {
  return phase === 'bot' || phase === 'escalation' || phase === 'handback'
}

const SENTIMENT = signalConfig.parse({ signal: 'sentiment' })

function moodOf(event: ConversationEvent, signals: SignalStates, { signals: watched }: Compiled): number | undefined {
  if (event.type !== 'customer.message') return undefined
  if (event.nlu?.sentiment !== undefined) return event.nlu.sentiment
  if (event.text === '') return undefined
  // Only this one is read: reading all of them costs as much as the machine's own step.
  const guessed = watched.has('sentiment') ? see(signals, SENTIMENT).value : undefined
  return typeof guessed === 'number' ? guessed : undefined
}

function deafTo(compiled: Compiled, phase: Phase, event: ConversationEvent): Deaf | undefined {
  if (!mayFire(event, compiled)) return 'unwatched'
  return phase === 'bot' || phase === 'handback' ? undefined : 'phase'
}

function mayFire(event: ConversationEvent, compiled: Compiled): boolean {
  switch (event.type) {
    case 'customer.message':
    case 'bot.message':
    case 'bot.intent':
    case 'bot.failed':
    case 'bot.escalate':
      return compiled.triggers.length > 0
    case 'timer':
      return compiled.timers.get(event.id)?.botOwes === true
    default:
      return false
  }
}

function watching(compiled: Compiled, snapshot: Snapshot, signals: SignalStates, own: MachineEvent): Watched {
  return watch(compiled, signals, snapshot, (trigger, path) =>
    compiled.tools.value(compiled.momentOf({ node: trigger }, snapshot.machine.context, own), path),
  )
}

function sentFor(
  compiled: Compiled,
  snapshot: Snapshot,
  event: ConversationEvent,
  own: MachineEvent,
  fired: Fired | undefined,
): readonly MachineEvent[] {
  if (fired !== undefined) {
    const trigger: MachineEvent = { ...own, type: `trigger.${fired.trigger}`, reason: fired.reason }
    return event.type === 'bot.message' ? [own, trigger] : [trigger]
  }
  const { called } = snapshot.machine.context
  if (called != null && comesBack(snapshot, event)) return [backAt(called, own)]
  if (event.type === 'promise.due' && event.agent !== undefined) return [own, { ...own, type: 'agent.accept' }]
  if (event.type === 'bot.escalate' && snapshot.phase === 'bot') {
    const person = personTrigger(compiled)
    const sentence = `The bot asked for a person: ${event.reason}`
    if (person !== undefined)
      return [{ ...own, type: `trigger.${person}`, reason: { trigger: person, sentence, signals: [], others: [] } }]
  }
  return [own]
}
