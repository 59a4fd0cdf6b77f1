/**
 * The smallest change that would make a condition true. Tried, not reasoned: the condition's own figures and words are
 * put in the place of what it read, one or two at a time, and the condition itself is the judge. So what is found is
 * true; where nothing is found, a larger change may still do.
 */
import { literalsOf } from '../expression/cel/literals.ts'
import type { Condition, Scope } from '../expression/index.ts'
import type { Json } from '../flow/values.ts'

export interface Change {
  /** The dotted name, as in the condition. */
  readonly name: string
  readonly to: Json
}

const MOST_TRIED = 24
const MOST_NAMES = 6

/** Undefined where no change of one or two names was found, and where the condition is true as it is. */
export function smallestChange(condition: Condition<Json>, scope: Scope): readonly Change[] | undefined {
  if (isTrue(condition, scope)) return undefined
  const tries = triesFor(condition.source)
  const single = condition.reads
    .slice(0, MOST_NAMES)
    .flatMap((name) => nearestFirst(tries, valueAt(scope, name)).map((to): Change => ({ name, to })))
  const one = single.find((change) => isTrue(condition, changed(scope, [change])))
  if (one !== undefined) return [one]
  for (const [index, first] of single.entries()) {
    for (const second of single.slice(index + 1)) {
      if (second.name !== first.name && isTrue(condition, changed(scope, [first, second]))) return [first, second]
    }
  }
  return undefined
}

/** The value of a dotted name; undefined where it is not known. */
export function valueAt(scope: Scope, name: string): Json | undefined {
  let value: unknown = scope
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    // It is an object and has the part.
    value = (value as Readonly<Record<string, unknown>>)[part]
  }
  // A scope is made of the snapshot's and the event's own JSON.
  return value as Json | undefined
}

function isTrue(condition: Condition<Json>, scope: Scope): boolean {
  return condition.evaluate(scope).value === true
}

function changed(scope: Scope, changes: readonly Change[]): Scope {
  return changes.reduce<Scope>((whole, { name, to }) => withValue(whole, name.split('.'), to), scope)
}

function withValue(whole: object, [part = '', ...rest]: readonly string[], to: Json): object {
  // As above.
  const inside: unknown = Object.hasOwn(whole, part) ? (whole as Readonly<Record<string, unknown>>)[part] : undefined
  return {
    ...whole,
    [part]: rest.length === 0 ? to : withValue(typeof inside === 'object' && inside !== null ? inside : {}, rest, to),
  }
}

/** What to try: each figure of the condition, just above and just below it, its words, another word, yes and no. */
function triesFor(source: string): readonly Json[] {
  const tried = new Set<Json>()
  for (const literal of literalsOf(source)) {
    if (typeof literal === 'number') for (const each of [literal, above(literal), below(literal)]) tried.add(each)
    else tried.add(literal)
  }
  return [...[...tried].slice(0, MOST_TRIED), 'something else', true, false]
}

function above(figure: number): number {
  return round(figure + (Number.isInteger(figure) ? 1 : 0.01))
}

function below(figure: number): number {
  return round(figure - (Number.isInteger(figure) ? 1 : 0.01))
}

function round(figure: number): number {
  return Math.round(figure * 1_000) / 1_000
}

/** Of the sort that it is now, where it is known; figures by how far they are from the present one. */
function nearestFirst(tries: readonly Json[], now: Json | undefined): readonly Json[] {
  const fit = tries.filter((to) => to !== now && (now === undefined || now === null || typeof to === typeof now))
  const far = (to: Json): number => (typeof to === 'number' && typeof now === 'number' ? Math.abs(to - now) : 0)
  return fit.toSorted((one, other) => far(one) - far(other))
}
