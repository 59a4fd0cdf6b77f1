/** Comparison, membership and arithmetic over JSON values. There is one kind of number; 7 / 2 is 3.5. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { BUDGET, spend, SPENT, type Frame } from '../budget.ts'
import { fault, Failure, missing } from '../failure.ts'
import { isRecord } from '../../flow/values.ts'
import { equal, kindOf } from '../json.ts'
import { BOOL, common, describe, fits, KIND_WORDS, LIST, MAP, NUMBER, TEXT, type StaticType } from '../static-type.ts'
import { refuse, type Plan, type Planner, type Run } from './planner.ts'

type Comparison = '<' | '<=' | '>' | '>='
type Arithmetic = '-' | '*' | '/' | '%'
type OperatorNode = ASTNode & { readonly op: Comparison | Arithmetic | '==' | '!=' | 'in' | '+' }

export function planOperator(node: OperatorNode, planner: Planner): Plan {
  const left = planner.plan(node.args[0])
  const right = planner.plan(node.args[1])
  const wrong = mismatch(node.op, left.type, right.type)
  if (wrong !== undefined) return refuse(planner, node, wrong)
  switch (node.op) {
    case '==':
      return { type: BOOL, run: both(left, right, equal) }
    case '!=':
      return { type: BOOL, run: both(left, right, (a, b, frame) => negate(equal(a, b, frame))) }
    case 'in':
      return {
        type: BOOL,
        run: both(left, right, (a, b, frame) => isIn(a, b, frame) ?? unfit('in', left, a, right, b)),
      }
    case '+':
      return {
        type: common(left.type, right.type),
        run: both(left, right, (a, b, frame) => add(a, b, frame) ?? unfit('+', left, a, right, b)),
      }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return planComparison(node.op, left, right)
    case '-':
    case '*':
    case '/':
    case '%':
      return planArithmetic(node.op, left, right)
    default:
      return node satisfies never
  }
}

export function planNegative(node: ASTNode & { readonly op: '-_' }, planner: Planner): Plan {
  const side = planner.plan(node.args)
  if (!fits(side.type, NUMBER)) return refuse(planner, node, `“-” stands before a number, not ${describe(side.type)}.`)
  return {
    type: NUMBER,
    run: (frame) => {
      const value = side.run(frame)
      if (value instanceof Failure) return value
      return typeof value === 'number' ? -value : unfit('-', side, value, side, value)
    },
  }
}

const COMPARE = {
  '<': <Kind extends number | string>(a: Kind, b: Kind) => a < b,
  '<=': <Kind extends number | string>(a: Kind, b: Kind) => a <= b,
  '>': <Kind extends number | string>(a: Kind, b: Kind) => a > b,
  '>=': <Kind extends number | string>(a: Kind, b: Kind) => a >= b,
} as const satisfies Record<Comparison, unknown>

const COMPUTE = {
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
} as const satisfies Record<Arithmetic, unknown>

/** What an operator takes on both its sides. */
interface Operands {
  readonly types: readonly StaticType[]
  readonly words: string
}

const ORDERED: Operands = { types: [NUMBER, TEXT], words: 'compares two numbers or two texts' }
const JOINED: Operands = { types: [NUMBER, TEXT, LIST], words: 'joins two numbers, two texts or two lists' }
const NUMBERS: Operands = { types: [NUMBER], words: 'takes two numbers' }

const OPERANDS: Readonly<Record<Comparison | Arithmetic | '+', Operands>> = {
  '<': ORDERED,
  '<=': ORDERED,
  '>': ORDERED,
  '>=': ORDERED,
  '+': JOINED,
  '-': NUMBERS,
  '*': NUMBERS,
  '/': NUMBERS,
  '%': NUMBERS,
}

