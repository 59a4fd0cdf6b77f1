import type { Json } from '../flow/values.ts'
import { BUDGET, type Frame } from './budget.ts'
import { planCondition } from './cel/plan.ts'
import type { Plan } from './cel/planner.ts'
import { readCondition } from './cel/read.ts'
import { fault, Failure, type SourceFault } from './failure.ts'
import { toJson } from './json.ts'
import { remember } from './remember.ts'
import { conditionNames, declarationsKey, type Scope, type VariableDeclarations, type VariableType } from './scope.ts'
import { ANY, BOOL, describe, fits, NUMBER, type StaticType } from './static-type.ts'

/** What each kind of condition comes to; null where there is no value. */
export interface Results {
  bool: boolean
  number: number | null
  any: Json
}
export type Returns = keyof Results

/** One evaluation. Without a value of its own it is false or null, and one of the sentences says why. */
export interface Evaluation<Value> {
  readonly value: Value
  /** What is not known yet: “customer.tier is not known”. */
  readonly missing?: string
  /** What went wrong otherwise: a value of the wrong kind, a division by zero, a spent budget. */
  readonly fault?: string
}

export interface Condition<Value = boolean> {
  readonly source: string
  /** The dotted paths it reads, in order: `queue.position`. */
  readonly reads: readonly string[]
  /** Never throws, never changes the scope, and takes a bounded number of steps. */
  readonly evaluate: (scope: Scope) => Evaluation<Value>
}

export type CompiledCondition<Value = boolean> =
  | { readonly ok: true; readonly condition: Condition<Value> }
  | { readonly ok: false; readonly faults: readonly SourceFault[] }

export interface ConditionOptions<Wanted extends Returns = 'bool'> {
  readonly variables: VariableDeclarations
  /** What it must come to; a yes or no when left out. */
  readonly returns?: Wanted
  /** The type of `value`, in an ask's `check`. */
  readonly withValue?: VariableType
}

/**
 * Compiles a CEL condition over the names of a conversation (see `scope.ts`): names, types and syntax are checked here,
 * every fault at once with its column. Equal calls share one result.
 */
export function compileCondition(source: string, options: ConditionOptions): CompiledCondition
export function compileCondition<Wanted extends Returns>(
  source: string,
  options: ConditionOptions<Wanted>,
): CompiledCondition<Results[Wanted]>
export function compileCondition(source: string, options: ConditionOptions<Returns>): CompiledCondition<Json> {
  if (source.length > BUDGET.condition) {
    return refused(`A condition has ${BUDGET.condition} characters at most; this one has ${source.length}.`)
  }
  if (source.trim() === '') return refused('The condition is empty.')
  const { variables, returns = 'bool', withValue } = options
  const key = `${returns}\n${withValue ?? ''}\n${declarationsKey(variables)}\n${source}`
  return compiled(key, () => compile(source, variables, returns, withValue))
}

const compiled = remember<CompiledCondition<Json>>(BUDGET.compiled)

function refused(message: string): { readonly ok: false; readonly faults: readonly SourceFault[] } {
  return { ok: false, faults: [{ message }] }
}

function compile(
  source: string,
  variables: VariableDeclarations,
  returns: Returns,
  withValue: VariableType | undefined,
): CompiledCondition<Json> {
  const ast = readCondition(source)
  if ('message' in ast) return { ok: false, faults: [ast] }
  const { plan, reads, faults } = planCondition(ast, conditionNames(variables, withValue))
  if (faults.length) return { ok: false, faults }
  const { type, words } = WANTED[returns]
  if (!fits(plan.type, type)) return refused(`The condition must come to ${words}, not ${describe(plan.type)}.`)
  return { ok: true, condition: { source, reads, evaluate: evaluator(plan, returns) } }
}

const WANTED: Readonly<Record<Returns, { readonly type: StaticType; readonly words: string; readonly none: Json }>> = {
  bool: { type: BOOL, words: 'a yes or no', none: false },
  number: { type: NUMBER, words: 'a number', none: null },
  any: { type: ANY, words: 'a value', none: null },
}

const YES: Evaluation<Json> = Object.freeze({ value: true })
const NO: Evaluation<Json> = Object.freeze({ value: false })

function evaluator(plan: Plan, returns: Returns): (scope: Scope) => Evaluation<Json> {
  const { none, words } = WANTED[returns]
  return (scope) => {
    const frame: Frame = { scope, locals: [], steps: BUDGET.steps }
    const value = plan.run(frame)
    if (returns === 'bool' && typeof value === 'boolean') return value ? YES : NO
    if (value instanceof Failure) return without(none, value)
    if (returns === 'any' || (returns === 'number' && typeof value === 'number')) {
      const result = toJson(value, frame)
      return result instanceof Failure ? without(none, result) : { value: result }
    }
    if (value === null && plan.path !== undefined) return { value: none, missing: `${plan.path} is not known` }
    return without(none, fault(`${plan.path ?? 'the condition'} does not come to ${words}`))
  }
}

function without(none: Json, failure: Failure): Evaluation<Json> {
  return failure.kind === 'missing' ? { value: none, missing: failure.words } : { value: none, fault: failure.words }
}
