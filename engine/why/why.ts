/**
 * Why an event did what it did, and why it did nothing else: which signals had which values, which trigger fired or how
 * far each was from firing, and which guards were asked on the way. Told by what the step itself uses, so that it cannot
 * say anything else than what happened.
 *
 * Law: for every event that a conversation takes, the trigger said to have fired is the one that `step` fired, and its
 *   reason is the one in the log.
 */
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Phase } from '../conversation/owner.ts'
import type { Flow } from '../flow/parse.ts'
import { startSignals } from '../signals/index.ts'
import { emptyMemory } from '../step/memory.ts'
import type { Reason, Snapshot } from '../step/snapshot.ts'
import { startWith, step } from '../step/step.ts'
import { machineEvent, understand, type Deaf, type Understood } from '../step/understand.ts'
import { EventWorld } from '../step/world.ts'
import { guardsAsked, type GuardAsked } from './guards.ts'
import { signalsAt, triggersAt, type SignalReading, type TriggerReading } from './watchers.ts'

/**
 * `fired`: it is why the conversation moved. `matched`: one before it in the document fired. `held`: its condition has
 * been true since it fired last. `silent`: it did not match. `unasked`: no trigger was.
 */
export type Outcome = 'fired' | 'matched' | 'held' | 'silent' | 'unasked'

export interface TriggerWhy extends TriggerReading {
  readonly outcome: Outcome
  /** The smallest change that would have fired it, where it did not; in plain English. */
  readonly needs?: string
}

export interface Why {
  readonly event: ConversationEvent['type']
  /** Where it stood, null before the start, and where it stood then. */
  readonly from: string | null
  readonly to: string
  /** The whole in a sentence or two. */
  readonly sentence: string
  /** Why no trigger was asked; null when they were. */
  readonly unasked: string | null
  /** The trigger that fired, with its reason as it was logged. */
  readonly fired: { readonly trigger: string; readonly reason: Reason } | null
  /** In the document's order. */
  readonly triggers: readonly TriggerWhy[]
  /** Every signal that the flow reads, with this event heard. */
  readonly signals: readonly SignalReading[]
  /** In the order in which they were asked. */
  readonly guards: readonly GuardAsked[]
}

/**
 * @param before the snapshot before the event; null for the event that begins the conversation
 * @param event as it was logged, facts included
 * @param at epoch ms
 * @throws Refusal when the conversation does not take the event
 */
export function why(flow: Flow, before: Snapshot | null, event: ConversationEvent, at: number): Why {
  const compiled = compiledFlow(flow)
  if (before === null || event.type === 'conversation.started') return whyBegun(compiled, event, at)
  if (event.type === 'conversation.migrated') return whyMoved(before, event.version)
  const { snapshot } = step(flow, before, event, at)
  const understood = understand(compiled, before, event, at)
  const { signals, own, sent, deaf } = understood
  const fired = firedBy(understood)
  const seen = { states: signals, context: before.machine.context, event: own }
  const triggers = triggersAt(compiled, seen).map((reading) => triggerWhy(reading, understood, before.phase))
  const unasked = deaf === undefined || fired !== null ? null : sentenceOf(deaf, before.phase, compiled)
  return {
    event: event.type,
    from: before.state,
    to: snapshot.state,
    unasked,
    fired,
    triggers,
    sentence: unasked ?? told(fired, triggers),
    signals: signalsAt(compiled, seen),
    guards: guardsAsked(compiled, { from: before.machine, sent }),
  }
}

function whyBegun(compiled: Compiled, event: ConversationEvent, at: number): Why {
  if (event.type !== 'conversation.started')
    throw new RangeError('What comes before the first event is nothing: give the snapshot before this one.')
  const { flow } = compiled
  const states = startSignals()
  const world = new EventWorld(event, at, states, emptyMemory)
  const { snapshot } = startWith(flow, 0, event, at)
  const seen = { states, context: snapshot.machine.context, event: machineEvent(compiled, event, world) }
  const unasked = 'The conversation begins; the triggers watch from the first message on.'
  return {
    event: event.type,
    from: null,
    to: snapshot.state,
    sentence: unasked,
    unasked,
    fired: null,
    triggers: triggersAt(compiled, seen).map((reading) => ({ ...reading, outcome: 'unasked' })),
    signals: signalsAt(compiled, seen),
    guards: guardsAsked(compiled, { from: null, input: { opening: event.opening, startedAt: at, world } }),
  }
}

function whyMoved({ state }: Snapshot, version: number): Why {
  const unasked = `It moved to version ${version} of the flow, and stands where it stood; nothing was asked.`
  return {
    event: 'conversation.migrated',
    from: state,
    to: state,
    sentence: unasked,
    unasked,
    fired: null,
    triggers: [],
    signals: [],
    guards: [],
  }
}

