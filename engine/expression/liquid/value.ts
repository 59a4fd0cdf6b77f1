/** What stands in `{{ … }}` and after a tag's name: a value, operators, filters. */
import {
  TypeGuards,
  type Expression,
  type Filter as FilterCall,
  type FilteredValueToken,
  type RangeToken,
  type Token,
} from 'liquidjs'
import { spend, type Frame } from '../budget.ts'
import { didYouMean } from '../nearest.ts'
import { ANY, BOOL, common, LIST, NULL, NUMBER, TEXT } from '../static-type.ts'
import { afford, BLANK, EMPTY, exhaust, isTrue, same, toNumber, toText } from './convert.ts'
import { FILTERS } from './filters.ts'
import { planPath } from './path.ts'
import { refuse, type Plan, type Run, type TextFrame, type TextPlanner } from './planner.ts'

/** A value with its filters; the library has two shapes of it that agree in what is read here. */
interface Filtered {
  readonly initial: Expression
  readonly filters: FilteredValueToken['filters'] | readonly FilterCall[]
}

/** Plans an expression with its filters; `at` is where it stands when it has no place of its own. */
export function planValue({ initial, filters }: Filtered, at: Token, planner: TextPlanner): Plan {
  let plan = planExpression(initial, at, planner)
  for (const filter of filters) plan = planFilter(plan, filter, initial.postfix[0] ?? at, planner)
  return plan
}

/** Plans a single value: a literal, a name, a range. */
export function planToken(token: Token, planner: TextPlanner): Plan {
  if (TypeGuards.isQuotedToken(token)) return constant(token.content, TEXT)
  if (TypeGuards.isNumberToken(token)) return constant(token.content, NUMBER)
  if (TypeGuards.isLiteralToken(token)) return planLiteral(token.literal)
  if (TypeGuards.isPropertyAccessToken(token)) return planPath(token, planner, planToken)
  if (TypeGuards.isRangeToken(token)) return planRange(token, planner)
  if (TypeGuards.isFilteredValueToken(token)) return planValue(token, token, planner)
  return refuse(planner, token, 'A name or a value is missing here.')
}

function constant(value: unknown, type: Plan['type']): Plan {
  return { type, run: () => value }
}

function planLiteral(literal: 'true' | 'false' | 'nil' | 'null' | 'empty' | 'blank'): Plan {
  switch (literal) {
    case 'true':
      return constant(true, BOOL)
    case 'false':
      return constant(false, BOOL)
    case 'nil':
    case 'null':
      return constant(null, NULL)
    case 'empty':
      return constant(EMPTY, ANY)
    case 'blank':
      return constant(BLANK, ANY)
    default:
      return literal satisfies never
  }
}

/** The library gives operands and operators in the order of a stack machine. */
function planExpression(expression: Expression, at: Token, planner: TextPlanner): Plan {
  const stack: Plan[] = []
  for (const token of expression.postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      stack.push(planToken(token, planner))
      continue
    }
    const right = stack.pop()
    const left = token.operator === 'not' ? right : stack.pop()
    if (!left || !right) return refuse(planner, token, `“${token.operator}” lacks a value.`)
    stack.push({ type: BOOL, run: OPERATORS[token.operator](left.run, right.run) })
  }
  const [plan, surplus] = stack
  if (surplus) {
    const message = 'Two values stand side by side; write an operator between them, or a filter after “|”.'
    return refuse(planner, expression.postfix[1] ?? at, message)
  }
  return plan ?? refuse(planner, at, 'A name or a value is missing here.')
}

type Operator = 'and' | 'or' | 'not' | 'contains' | '==' | '!=' | '<' | '<=' | '>' | '>='

const OPERATORS: Readonly<Record<Operator, (left: Run, right: Run) => Run>> = {
  and: (left, right) => (frame) => isTrue(left(frame)) && isTrue(right(frame)),
  or: (left, right) => (frame) => isTrue(left(frame)) || isTrue(right(frame)),
  not: (side) => (frame) => !isTrue(side(frame)),
  contains: (left, right) => (frame) => contains(left(frame), right(frame), frame),
  '==': (left, right) => (frame) => same(left(frame), right(frame), frame),
  '!=': (left, right) => (frame) => !same(left(frame), right(frame), frame),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
}

/** Two numbers or two texts have an order; anything else has none. */
function ordered(holds: <Kind extends number | string>(a: Kind, b: Kind) => boolean): (left: Run, right: Run) => Run {
  return (left, right) => (frame) => {
    const a = left(frame)
    const b = right(frame)
    if (typeof a === 'number' && typeof b === 'number') return holds(a, b)
    return typeof a === 'string' && typeof b === 'string' && holds(a, b)
  }
}

function contains(holder: unknown, value: unknown, frame: TextFrame): boolean {
  if (!afford(frame, holder)) return false
  if (Array.isArray(holder)) return holder.some((item) => same(item, value, frame))
  return typeof holder === 'string' && holder.includes(toText(value, frame))
}

/** `(1..5)`: whole numbers, as many as can be paid for. */
function planRange(token: RangeToken, planner: TextPlanner): Plan {
  const low = planToken(token.lhs, planner)
  const high = planToken(token.rhs, planner)
  return { type: LIST, run: (frame) => range(toNumber(low.run(frame)), toNumber(high.run(frame)), frame) }
}

function range(low: number, high: number, frame: Frame): readonly number[] {
  const count = Math.max(0, Math.floor(high - low) + 1)
  if (!spend(frame, count)) return exhaust(frame, [])
  return Array.from({ length: count }, (_, index) => low + index)
}

function planFilter(value: Plan, call: Filtered['filters'][number], at: Token, planner: TextPlanner): Plan {
  const filter = FILTERS.get(call.name)
  if (!filter) return refuse(planner, at, `There is no filter “${call.name}”; ${didYouMean(call.name, FILTERS.keys())}`)
  const given: Plan[] = []
  for (const argument of call.args) {
    if (Array.isArray(argument)) return refuse(planner, at, `“${call.name}” takes no named values.`)
    given.push(planToken(argument, planner))
  }
  const [least, most] = filter.arguments
  if (given.length < least || given.length > most) {
    const count = least === most ? least : `${least} to ${most}`
    return refuse(planner, at, `“${call.name}” takes ${count} values after “:”, not ${given.length}.`)
  }
  const run: Run = (frame) => {
    const before = value.run(frame)
    const values = given.map((each) => each.run(frame))
    return afford(frame, before) ? filter.run(before, values, frame) : null
  }
  return { type: call.name === 'default' ? common(value.type, given[0]?.type ?? ANY) : ANY, run }
}
