/** Reading: a name, a part of it, an item of a list; with what it is called when it is not known. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { Failure, missing } from '../failure.ts'
import { isRecord } from '../../flow/values.ts'
import { isForbidden, member } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import type { Namespace } from '../scope.ts'
import { ANY, describe, fits, NUMBER, TEXT, type StaticType } from '../static-type.ts'
import { refuse, type Plan, type Planner, type Run } from './planner.ts'

type AccessNode = ASTNode & { readonly op: '.' | '[]' }

/** A name by itself: a loop's variable, `value`, or a whole namespace. */
export function planName(name: string, node: ASTNode, planner: Planner): Plan {
  const root = planRoot(name, node, planner)
  if (!planner.locals.has(name) && planner.names.has(name)) planner.reads.add(name)
  return root
}

/** `customer.address.city`, `vars.items[0]`, `customer[vars.field]`. */
export function planAccess(outermost: AccessNode, planner: Planner): Plan {
  const chain: AccessNode[] = []
  let base: ASTNode = outermost
  while (base.op === '.' || base.op === '[]') {
    chain.unshift(base)
    base = base.args[0]
  }
  const root = base.op === 'id' ? planRoot(base.args, base, planner) : planner.plan(base)
  let plan = root
  for (const node of chain) plan = planPart(plan, node, planner)
  if (base.op === 'id' && planner.names.has(base.args) && !planner.locals.has(base.args)) {
    planner.reads.add([base.args, ...leadingKeys(chain)].join('.'))
  }
  return plan
}

function planRoot(name: string, node: ASTNode, planner: Planner): Plan {
  const local = planner.locals.get(name)
  if (local) return { type: local.type, path: name, run: (frame) => frame.locals[local.slot] }
  const type = planner.names.get(name)
  if (!type) {
    const known = [...planner.locals.keys(), ...planner.names.keys()]
    return refuse(planner, node, `There is no “${name}” here; ${didYouMean(name, known)}`)
  }
  // The names of a scope are exactly its namespaces: `conditionNames` is written over them.
  const namespace = name as Namespace
  const unknown = missing(name)
  return {
    type,
    path: name,
    run: (frame) => {
      const value = frame.scope[namespace]
      return value === undefined ? unknown : value
    },
  }
}

function planPart(holder: Plan, node: AccessNode, planner: Planner): Plan {
  const key = staticKey(node)
  if (node.op === '.' || typeof key === 'string') return planField(holder, String(key), node, planner)
  const path = holder.path === undefined ? undefined : `${holder.path}[${key ?? '…'}]`
  const index = planner.plan(node.args[1])
  const unknown = missing(path ?? 'the item of a list')
  return withPath(itemType(holder, index.type, node, planner), path, (frame) => {
    const held = holder.run(frame)
    if (held instanceof Failure) return held
    const at = index.run(frame)
    if (at instanceof Failure) return at
    const value = member(held, at)
    return value === undefined ? unknown : value
  })
}

function planField(holder: Plan, key: string, node: AccessNode, planner: Planner): Plan {
  const path = holder.path === undefined ? undefined : `${holder.path}.${key}`
  const unknown = missing(path ?? key)
  return withPath(fieldType(holder, key, node, planner), path, (frame) => {
    const held = holder.run(frame)
    // A part of what is not known is missed under the full name, which is what the author wrote.
    if (held instanceof Failure) return held.kind === 'fault' ? held : unknown
    const value = isRecord(held) && Object.hasOwn(held, key) ? held[key] : undefined
    return value === undefined ? unknown : value
  })
}

function fieldType(holder: Plan, key: string, node: AccessNode, planner: Planner): StaticType {
  const name = holder.path ?? 'this'
  const refused = (message: string) => refuse(planner, node, message).type
  if (isForbidden(key)) return refused(`“${key}” cannot be read.`)
  switch (holder.type.kind) {
    case 'any':
    case 'map':
      return ANY
    case 'record': {
      const { fields } = holder.type
      return fields.get(key) ?? refused(`There is no “${name}.${key}”; ${didYouMean(key, fields.keys())}`)
    }
    case 'list':
      return refused(`“${name}” is a list; read an item by its number, as in ${name}[0].`)
    default:
      return refused(`“${name}” is ${describe(holder.type)} and has no part “${key}”.`)
  }
}

function itemType(holder: Plan, index: StaticType, node: AccessNode, planner: Planner): StaticType {
  const name = holder.path ?? 'this'
  const refused = (message: string) => refuse(planner, node, message).type
  switch (holder.type.kind) {
    case 'any':
      return ANY
    case 'list':
      return fits(index, NUMBER) ? holder.type.of : refused(`The items of “${name}” are read by number, from 0.`)
    case 'map':
    case 'record':
      return fits(index, TEXT) ? ANY : refused(`The parts of “${name}” are read by name, a text.`)
    default:
      return refused(`“${name}” is ${describe(holder.type)} and has no items.`)
  }
}

/** The key as written: a name for a part, a number for an item, undefined when it is computed. */
function staticKey(node: AccessNode): string | number | undefined {
  if (node.op === '.') return node.args[1]
  const key = node.args[1]
  if (key.op !== 'value') return undefined
  if (typeof key.args === 'bigint') return Number(key.args)
  return typeof key.args === 'string' ? key.args : undefined
}

function leadingKeys(chain: readonly AccessNode[]): string[] {
  const keys: string[] = []
  for (const node of chain) {
    const key = staticKey(node)
    if (typeof key !== 'string') break
    keys.push(key)
  }
  return keys
}

function withPath(type: StaticType, path: string | undefined, run: Run): Plan {
  return path === undefined ? { type, run } : { type, run, path }
}
