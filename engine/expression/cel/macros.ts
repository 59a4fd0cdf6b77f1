/**
 * The macros of CEL: they take the expression itself. Quantifiers do not mind a failure that does not decide (as &&
 * and ||), `map`, `filter` and `exists_one` do. Every turn of a loop is paid for, and a loop ends at once when the
 * steps are spent.
 */
import { isRecord } from '../../flow/values.ts'
import { spend, SPENT, type Frame } from '../budget.ts'
import { fault, Failure, missing } from '../failure.ts'
import { compilePattern } from '../pattern.ts'
import { ANY, BOOL, describe, fits, LIST, listOf, TEXT, type StaticType } from '../static-type.ts'
import type { Call } from './call.ts'
import { notBool, planBool } from './logic.ts'
import { refuse, within, type Plan, type PlanNode, type Planner } from './planner.ts'

interface Macro {
  readonly onReceiver: boolean
  readonly plan: (call: Call, planner: Planner, planNode: PlanNode) => Plan
}

export const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['has', { onReceiver: false, plan: planHas }],
  ['matches', { onReceiver: true, plan: planMatches }],
  ['all', loopMacro('all', 2, (loop) => ({ type: BOOL, run: quantify(loop, false) }))],
  ['exists', loopMacro('exists', 2, (loop) => ({ type: BOOL, run: quantify(loop, true) }))],
  ['exists_one', loopMacro('exists_one', 2, (loop) => ({ type: BOOL, run: isOne(collect(loop)) }))],
  ['filter', loopMacro('filter', 2, (loop) => ({ type: listOf(loop.item), run: collect(loop) }))],
  ['map', loopMacro('map', 3, (loop) => ({ type: listOf(loop.transform?.type ?? ANY), run: collect(loop) }))],
])

/** `has(customer.tier)`: whether it is known. Null is not. */
function planHas({ node, args: [path, ...more] }: Call, planner: Planner): Plan {
  if (!path || more.length || (path.op !== '.' && path.op !== '[]')) {
    return refuse(planner, node, 'Write has(…) with one name of two parts or more, as in has(customer.tier).')
  }
  const plan = planner.plan(path)
  return {
    type: BOOL,
    run: (frame) => {
      const value = plan.run(frame)
      return value instanceof Failure ? (value.kind === 'missing' ? false : value) : value !== null
    },
  }
}

/** `text.matches("pattern")`. The pattern is written out, so that it is checked and compiled once. */
function planMatches({ node, receiver, args: [written, ...more] }: Call, planner: Planner): Plan {
  const text = receiver ? planner.plan(receiver) : undefined
  if (!text || !written || more.length || written.op !== 'value' || typeof written.args !== 'string') {
    return refuse(planner, node, 'Write matches(…) with one pattern, written out as a text.')
  }
  if (!fits(text.type, TEXT)) return refuse(planner, node, `matches looks at a text, not ${describe(text.type)}.`)
  const pattern = compilePattern(written.args)
  if (typeof pattern === 'string') return refuse(planner, written, pattern)
  return {
    type: BOOL,
    run: (frame) => {
      const value = text.run(frame)
      if (value instanceof Failure) return value
      if (typeof value === 'string') return pattern(value, frame)
      return value === null && text.path !== undefined ? missing(text.path) : fault('matches looks at a text')
    },
  }
}

interface Loop {
  readonly range: Plan
  readonly slot: number
  readonly item: StaticType
  /** Absent in a `map` that takes every item. */
  readonly test?: Plan
  /** What a `map` makes of an item. */
  readonly transform?: Plan
}

/** `list.name(x, test)`; with `most` 3 also `list.map(x, result)` and `list.map(x, test, result)`. */
function loopMacro(name: string, most: 2 | 3, finish: (loop: Loop) => Plan): Macro {
  const usage = most === 2 ? `list.${name}(x, yes or no)` : `list.${name}(x, result)`
  return {
    onReceiver: true,
    plan: ({ node, receiver, args }, planner, planNode) => {
      const [variable, first, second] = args
      if (!receiver || variable?.op !== 'id' || !first || args.length > most) {
        return refuse(planner, node, `Write ${usage}.`)
      }
      const range = planner.plan(receiver)
      if (!fits(range.type, LIST) && range.type.kind !== 'map') {
        return refuse(planner, node, `${name} goes through a list, not ${describe(range.type)}.`)
      }
      const item = range.type.kind === 'list' ? range.type.of : range.type.kind === 'map' ? TEXT : ANY
      const inner = within(planner, variable.args, item, planNode)
      const loop = { range, slot: inner.slot, item }
      if (most === 2) return finish({ ...loop, test: planBool(first, inner) })
      if (!second) return finish({ ...loop, transform: inner.plan(first) })
      return finish({ ...loop, test: planBool(first, inner), transform: inner.plan(second) })
    },
  }
}

/** The items a loop goes through: of a list its items, of a map its keys. */
function itemsOf(loop: Loop, frame: Frame): readonly unknown[] | Failure {
  const value = loop.range.run(frame)
  if (value instanceof Failure || Array.isArray(value)) return value
  if (isRecord(value)) return Object.keys(value)
  const { path } = loop.range
  return value === null && path !== undefined ? missing(path) : fault(`${path ?? 'this'} is not a list`)
}

/** `exists` (deciding true) and `all` (deciding false). */
function quantify({ test, ...loop }: Loop, deciding: boolean): Plan['run'] {
  return (frame) => {
    const items = itemsOf(loop, frame)
    if (items instanceof Failure || !test) return items
    let undecided: Failure | undefined
    for (const item of items) {
      if (!spend(frame, 1)) return SPENT
      frame.locals[loop.slot] = item
      const verdict = test.run(frame)
      if (verdict === deciding) return deciding
      if (typeof verdict !== 'boolean') undecided ??= notBool(test, verdict)
    }
    return undecided ?? !deciding
  }
}

function isOne(collected: (frame: Frame) => readonly unknown[] | Failure): Plan['run'] {
  return (frame) => {
    const found = collected(frame)
    return found instanceof Failure ? found : found.length === 1
  }
}

/** The items that pass the test, each as the loop transforms it. */
function collect(loop: Loop): (frame: Frame) => readonly unknown[] | Failure {
  return (frame) => {
    const items = itemsOf(loop, frame)
    if (items instanceof Failure) return items
    const kept: unknown[] = []
    for (const item of items) {
      if (!spend(frame, 1)) return SPENT
      frame.locals[loop.slot] = item
      const verdict = loop.test ? loop.test.run(frame) : true
      if (loop.test && typeof verdict !== 'boolean') return notBool(loop.test, verdict)
      if (verdict === false) continue
      const value = loop.transform ? loop.transform.run(frame) : item
      if (value instanceof Failure) return value
      kept.push(value)
    }
    return kept
  }
}
