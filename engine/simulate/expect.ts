/** Holds what a scenario expects against what is there. */
import type { Json } from '../flow/values.ts'
import type { Refusal } from '../step/result.ts'
import { isPatternForm, patternOf, type Expectation, type Part } from './scenario.ts'
import type { Simulation } from './simulation.ts'

/** One thing that was expected and is not so. */
export interface Difference {
  /** The key of the expectation, such as `state`. */
  readonly what: string
  readonly expected: Json
  readonly actual: Json
  /** A sentence that says both. */
  readonly message: string
}

export interface Seen {
  readonly simulation: Simulation
  /** What was said to the customer since the last expectation. */
  readonly said: readonly string[]
  /** How the step just before was refused. */
  readonly refusal: Refusal | undefined
}

/** Everything that is not as expected. */
export function differences(expected: Expectation, { simulation, said, refusal }: Seen): readonly Difference[] {
  const { snapshot, view } = simulation
  const { context } = snapshot.machine
  const running = snapshot.timers.map((each) => each.id)
  return [
    ...plain('state', expected.state, snapshot.state),
    ...plain('phase', expected.phase, snapshot.phase),
    ...plain('owner', expected.owner, snapshot.owner),
    ...plain('mayReply', expected.mayReply, view.expects.includes('bot.message')),
    ...plain('closed', expected.closed, snapshot.closed?.reason ?? null),
    ...plain('refused', expected.refused, refusal?.code ?? null),
    ...parts(expected.said).flatMap((part) => unsaid(part, said)),
    ...parts(expected.notSaid).flatMap((part) => saidAfterAll(part, said)),
    ...Object.entries(expected.variables ?? {}).flatMap(([name, value]) =>
      plain(`variables.${name}`, value, context.vars[name] ?? null),
    ),
    ...(expected.timers ?? []).flatMap((timer) => missingTimer(timer, running)),
    ...otherReason(expected.reason, context.reason?.sentence ?? null),
  ]
}

/** Whether a part, or a pattern in slashes, is found in one of the texts. */
export function isSaid(part: string, texts: readonly string[]): boolean {
  return texts.some(patternOf(part) ?? ((text) => text.includes(part)))
}

function plain(what: string, expected: Json | undefined, actual: Json): readonly Difference[] {
  if (expected === undefined || isEqual(expected, actual)) return []
  const message = `expected ${what} ${JSON.stringify(expected)}; it is ${JSON.stringify(actual)}`
  return [{ what, expected, actual, message }]
}

function unsaid(part: string, said: readonly string[]): readonly Difference[] {
  if (isSaid(part, said)) return []
  const message = `expected the customer to be told ${quoted(part)}; ${told(said)}`
  return [{ what: 'said', expected: part, actual: said, message }]
}

function saidAfterAll(part: string, said: readonly string[]): readonly Difference[] {
  if (!isSaid(part, said)) return []
  const message = `expected the customer not to be told ${quoted(part)}; ${told(said)}`
  return [{ what: 'notSaid', expected: part, actual: said, message }]
}

function missingTimer(timer: string, running: readonly string[]): readonly Difference[] {
  if (running.includes(timer)) return []
  const found = running.length === 0 ? 'none runs' : `these do: ${running.join(', ')}`
  const message = `expected the timer “${timer}” to run; ${found}`
  return [{ what: 'timers', expected: timer, actual: running, message }]
}

function otherReason(part: string | undefined, reason: string | null): readonly Difference[] {
  if (part === undefined || isSaid(part, reason === null ? [] : [reason])) return []
  const found = reason === null ? 'there is none' : `it is “${reason}”`
  const message = `expected the handoff’s reason to hold ${quoted(part)}; ${found}`
  return [{ what: 'reason', expected: part, actual: reason, message }]
}

function parts(part: Part | undefined): readonly string[] {
  return part === undefined ? [] : typeof part === 'string' ? [part] : part
}

function quoted(part: string): string {
  return isPatternForm(part) ? part : `“${part}”`
}

function told(said: readonly string[]): string {
  return said.length === 0 ? 'nothing was said' : `it was told ${said.map((text) => `“${text}”`).join(', ')}`
}

/** Equal as JSON, whatever the order of keys. */
export function isEqual(one: Json, other: Json): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))]
  return (
    Array.isArray(one) === Array.isArray(other) &&
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isEqual(value, right.get(key) ?? null))
  )
}
