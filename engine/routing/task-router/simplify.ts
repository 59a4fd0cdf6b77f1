/** Expressions without what is always so: `1 == 1` is how TaskRouter says “all”. */
import type { Comparison, Expression, Joined, Literal, Operand, Operator } from './expression.ts'

/** What is left of an expression: a yes or no, or the parts that depend on task and worker. */
export function simplify(expression: Expression): Expression | boolean {
  if (expression.kind === 'comparison') return fixed(expression) ?? expression
  const decides = expression.kind === 'any'
  const parts: Expression[] = []
  for (const each of expression.parts) {
    const part = simplify(each)
    if (part === decides) return decides
    if (typeof part !== 'boolean') parts.push(...(part.kind === expression.kind ? part.parts : [part]))
  }
  const [first] = parts
  if (first === undefined) return !decides
  return parts.length === 1 ? first : ({ kind: expression.kind, parts } satisfies Joined)
}

/**
 * What a comparison comes to whoever asks; undefined when it depends on a name. “Using scalar operators on Arrays
 * results in false. Using array operators on two scalar values also returns false.”
 */
function fixed({ operator, left, right }: Comparison): boolean | undefined {
  switch (operator) {
    case 'HAS':
      return left.kind === 'name' ? (right.kind === 'list' ? false : undefined) : holds(left, right)
    case 'IN':
      return right.kind === 'name' ? (left.kind === 'list' ? false : undefined) : holds(right, left)
    case 'NOT IN': {
      if (left.kind === 'list' || right.kind === 'literal') return false
      if (right.kind === 'name') return undefined
      const isThere = holds(right, left)
      return isThere === undefined ? undefined : !isThere
    }
    default:
      if (left.kind === 'list' || right.kind === 'list') return false
      return left.kind === 'literal' && right.kind === 'literal'
        ? compared(operator, left.value, right.value)
        : undefined
  }
}

function holds(list: Operand, item: Operand): boolean | undefined {
  if (list.kind !== 'list' || item.kind === 'list') return false
  if (item.kind === 'literal') return list.values.some((value) => value === item.value)
  return list.values.length === 0 ? false : undefined
}

function compared(operator: Exclude<Operator, 'HAS' | 'IN' | 'NOT IN'>, left: Literal, right: Literal): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case 'CONTAINS':
      return typeof left === 'string' && typeof right === 'string' && left.includes(right)
    default:
      if (typeof left === 'number' && typeof right === 'number') return ORDERS[operator](left, right)
      return typeof left === 'string' && typeof right === 'string' && ORDERS[operator](left, right)
  }
}

const ORDERS = {
  '<': (one: Ordered, other: Ordered) => one < other,
  '<=': (one: Ordered, other: Ordered) => one <= other,
  '>': (one: Ordered, other: Ordered) => one > other,
  '>=': (one: Ordered, other: Ordered) => one >= other,
} as const

type Ordered = string | number
