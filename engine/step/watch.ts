/**
 * The triggers' watch. Law: what makes a trigger match becomes the event `trigger.<node>` instead of what was heard; when
 * several match, the first in the document's order fires and the others are kept as reasons. Triggers watch the bot's
 * phase; a person asked for in so many words is also heard in the survey. What the bot said is delivered before what it
 * reported makes a trigger fire. What has fired is heard anew from the start; a `value` fires when it becomes true.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { NodeOfKind } from '../kinds/index.ts'
import { hear, see, tokenise, type Heard, type SignalStates, type Sight } from '../signals/index.ts'
import type { Reason, ReasonSignal, Snapshot } from './snapshot.ts'

/** What an event sounds like to the signals; undefined when they do not hear it. */
export function heardAs(event: ConversationEvent, answering: boolean, botWasSilent: boolean): Heard | undefined {
  switch (event.type) {
    // A file without a word is heard by nobody.
    case 'customer.message':
      return event.text === '' && event.nlu === undefined
        ? undefined
        : {
            type: 'customer.message',
            text: event.text,
            tokens: tokenise(event.text),
            answering,
            ...(event.nlu ? { nlu: event.nlu } : {}),
          }
    case 'bot.message':
      return {
        type: 'bot.message',
        text: event.text,
        ...(event.nlu ? { nlu: event.nlu } : {}),
        ...(event.fallback === undefined ? {} : { fallback: event.fallback }),
      }
    case 'bot.intent':
      return { type: 'bot.intent', intent: event.intent }
    case 'bot.failed':
      return { type: 'bot.failed' }
    case 'bot.escalate':
      return {
        type: 'bot.asked',
        reason: event.reason,
        ...(event.summary === undefined ? {} : { summary: event.summary }),
      }
    case 'timer':
      return botWasSilent ? { type: 'bot.silent' } : undefined
    default:
      return undefined
  }
}

export function listenTo(compiled: Compiled, states: SignalStates, heard: Heard | undefined): SignalStates {
  if (heard === undefined) return states
  return hear(states, heard, compiled.signals)
}

export interface Fired {
  readonly trigger: string
  readonly reason: Reason
}
export interface Watched {
  readonly fired: Fired | undefined
  readonly held: Snapshot['held']
}

/** Nothing was heard that a trigger watches. */
export function unwatched(snapshot: Snapshot): Watched {
  return { fired: undefined, held: snapshot.held }
}

/** The value of a trigger's condition. */
type Evaluate = (trigger: string, path: string) => unknown

const none: readonly ReasonSignal[] = []

interface Match {
  readonly trigger: string
  readonly signals: readonly ReasonSignal[]
}

/** The trigger that fires, with its reason and the others that matched too. */
export function watch(compiled: Compiled, states: SignalStates, snapshot: Snapshot, evaluate: Evaluate): Watched {
  const { phase } = snapshot
  if (phase !== 'bot' && phase !== 'handback') return unwatched(snapshot)
  const all = compiled.triggers.flatMap((trigger): readonly Match[] => {
    const signals = matching(trigger, states, evaluate)
    return signals.length > 0 ? [{ trigger: trigger.id, signals }] : []
  })
  // A value that holds still holds after the next message: it fires when it becomes so, not as long as it is so.
  const level = all
    .filter((match) => match.signals.every((each) => each.signal === 'value'))
    .map((each) => each.trigger)
  const held = snapshot.held.filter((trigger) => level.includes(trigger))
  const [first, ...others] = (phase === 'bot' ? all : all.flatMap(asksForPerson)).filter(
    (match) => !held.includes(match.trigger),
  )
  if (first === undefined) return { fired: undefined, held }
  const sentence = first.signals.map((each) => each.sentence).join('; ')
  return {
    fired: { trigger: first.trigger, reason: { trigger: first.trigger, sentence, signals: first.signals, others } },
    held: level.includes(first.trigger) ? [...held, first.trigger] : held,
  }
}

/** What is heard of a match in the survey. */
function asksForPerson({ trigger, signals }: Match): readonly Match[] {
  const heard = signals.filter((each) => each.signal === 'explicitRequest')
  return heard.length > 0 ? [{ trigger, signals: heard }] : []
}

/** The trigger that stands for a person when the bot itself asks for one and no trigger watches for that. */
export function personTrigger(compiled: Compiled): string | undefined {
  return compiled.triggers.find((trigger) => trigger.data.signals.some((each) => each.signal === 'explicitRequest'))?.id
}

function matching(trigger: NodeOfKind<'trigger'>, states: SignalStates, evaluate: Evaluate): readonly ReasonSignal[] {
  const { signals, match } = trigger.data
  let matched: ReasonSignal[] | undefined
  for (const [index, config] of signals.entries()) {
    const sight = see(states, config, { evaluate: () => ({ value: evaluate(trigger.id, `signals/${index}/when`) }) })
    if (sight.matched) (matched ??= []).push(reasonOf(config.signal, sight))
    else if (match === 'all') return none
  }
  return matched ?? none
}

function reasonOf(signal: string, { value, threshold, sentence }: Sight): ReasonSignal {
  return { signal, value, sentence: sentence(), ...(threshold === undefined ? {} : { threshold }) }
}