/** Why two types can never meet in an operator; undefined when they can. */
function mismatch(op: OperatorNode['op'], left: StaticType, right: StaticType): string | undefined {
  const here = `here are ${describe(left)} and ${describe(right)}`
  if (op === '==' || op === '!=') {
    if (fits(left, right) || left.kind === 'null' || right.kind === 'null') return undefined
    return `Different kinds are never equal; ${here}.`
  }
  if (op === 'in') {
    if (right.kind === 'list') return fits(left, right.of) ? undefined : `The list never holds that; ${here}.`
    if (fits(right, LIST) || (fits(right, MAP) && fits(left, TEXT))) return undefined
    return `“in” looks for a value in a list, or for a name in a map; ${here}.`
  }
  const { types, words } = OPERANDS[op]
  if (types.some((type) => fits(left, type) && fits(right, type))) return undefined
  const isText = op === '+' && (left.kind === 'text' || right.kind === 'text')
  const cure = isText ? ' Write string(…) to make a text of a number.' : ''
  return `“${op}” ${words}; ${here}.${cure}`
}

/** Runs both sides, then `work`; a failure of a side is the result. */
function both(left: Plan, right: Plan, work: (a: unknown, b: unknown, frame: Frame) => unknown): Run {
  return (frame) => {
    const a = left.run(frame)
    if (a instanceof Failure) return a
    const b = right.run(frame)
    return b instanceof Failure ? b : work(a, b, frame)
  }
}

function planComparison(op: Comparison, left: Plan, right: Plan): Plan {
  const compare = COMPARE[op]
  return {
    type: BOOL,
    run: both(left, right, (a, b) => {
      if (typeof a === 'number' && typeof b === 'number') return compare(a, b)
      return typeof a === 'string' && typeof b === 'string' ? compare(a, b) : unfit(op, left, a, right, b)
    }),
  }
}

function planArithmetic(op: Arithmetic, left: Plan, right: Plan): Plan {
  const compute = COMPUTE[op]
  return {
    type: NUMBER,
    run: both(left, right, (a, b) => {
      const areNumbers = typeof a === 'number' && typeof b === 'number'
      return areNumbers ? finite(compute(a, b), b) : unfit(op, left, a, right, b)
    }),
  }
}

function add(a: unknown, b: unknown, frame: Frame): unknown {
  if (typeof a === 'number' && typeof b === 'number') return finite(a + b, 1)
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length + b.length > BUDGET.text) return fault(`a text of more than ${BUDGET.text} characters is too long`)
    return a + b
  }
  if (Array.isArray(a) && Array.isArray(b)) return spend(frame, a.length + b.length) ? [...a, ...b] : SPENT
  return undefined
}

function isIn(value: unknown, holder: unknown, frame: Frame): boolean | Failure | undefined {
  if (Array.isArray(holder)) {
    for (const item of holder) {
      if (!spend(frame, 1)) return SPENT
      const same = equal(value, item, frame)
      if (same !== false) return same
    }
    return false
  }
  return isRecord(holder) && typeof value === 'string' ? Object.hasOwn(holder, value) : undefined
}

/** JSON has neither infinity nor “not a number”. */
function finite(value: number, divisor: number): number | Failure {
  if (Number.isFinite(value)) return value
  return fault(divisor === 0 ? 'nothing can be divided by zero' : 'the number is too large')
}

function negate(same: boolean | Failure): boolean | Failure {
  return same instanceof Failure ? same : !same
}

/** Why two values cannot meet: one is not known yet, or they are of the wrong kind. */
function unfit(op: string, left: Plan, a: unknown, right: Plan, b: unknown): Failure {
  if (a === null && left.path !== undefined) return missing(left.path)
  if (b === null && right.path !== undefined) return missing(right.path)
  const [one, other] = [a, b].map((value) => KIND_WORDS[kindOf(value) ?? 'any'])
  const [first, second] = [left.path ?? 'the left side', right.path ?? 'the right side']
  return fault(`“${op}” cannot take ${first} (${one}) and ${second} (${other})`)
}
