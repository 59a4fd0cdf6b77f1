/**
 * The cases in which something holds: in each, every name that matters has a value of a set, and every part that is not
 * told apart has an outcome. Law: no case, no conversation. Where the cases become too many to list, all are admitted.
 */
import { both, every, isKnown, isNone, unknown, type Values } from './values.ts'

export interface Case {
  readonly names: ReadonlyMap<string, Values>
  readonly parts: ReadonlyMap<string, Outcome>
}
export type Cases = readonly Case[]
export type Outcome = 'yes' | 'no' | 'undecided'

/** The values that a name may have at all, by its dotted path. */
export type Domain = (path: string) => Values

/** Past so many nothing is proved any more. */
const MOST = 256

export const noCase: Cases = []
export const everyCase: Cases = [{ names: new Map(), parts: new Map() }]

export function whereIs(path: string, values: Values, domain: Domain): Cases {
  const possible = both(values, domain(path))
  return isNone(possible) ? noCase : [{ names: new Map([[path, possible]]), parts: new Map() }]
}

export function whereFree(part: string, outcome: Outcome): Cases {
  return [{ names: new Map(), parts: new Map([[part, outcome]]) }]
}

export function oneOfThem(...all: readonly Cases[]): Cases {
  const cases = all.flat()
  return cases.length > MOST ? everyCase : cases
}

/** The cases in which all of them hold. */
export function allOf(...all: readonly Cases[]): Cases {
  return all.reduce((one, other) => {
    if (one.length * other.length > MOST * MOST) return everyCase
    const cases = one.flatMap((a) => other.flatMap((b) => together(a, b) ?? []))
    return cases.length > MOST ? everyCase : cases
  }, everyCase)
}

/** The names that are known in every one of the cases; undefined where there is no case. */
export function knownIn(cases: Cases): readonly string[] | undefined {
  const [first, ...rest] = cases.map(knownHere)
  return first === undefined ? undefined : [...first].filter((path) => rest.every((names) => names.has(path)))
}

/** A name that is there makes known what holds it, also where it is null itself. */
function knownHere({ names }: Case): ReadonlySet<string> {
  return new Set(
    [...names]
      .filter(([, values]) => !values.missing)
      .flatMap(([path, values]) => {
        const parts = path.split('.')
        const holders = parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('.'))
        return isKnown(values) ? [...holders, path] : holders
      }),
  )
}

/** Whether some of the cases come about because a name is not known. */
export function areOpen(cases: Cases): boolean {
  return cases.some(({ names }) => [...names.values()].some((values) => !isNone(both(values, unknown))))
}

function together(one: Case, other: Case): Case | undefined {
  const names = new Map(one.names)
  for (const [path, values] of other.names) {
    const shared = both(names.get(path) ?? every, values)
    if (isNone(shared)) return undefined
    names.set(path, shared)
  }
  const parts = new Map(one.parts)
  for (const [part, outcome] of other.parts) {
    if ((parts.get(part) ?? outcome) !== outcome) return undefined
    parts.set(part, outcome)
  }
  return { names, parts }
}
