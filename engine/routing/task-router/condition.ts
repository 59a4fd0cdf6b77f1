/**
 * A filter's expression as a CEL condition. Laws:
 * 1. It holds for a task exactly when the expression does, for attributes of the kinds they are compared with.
 * 2. What a task does not have is NULL: equal to nothing but NULL, unequal to everything else, in no order, in no list,
 *    and not in every one.
 * 3. Attributes are variables of the flow, of the kind they are compared with; those of `customer` are the customer's.
 */
import type { VariableType } from '../../flow/document.ts'
import type { Attributes } from './attributes.ts'
import { nameText, type Comparison, type Expression, type Literal, type Name, type Operand } from './expression.ts'
import { Untranslatable } from './untranslatable.ts'

/** The condition of what `simplify` left. @throws Untranslatable with the cure */
export function conditionOf(expression: Expression, attributes: Attributes): string {
  return translated(expression, attributes).text
}

/** A condition; `loose` when it must stand in parentheses beside others. */
interface Condition {
  readonly text: string
  readonly loose: boolean
}

function translated(expression: Expression, attributes: Attributes): Condition {
  if (expression.kind === 'comparison') return comparison(expression, attributes)
  const parts = expression.parts.map((part) => {
    const { text, loose } = translated(part, attributes)
    return loose ? `(${text})` : text
  })
  return loosely(parts.join(expression.kind === 'all' ? ' && ' : ' || '))
}

function comparison({ operator, left, right }: Comparison, attributes: Attributes): Condition {
  switch (operator) {
    case '==':
    case '!=':
      return equality(operator, left, right, attributes)
    case 'HAS':
      return tightly(membership(right, left, attributes))
    case 'IN':
      return tightly(membership(left, right, attributes))
    case 'NOT IN':
      return absence(left, right, attributes)
    case 'CONTAINS':
      return tightly(`${side(left, attributes, 'text')}.contains(${side(right, attributes, 'text')})`)
    default: {
      const kind = orderedKind(left) ?? orderedKind(right)
      tie(left, right, attributes)
      return tightly(`${side(left, attributes, kind)} ${operator} ${side(right, attributes, kind)}`)
    }
  }
}

function tightly(text: string): Condition {
  return { text, loose: false }
}

function loosely(text: string): Condition {
  return { text, loose: true }
}

function equality(operator: '==' | '!=', left: Operand, right: Operand, attributes: Attributes): Condition {
  const [name, other] = left.kind === 'name' ? [left, right] : [right, left]
  if (name.kind !== 'name') throw new Untranslatable('two constants are compared; take the comparison out.')
  if (other.kind === 'literal' && other.value === null) {
    return tightly(operator === '==' ? `!has(${path(name, attributes)})` : `has(${path(name, attributes)})`)
  }
  const kind = kindOf(other)
  tie(left, right, attributes)
  const [one, two] = [path(name, attributes, kind), side(other, attributes, kind)]
  if (other.kind !== 'name') {
    return operator === '==' ? tightly(`${one} == ${two}`) : loosely(`!has(${one}) || ${one} != ${two}`)
  }
  return loosely(
    operator === '=='
      ? `(!has(${one}) && !has(${two})) || ${one} == ${two}`
      : `has(${one}) != has(${two}) || ${one} != ${two}`,
  )
}

function membership(item: Operand, list: Operand, attributes: Attributes): string {
  return `${itemOf(item, list, attributes)} in ${listOf(list, attributes)}`
}

function absence(item: Operand, list: Operand, attributes: Attributes): Condition {
  const outside = `!(${membership(item, list, attributes)})`
  if (item.kind !== 'name') return tightly(outside)
  const unknown = `!has(${itemOf(item, list, attributes)})`
  if (list.kind !== 'name') return loosely(`${unknown} || ${outside}`)
  return loosely(`has(${listOf(list, attributes)}) && (${unknown} || ${outside})`)
}

function itemOf(item: Operand, list: Operand, attributes: Attributes): string {
  const kinds = list.kind === 'list' ? new Set(list.values.map(kindOfLiteral)) : new Set<undefined>()
  if (kinds.size > 1) throw new Untranslatable('a list holds values of several kinds; write a list for each kind.')
  return side(item, attributes, [...kinds][0])
}

function listOf(list: Operand, attributes: Attributes): string {
  return list.kind === 'list' ? `[${list.values.map(literal).join(', ')}]` : side(list, attributes, 'list')
}

/** Two variables that are compared are of one kind. */
function tie(left: Operand, right: Operand, attributes: Attributes): void {
  if (left.kind !== 'name' || right.kind !== 'name') return
  const [one, other] = [variableOf(left), variableOf(right)]
  if (one !== undefined && other !== undefined) attributes.compare(one, other)
}

function side(operand: Operand, attributes: Attributes, kind?: VariableType): string {
  switch (operand.kind) {
    case 'name':
      return path(operand, attributes, kind)
    case 'list':
      return listOf(operand, attributes)
    case 'literal':
      if (kind !== 'text' || typeof operand.value === 'string') return literal(operand.value)
      throw new Untranslatable('a text is expected; put the value in quotes.')
    default:
      return operand satisfies never
  }
}

/** Where a task's attribute is found in a conversation. */
function path(name: Name, attributes: Attributes, kind?: VariableType): string {
  const parts = ofTask(name)
  const [root, ...rest] = parts
  for (const part of parts) if (typeof part === 'string') refuseReserved(part, name)
  const inside = rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  if (root === 'customer' && typeof rest[0] === 'string') return `customer${inside}`
  const [next] = rest
  attributes.read(root, next === undefined ? kind : typeof next === 'number' ? 'list' : 'map')
  return `vars.${root}${inside}`
}

/** The variable that a name is as a whole; undefined when it is a part of one, or the customer's. */
function variableOf(name: Name): string | undefined {
  const [root, ...rest] = ofTask(name)
  return rest.length === 0 ? root : undefined
}

/** A name without the `task.` that may stand before it. */
export function ofTask(name: Name): Name['path'] {
  const [first, second, ...rest] = name.path
  if (first === 'worker' || first === 'workers') {
    const what = `“${nameText(name)}” is the worker’s, and a filter is about tasks`
    throw new Untranslatable(`${what}; move it to the “expression” of a target.`)
  }
  return first === 'task' && typeof second === 'string' ? [second, ...rest] : name.path
}

const RESERVED = ['in', 'true', 'false', 'null', '__proto__', 'prototype', 'constructor']

function refuseReserved(part: string, name: Name): void {
  if (!RESERVED.includes(part) && /^[A-Za-z]/.test(part)) return
  throw new Untranslatable(`“${nameText(name)}” is no name that a condition can read; give the attribute another name.`)
}

function orderedKind(operand: Operand): VariableType | undefined {
  const isUnordered = operand.kind === 'literal' && (operand.value === null || typeof operand.value === 'boolean')
  if (isUnordered) throw new Untranslatable('only numbers and texts have an order; compare with == or !=.')
  return kindOf(operand)
}

function kindOf(operand: Operand): VariableType | undefined {
  return operand.kind === 'literal' ? kindOfLiteral(operand.value) : undefined
}

function kindOfLiteral(value: Literal): VariableType | undefined {
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return undefined
  }
}

function literal(value: Literal): string {
  return JSON.stringify(value)
}
