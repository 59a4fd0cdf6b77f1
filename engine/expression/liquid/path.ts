/** Reading in a text: a name, a part of it, an item of a list, and `size`, `first`, `last`. */
import { TypeGuards, type PropertyAccessToken, type Token } from 'liquidjs'
import { isRecord } from '../../flow/values.ts'
import { isForbidden, member } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import { isConditionName } from '../scope.ts'
import { ANY, describe, NUMBER, type StaticType } from '../static-type.ts'
import { refuse, type Plan, type TextPlanner } from './planner.ts'

type PlanToken = (token: Token, planner: TextPlanner) => Plan
type NamedPlan = Plan & { readonly path: string }

/** `customer.name`, `vars.items[0].title`, `customer[vars.field]`, `vars.items.size`. */
export function planPath(token: PropertyAccessToken, planner: TextPlanner, planToken: PlanToken): Plan {
  const [first, ...rest] = token.props
  const name = token.variable ? undefined : writtenKey(first)
  if (!token.variable && typeof name !== 'string') {
    return refuse(planner, token, 'A name begins with one of the words of this conversation, such as customer.')
  }
  const root = token.variable ? planToken(token.variable, planner) : planRoot(String(name), token, planner)
  const keys = token.variable ? token.props : rest
  let plan: NamedPlan = { ...root, path: String(name ?? 'this') }
  const read = [plan.path]
  for (const key of keys) {
    const written = writtenKey(key)
    const ends = typeof written !== 'string' || plan.type.kind === 'list' || plan.type.kind === 'text'
    if (read.length && ends) note(read.splice(0), name, planner)
    if (read.length) read.push(String(written))
    plan = written === undefined ? planComputed(plan, planToken(key, planner)) : planPart(plan, written, token, planner)
  }
  if (read.length) note(read, name, planner)
  return plan
}

function note(path: readonly string[], root: unknown, planner: TextPlanner): void {
  if (typeof root !== 'string' || planner.locals.has(root) || planner.assigned.has(root)) return
  planner.reads.add(path.join('.'))
}

/** The key as written: a word, a text or a number; undefined when it is computed. */
function writtenKey(token: Token | undefined): string | number | undefined {
  const isWritten = TypeGuards.isWordToken(token) || TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token)
  return isWritten ? token.content : undefined
}

function planRoot(name: string, at: Token, planner: TextPlanner): Plan {
  const local = planner.locals.get(name) ?? planner.assigned.get(name)
  if (local) return { type: local.type, run: (frame) => frame.locals[local.slot] }
  const type = planner.names ? planner.names.get(name) : ANY
  if (!type) return refuse(planner, at, unknownRoot(name, planner))
  return { type, run: (frame) => member(frame.scope, name) }
}

function unknownRoot(name: string, { names, locals, assigned }: TextPlanner): string {
  if (isConditionName(name)) return `“${name}” can be used in conditions only.`
  const known = [...locals.keys(), ...assigned.keys(), ...(names?.keys() ?? [])]
  return `There is no “${name}” here; ${didYouMean(name, known)}`
}

function planPart(holder: NamedPlan, key: string | number, at: Token, planner: TextPlanner): NamedPlan {
  const path = typeof key === 'number' ? `${holder.path}[${key}]` : `${holder.path}.${key}`
  return { type: partType(holder, key, at, planner), path, run: (frame) => part(holder.run(frame), key) }
}

function planComputed(holder: NamedPlan, key: Plan): NamedPlan {
  const type = holder.type.kind === 'list' ? holder.type.of : ANY
  return { type, path: `${holder.path}[…]`, run: (frame) => part(holder.run(frame), key.run(frame)) }
}

function partType({ type, path }: NamedPlan, key: string | number, at: Token, planner: TextPlanner): StaticType {
  const refused = (message: string) => refuse(planner, at, message).type
  if (key === '') return refused('A name or a value is missing here.')
  if (isForbidden(key)) return refused(`“${key}” cannot be read.`)
  switch (type.kind) {
    case 'any':
    case 'map':
      return ANY
    case 'record': {
      const name = String(key)
      return type.fields.get(name) ?? refused(`There is no “${path}.${name}”; ${didYouMean(name, type.fields.keys())}`)
    }
    case 'list':
      if (typeof key === 'number' || key === 'first' || key === 'last') return type.of
      if (key === 'size') return NUMBER
      return refused(`“${path}” is a list; it has size, first, last and items by number, as in ${path}[0].`)
    default:
      if (type.kind === 'text' && key === 'size') return NUMBER
      return refused(`“${path}” is ${describe(type)} and has no part “${key}”.`)
  }
}

function part(holder: unknown, key: unknown): unknown {
  if (Array.isArray(holder)) {
    if (typeof key === 'number') return member(holder, key < 0 ? holder.length + key : key)
    return key === 'first' ? holder[0] : key === 'last' ? holder.at(-1) : key === 'size' ? holder.length : undefined
  }
  const held = member(holder, key)
  if (held !== undefined || key !== 'size') return held
  return typeof holder === 'string' ? holder.length : isRecord(holder) ? Object.keys(holder).length : undefined
}
