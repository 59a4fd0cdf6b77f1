/** Calls: the macros, which see the expression they are given, and the functions, which see values. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { fault, Failure, missing } from '../failure.ts'
import { kindOf, type Kind } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import {
  ANY,
  BOOL,
  common,
  describe,
  fits,
  KIND_WORDS,
  LIST,
  MAP,
  NULL,
  NUMBER,
  TEXT,
  type StaticType,
} from '../static-type.ts'
import { FUNCTIONS, type CelFunction } from './functions.ts'
import { MACROS } from './macros.ts'
import { refuse, type Plan, type PlanNode, type Planner } from './planner.ts'

/** `name(args)` or `receiver.name(args)`. */
export interface Call {
  readonly node: ASTNode
  readonly name: string
  readonly receiver?: ASTNode
  readonly args: readonly ASTNode[]
}

export function planCall(call: Call, planner: Planner, planNode: PlanNode): Plan {
  const macro = MACROS.get(call.name)
  const isMacro = macro && (call.receiver !== undefined) === macro.onReceiver
  return isMacro ? macro.plan(call, planner, planNode) : planFunction(call, planner)
}

function planFunction(call: Call, planner: Planner): Plan {
  const onReceiver = call.receiver !== undefined
  const named = FUNCTIONS.filter((each) => each.name === call.name && each.onReceiver === onReceiver)
  if (named.length === 0) return refuse(planner, call.node, unknownFunction(call.name, onReceiver))
  const operands = (call.receiver ? [call.receiver, ...call.args] : call.args).map(planner.plan)
  const possible = named.filter((each) => takes(each, operands))
  const [first] = possible
  if (!first) {
    const given = operands.map((operand) => describe(operand.type)).join(', ')
    const usage = named.map((each) => each.usage).join(' or ')
    return refuse(planner, call.node, `${call.name} is written ${usage}; here it gets ${given || 'nothing'}.`)
  }
  const type = possible.map((each) => each.gives).reduce(common, first.gives)
  return { type, run: runFunction(call.name, possible, operands) }
}

function takes(candidate: CelFunction, operands: readonly Plan[]): boolean {
  if (candidate.takes.length !== operands.length) return false
  return candidate.takes.every((kind, index) => fits(TYPES[kind], operands[index]?.type ?? ANY))
}

function runFunction(name: string, possible: readonly CelFunction[], operands: readonly Plan[]): Plan['run'] {
  return (frame) => {
    const values: unknown[] = []
    for (const operand of operands) {
      const value = operand.run(frame)
      if (value instanceof Failure) return value
      values.push(value)
    }
    const chosen = possible.find((each) => each.takes.every((kind, index) => kind === kindOf(values[index])))
    return chosen ? chosen.run(values, frame) : unfit(name, operands, values)
  }
}

function unfit(name: string, operands: readonly Plan[], values: readonly unknown[]): Failure {
  const unknown = operands.find((operand, index) => values[index] === null && operand.path !== undefined)?.path
  if (unknown !== undefined) return missing(unknown)
  return fault(`${name} cannot take ${values.map((value) => KIND_WORDS[kindOf(value) ?? 'any']).join(', ')}`)
}

function unknownFunction(name: string, onReceiver: boolean): string {
  const known = FUNCTIONS.filter((each) => each.onReceiver === onReceiver).map((each) => each.name)
  for (const [macro, { onReceiver: on }] of MACROS) if (on === onReceiver) known.push(macro)
  return `There is no ${onReceiver ? `“….${name}()”` : `“${name}()”`}; ${didYouMean(name, new Set(known))}`
}

const TYPES: Readonly<Record<Kind, StaticType>> = {
  null: NULL,
  bool: BOOL,
  number: NUMBER,
  text: TEXT,
  list: LIST,
  map: MAP,
}
