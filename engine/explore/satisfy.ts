/**
 * What must be known for conditions to come out as wanted: found by trying values that the conditions themselves name,
 * on the compiled conditions. Sound and incomplete: what it finds is so; what it does not find may be so all the same.
 */
import { literalsOf } from '../expression/cel/literals.ts'
import type { Condition, Scope } from '../expression/index.ts'
import { isRecord, type Json } from '../flow/values.ts'

/** By dotted path, such as `customer.tier`. */
export type Known = ReadonlyMap<string, Json>

export interface Wanted {
  readonly condition: Pick<Condition<Json>, 'source' | 'reads' | 'evaluate'>
  readonly comesTo: boolean
}

/** Combinations tried at most. */
const TRIES = 4_000

/**
 * What to know besides `given`; undefined where nothing was found.
 * @param fixed paths of `given` that may not be changed
 */
export function satisfy(wanted: readonly Wanted[], given: Known = new Map()): Known | undefined {
  const holds = (known: Known): boolean => {
    const scope = scopeOf(known)
    return wanted.every(({ condition, comesTo }) => condition.evaluate(scope).value === comesTo)
  }
  if (holds(given)) return given
  const read = new Set(wanted.flatMap(({ condition }) => condition.reads.map(known)))
  const open = [...read].filter((path) => path.includes('.') || path === 'value')
  const values = candidates(wanted.map(({ condition }) => condition.source))
  let left = TRIES
  const attempt = (index: number, sofar: Known): Known | undefined => {
    const path = open[index]
    if (path === undefined) return left-- > 0 && holds(sofar) ? sofar : undefined
    for (const value of given.has(path) ? [] : [undefined, ...values]) {
      if (left <= 0) return undefined
      const found = attempt(index + 1, value === undefined ? sofar : new Map([...sofar, [path, value]]))
      if (found !== undefined) return found
    }
    return given.has(path) ? attempt(index + 1, sofar) : undefined
  }
  return attempt(0, given)
}

/** Values by which a condition over these texts may turn: what it names, a little more and a little less, yes and no. */
export function candidates(sources: readonly string[]): readonly Json[] {
  const literals = sources.flatMap(literalsOf)
  const texts = literals.filter((each) => typeof each === 'string')
  const numbers = literals.filter((each) => typeof each === 'number')
  // Small figures are shares and moods: a whole one more would be off their scale.
  const shares = numbers.filter((each) => Math.abs(each) <= 1).flatMap((each) => [each + 0.1, each - 0.1])
  const around = [
    ...numbers.flatMap((each) => [each, each + 1, each - 1]),
    ...shares.map((each) => Number(each.toFixed(6))),
  ]
  const others = texts.length > 0 ? ['something else'] : []
  return [...new Set<Json>([...texts, ...others, ...around, true, false, 1, 1_000_000, 'something else'])]
}

/** A path that a condition reads, without what stands in its brackets. */
function known(path: string): string {
  return path.replace(/\[.*$/, '')
}

function scopeOf(known: Known): Scope {
  const scope: Record<string, Json> = {
    customer: {},
    vars: {},
    nlu: {},
    signals: {},
    queue: {},
    hours: {},
    agent: {},
    handoff: {},
    conversation: {},
  }
  for (const [path, value] of known) place(scope, path.split('.'), value)
  return scope
}

/** Writes a value at a path, making the maps on the way; what is no map is replaced. */
export function place(into: Record<string, Json>, [first = '', ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inside = into[first]
  const next: Record<string, Json> = isRecord(inside) ? { ...inside } : {}
  into[first] = next
  place(next, rest, value)
}
