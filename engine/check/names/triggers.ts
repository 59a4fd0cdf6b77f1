/** When a trigger fires, compared: what can never fire, and what fires only when another does. */
import type { Compiled } from '../../compile/compiled.ts'
import { kindOf, type NodeOfKind } from '../../kinds/index.ts'
import type { SignalConfig, SignalName } from '../../signals/index.ts'
import { stemsOf } from '../../signals/topic.ts'
import { allOf, type Domain } from './cases.ts'
import { domainOf } from './domain.ts'
import { notTrue, outcomesOf } from './outcomes.ts'

export type Trigger = NodeOfKind<'trigger'>
type ConfigOf<Name extends SignalName> = Extract<SignalConfig, { readonly signal: Name }>

/** Why a trigger can never fire, with the cure; undefined where it can. */
export function neverFires({ data: { signals, match } }: Trigger, compiled: Compiled): string | undefined {
  const reasons = signals.map((each) => neverMatches(each, compiled))
  if (match === 'any') return reasons.every((each) => each !== undefined) ? reasons[0] : undefined
  const one = reasons.find((each) => each !== undefined)
  if (one !== undefined) return one
  const domain = domainOf(compiled.flow)
  const together = allOf(
    ...signals.flatMap((each) => (each.signal === 'value' ? [outcomesOf(each.when, domain).yes] : [])),
  )
  return together.length === 0 ? 'its conditions are never true together; correct one of them' : undefined
}

function neverMatches(config: SignalConfig, compiled: Compiled): string | undefined {
  switch (config.signal) {
    case 'value':
      return outcomesOf(config.when, domainOf(compiled.flow)).yes.length > 0
        ? undefined
        : `${config.when} is never true; correct the condition`
    case 'topic': {
      const isNamed = (config.intents ?? []).length > 0 || (config.words ?? []).some((words) => stemsOf(words) !== '')
      return isNamed ? undefined : 'it names no topic; give it intents or words'
    }
    case 'lowConfidence':
      return config.below > 0 ? undefined : 'no confidence is below 0; name a higher one, such as 0.6'
    case 'sentiment':
      return config.below > -1 || config.falling !== undefined
        ? undefined
        : 'no mood is below -1; name a higher one, such as -0.4'
    case 'botSilent':
      return isDrawnEverywhere(compiled)
        ? 'what is drawn for “failed” and “silent” is taken instead, at every bot of the flow; take those edges out, or the trigger'
        : undefined
    default:
      return undefined
  }
}

/** A silent or failing bot goes the way that is drawn for it, and no trigger hears of it. */
function isDrawnEverywhere({ flow, tools }: Compiled): boolean {
  const resting = flow.nodes.filter((node) => kindOf(node).rests === true)
  return resting.every(
    (node) => tools.connected(node.id, 'failed') && (node.type !== 'listen' || tools.connected(node.id, 'silent')),
  )
}

/**
 * Whether one trigger fires or has matched whenever the other matches, at the same message. A value that stays true is held
 * and does not fire again: by that alone nothing is hidden.
 */
export function matchesWhenever(one: Trigger, other: Trigger, compiled: Compiled): boolean {
  const implied = (by: SignalConfig, signal: SignalConfig): boolean => follows(by, signal, compiled)
  const [mine, theirs] = [one.data.signals, other.data.signals]
  const meets = (by: readonly SignalConfig[]): boolean =>
    one.data.match === 'any'
      ? mine.some((signal) => signal.signal !== 'value' && by.some((each) => implied(each, signal)))
      : mine.every((signal) => by.some((each) => implied(each, signal)))
  return other.data.match === 'all' ? meets(theirs) : theirs.every((each) => meets([each]))
}

/** Whether it watches values only: once it has fired it is held while they stay true, and what comes after it may fire. */
export function isHeld({ data: { signals } }: Trigger): boolean {
  return signals.every((each) => each.signal === 'value')
}

/** Whether `signal` matches whenever `by` does: the same signal, asking for no more. */
function follows(by: SignalConfig, signal: SignalConfig, compiled: Compiled): boolean {
  switch (signal.signal) {
    case 'explicitRequest':
      return by.signal === 'explicitRequest' && isWithin(by.intents, signal.intents)
    case 'lowConfidence':
      return by.signal === 'lowConfidence' && by.below <= signal.below && by.times >= signal.times
    case 'sentiment':
      return by.signal === 'sentiment' && isUnhappier(by, signal)
    case 'shouting':
      return by.signal === 'shouting' && by.above >= signal.above && by.times >= signal.times
    case 'topic':
      return by.signal === 'topic' && isWithin(by.intents, signal.intents) && areSpoken(by.words, signal.words)
    case 'turns':
      return by.signal === 'turns' && by.over >= signal.over
    case 'loop':
      return by.signal === 'loop' && by.times >= signal.times
    case 'fallbacks':
      return by.signal === 'fallbacks' && by.times >= signal.times
    case 'shrinking':
      return by.signal === 'shrinking' && by.times >= signal.times
    case 'botSilent':
      return by.signal === 'botSilent' && by.times >= signal.times
    case 'botAsked':
      return by.signal === 'botAsked'
    case 'value':
      return by.signal === 'value' && isTrueWhenever(signal.when, by.when, domainOf(compiled.flow))
    default:
      return signal satisfies never
  }
}

function isTrueWhenever(condition: string, by: string, domain: Domain): boolean {
  return allOf(outcomesOf(by, domain).yes, notTrue(outcomesOf(condition, domain))).length === 0
}

function isUnhappier(by: ConfigOf<'sentiment'>, signal: ConfigOf<'sentiment'>): boolean {
  const low = by.below <= signal.below && by.times >= signal.times
  // A mood that falls ends below 0.
  const isBelowZero = signal.below >= 0 && signal.times === 1
  const fall = by.falling === undefined || isBelowZero || (signal.falling !== undefined && by.falling >= signal.falling)
  return low && fall
}

function isWithin(some: readonly string[] = [], all: readonly string[] = []): boolean {
  return some.every((each) => all.includes(each))
}

/** Whether a message with one of some phrases has one of the others: each holds one of them whole. */
function areSpoken(some: readonly string[] = [], all: readonly string[] = []): boolean {
  const others = all.map(stemsOf).filter((each) => each !== '')
  return some.map(stemsOf).every((phrase) => phrase === '' || others.some((other) => phrase.includes(other)))
}
