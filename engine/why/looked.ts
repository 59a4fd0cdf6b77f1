/** A condition as it was looked at: what it read, what came of it, and what would have made it true. */
import type { Compiled } from '../compile/compiled.ts'
import { scopeOf } from '../compile/tools.ts'
import type { Json } from '../flow/values.ts'
import type { Moment } from '../kinds/moment.ts'
import { smallestChange, valueAt, type Change } from './change.ts'

export interface Looked {
  readonly source: string
  /** False where it could not be decided; for a condition that gives no yes or no, what it came to. */
  readonly value: Json
  /** The names it reads, in order; a name without a value is not known. */
  readonly reads: readonly { readonly name: string; readonly value?: Json }[]
  /** What is not known and makes it false: “customer.tier is not known”. */
  readonly missing?: string
  /** What else kept it from a value: a division by zero, a value of the wrong kind. */
  readonly fault?: string
  /** The smallest change that makes it true, where it is not and one of a name or two does. */
  readonly change?: readonly Change[]
}

/** Undefined where the node has no condition at `path`. */
export function look(compiled: Compiled, moment: Moment, path: string, answer?: Json): Looked | undefined {
  const condition = compiled.expressions.conditions.get(`${moment.node}/${path}`)
  if (condition === undefined) return undefined
  const known = scopeOf(moment, condition.reads, compiled.nodes, 'numbers')
  const scope = answer === undefined ? known : { ...known, value: answer }
  const { value, missing, fault } = condition.evaluate(scope)
  const change = smallestChange(condition, scope)
  return {
    source: condition.source,
    value,
    reads: condition.reads.map((name) => {
      const read = valueAt(scope, name)
      return { name, ...(read === undefined ? {} : { value: read }) }
    }),
    ...(missing === undefined ? {} : { missing }),
    ...(fault === undefined ? {} : { fault }),
    ...(change === undefined ? {} : { change }),
  }
}

/** In plain English, what it would have taken: “vars.amount is 120; it would take vars.amount 501”. */
export function needsOf({ source, reads, missing, fault, change }: Looked): string {
  const would = change?.map(({ name, to }) => `${name} ${JSON.stringify(to)}`).join(' and ')
  const why = [
    ...reads.map(({ name, value }) =>
      value === undefined ? `${name} is not known` : `${name} is ${JSON.stringify(value)}`,
    ),
    ...(missing === undefined ? [] : ['what is not known counts as false']),
    ...(fault === undefined ? [] : [fault]),
  ].join(', ')
  return `${why === '' ? '' : `${why}; `}it would take ${would ?? `“${source}” to become true`}`
}
