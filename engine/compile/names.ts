/** The closed lists: every guard, change, act and instant there is, by the name a chart uses. What is not here cannot run. */
import { coreActs, coreChanges, coreGuards } from '../kinds/core.ts'
import { kinds } from '../kinds/index.ts'
import type { Kind } from '../kinds/kind.ts'
import type { Act, Change, Guard, Instant } from '../kinds/moment.ts'

const everyKind: readonly Kind[] = kinds

/** `ask.known` for a kind's own, `asksForPerson` for the core's. */
export const guards: ReadonlyMap<string, Guard<unknown>> = new Map<string, Guard<unknown>>([
  ...Object.entries<Guard<unknown>>(coreGuards),
  ['is', () => true],
  ...everyKind.flatMap((kind) =>
    Object.entries(kind.guards).map(([name, guard]): [string, Guard<unknown>] => [`${kind.name}.${name}`, guard]),
  ),
])

export const acts: ReadonlyMap<string, Act<unknown>> = new Map<string, Act<unknown>>([
  ...Object.entries<Act<unknown>>(coreActs),
  ...everyKind.flatMap((kind) =>
    Object.entries(kind.acts).map(([name, act]): [string, Act<unknown>] => [`${kind.name}.${name}`, act]),
  ),
])

/** When a deadline that is not of a fixed length is due: `queue.relaxing`. */
export const instants: ReadonlyMap<string, Instant<unknown>> = new Map<string, Instant<unknown>>(
  everyKind.flatMap((kind) =>
    Object.entries(kind.instants).map(([name, instant]): [string, Instant<unknown>] => [
      `${kind.name}.${name}`,
      instant,
    ]),
  ),
)

/** A change of a kind, or of the core where the kind has none of that name. */
export function changeNamed(kind: Kind | undefined, name: string): Change<unknown> {
  const own = kind !== undefined && Object.hasOwn(kind.changes, name) ? kind.changes[name] : undefined
  const change = own ?? (isCoreChange(name) ? coreChanges[name] : undefined)
  if (!change) throw new Error(`${kind?.name ?? 'The core'} has no change “${name}”.`)
  return change
}

function isCoreChange(name: string): name is keyof typeof coreChanges {
  return Object.hasOwn(coreChanges, name)
}
