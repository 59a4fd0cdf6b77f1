/**
 * The triggers' watch. Law: what makes a trigger match becomes the event `trigger.<node>` instead of what was heard; when
 * several match, the first in the document's order fires and the others are kept as reasons. Triggers watch the bot's
 * phase; a person asked for in so many words is also heard in the survey. What the bot said is delivered before what it
 * reported makes a trigger fire.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Phase } from '../conversation/owner.ts'
import type { NodeOfKind } from '../kinds/index.ts'
import { hear, read, startSignals, tokenise, type Heard, type Reading, type SignalStates } from '../signals/index.ts'
import type { Reason, ReasonSignal } from './snapshot.ts'

/** What an event sounds like to the signals; undefined when they do not hear it. */
export function heardAs(event: ConversationEvent, answering: boolean, botWasSilent: boolean): Heard | undefined {
  switch (event.type) {
    case 'customer.message': return { type: 'customer.message', text: event.text, tokens: tokenise(event.text), answering, ...(event.nlu ? { nlu: event.nlu } : {}) }
    case 'bot.message': return {
      type: 'bot.message', text: event.text, ...(event.nlu ? { nlu: event.nlu } : {}), ...(event.fallback === undefined ? {} : { fallback: event.fallback }),
    }
    case 'bot.intent': return { type: 'bot.intent', intent: event.intent }
    case 'bot.failed': return { type: 'bot.failed' }
    case 'bot.escalate': return { type: 'bot.asked', reason: event.reason, ...(event.summary === undefined ? {} : { summary: event.summary }) }
    case 'timer': return botWasSilent ? { type: 'bot.silent' } : undefined
    default: return undefined
  }
}

export function listenTo(compiled: Compiled, states: SignalStates, heard: Heard | undefined): SignalStates {
  if (heard === undefined || compiled.signals.size === 0) return states
  // A snapshot older than a signal has no state for it yet.
  return hear({ ...startSignals(), ...states }, heard, compiled.signals)
}

export interface Fired { readonly trigger: string; readonly reason: Reason }

/** The trigger that fires, with its reason and the others that matched too. */
export function watch(compiled: Compiled, states: SignalStates, phase: Phase, evaluate: (trigger: string, path: string) => unknown): Fired | undefined {
  if (phase !== 'bot' && phase !== 'handback') return undefined
  const matches = compiled.triggers.flatMap((trigger) => {
    const signals = matching(trigger, states, evaluate)
    const heard = phase === 'bot' ? signals : signals.filter((each) => each.signal === 'explicitRequest')
    return heard.length > 0 ? [{ trigger: trigger.id, signals: heard }] : []
  })
  const [first, ...others] = matches
  if (first === undefined) return undefined
  const sentence = first.signals.map((each) => each.sentence).join('; ')
  return { trigger: first.trigger, reason: { trigger: first.trigger, sentence, signals: first.signals, others } }
}

/** The trigger that stands for a person when the bot itself asks for one and no trigger watches for that. */
export function personTrigger(compiled: Compiled): string | undefined {
  return compiled.triggers.find((trigger) => trigger.data.signals.some((each) => each.signal === 'explicitRequest'))?.id
}

function matching(trigger: NodeOfKind<'trigger'>, states: SignalStates, evaluate: (trigger: string, path: string) => unknown): readonly ReasonSignal[] {
  const readings = trigger.data.signals.map((config, index) => ({
    config, reading: read(states, config, { evaluate: () => ({ value: evaluate(trigger.id, `signals/${index}/when`) }) }),
  }))
  const matched = readings.filter(({ reading }) => reading.matched)
  const fires = trigger.data.match === 'all' ? matched.length === readings.length : matched.length > 0
  return fires ? matched.map(({ config, reading }) => reasonOf(config.signal, reading)) : []
}

function reasonOf(signal: string, { value, threshold, sentence }: Reading): ReasonSignal {
  return { signal, value, sentence, ...(threshold === undefined ? {} : { threshold }) }
}