/** A bot that asks for a person fires the trigger that stands for one, also where none watches for that. */
function firedBy({ watched, sent }: Understood): Why['fired'] {
  if (watched.fired !== undefined) return watched.fired
  for (const { type, reason } of sent) {
    if (type.startsWith('trigger.') && typeof reason === 'object')
      return { trigger: type.slice('trigger.'.length), reason }
  }
  return null
}

function triggerWhy(reading: TriggerReading, understood: Understood, phase: Phase): TriggerWhy {
  const outcome = outcomeOf(reading, understood, phase)
  const needs = needsFor(outcome, reading, understood, phase)
  return { ...reading, outcome, ...(needs === undefined ? {} : { needs }) }
}

function outcomeOf(reading: TriggerReading, understood: Understood, phase: Phase): Outcome {
  const fired = firedBy(understood)
  if (fired?.trigger === reading.trigger) return 'fired'
  if (understood.deaf !== undefined) return 'unasked'
  if (fired?.reason.others.some(({ trigger }) => trigger === reading.trigger) === true) return 'matched'
  // What matched and neither fired nor stands among the others was held back.
  return matches(reading, phase) ? 'held' : 'silent'
}

/** The same as in `step/watch.ts`: in the survey only a request for a person counts. */
function matches({ match, signals }: TriggerReading, phase: Phase): boolean {
  const matched = match === 'all' && signals.some((each) => !each.matched) ? [] : signals.filter((each) => each.matched)
  return matched.some((each) => isHeardIn(phase, each))
}

function isHeardIn(phase: Phase, { signal }: SignalReading): boolean {
  return phase !== 'handback' || signal === 'explicitRequest'
}

function needsFor(outcome: Outcome, reading: TriggerReading, understood: Understood, phase: Phase): string | undefined {
  switch (outcome) {
    case 'fired':
    case 'unasked':
      return undefined
    case 'matched':
      return `“${firedBy(understood)?.trigger}” not to fire: it comes before this one in the flow`
    case 'held':
      return 'its condition to be false in between: it has fired for this already'
    case 'silent':
      return smallest(reading, phase)
    default:
      return outcome satisfies never
  }
}

/** With `all`, everything that is missing; else the least of it. */
function smallest({ match, signals }: TriggerReading, phase: Phase): string | undefined {
  const heard = signals.filter((each) => isHeardIn(phase, each))
  if (heard.length === 0) return 'the bot to hold the conversation: at this step only a request for a person is heard'
  const missing = heard.filter((each) => !each.matched)
  if (match === 'all') return missing.map(needOf).join('; and ')
  const nearest = missing.toSorted((one, other) => nearOf(other) - nearOf(one))[0]
  return nearest && needOf(nearest)
}

function needOf({ distance, sentence }: SignalReading): string {
  return distance?.needs ?? sentence
}

function nearOf({ distance, matched }: SignalReading): number {
  return matched ? 1 : (distance?.near ?? 0)
}

function told(fired: Why['fired'], triggers: readonly TriggerWhy[]): string {
  if (fired !== null) {
    const others = triggers.filter(({ outcome }) => outcome === 'matched').map(({ trigger }) => `“${trigger}”`)
    return `“${fired.trigger}” fired: ${fired.reason.sentence}.${others.length === 0 ? '' : ` ${others.join(', ')} matched too.`}`
  }
  const nearest = triggers.toSorted((one, other) => near(other) - near(one))[0]
  if (nearest?.needs === undefined) return 'No trigger fired.'
  return `No trigger fired. The nearest was “${nearest.trigger}”; what was missing: ${nearest.needs}.`
}

/** With `all`, the weakest signal counts. */
function near({ match, signals, outcome }: TriggerWhy): number {
  if (outcome !== 'silent') return -1
  return match === 'all' ? Math.min(...signals.map(nearOf)) : Math.max(...signals.map(nearOf))
}

function sentenceOf(deaf: Deaf, phase: Phase, { triggers }: Compiled): string {
  if (triggers.length === 0) return 'This flow has no triggers.'
  switch (deaf) {
    case 'drawn':
      return 'The flow draws a way for a bot that is silent or fails, and it went that way; no trigger was asked.'
    case 'returns':
      return 'The customer came back to what was promised; no trigger was asked.'
    case 'unwatched':
      return 'No trigger hears of such an event.'
    case 'phase':
      return AWAY[phase]
    default:
      return deaf satisfies never
  }
}

const AWAY: Readonly<Record<Phase, string>> = {
  bot: 'No trigger was asked.',
  escalation: 'A trigger had fired already; no other is asked until the bot has the word again.',
  queued: 'The customer waited for a person; triggers watch the bot.',
  agentActive: 'A person held the conversation; triggers watch the bot.',
  handback: 'Only a request for a person is heard at this step.',
  closed: 'The conversation had ended.',
}
