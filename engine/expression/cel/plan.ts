import type { ASTNode } from '@marcbachmann/cel-js'
import { spend, SPENT } from '../budget.ts'
import { fault, Failure, type SourceFault } from '../failure.ts'
import { isForbidden } from '../json.ts'
import type { Names } from '../scope.ts'
import { ANY, BOOL, common, fits, listOf, MAP, NULL, NUMBER, TEXT, type StaticType } from '../static-type.ts'
import { planAccess, planName } from './access.ts'
import { planCall } from './call.ts'
import { planAnd, planChoice, planNot, planOr } from './logic.ts'
import { planNegative, planOperator } from './operators.ts'
import { refuse, type Plan, type Planner } from './planner.ts'

export interface PlannedCondition {
  readonly plan: Plan
  readonly reads: readonly string[]
  readonly faults: readonly SourceFault[]
}

/** Plans a whole condition over the names it may use. It runs only when there are no faults. */
export function planCondition(ast: ASTNode, names: Names): PlannedCondition {
  const reads = new Set<string>()
  const faults: SourceFault[] = []
  const planner: Planner = {
    names,
    locals: new Map(),
    reads,
    faults,
    depth: 0,
    plan: (node) => planNode(node, planner),
  }
  const plan = planner.plan(ast)
  return { plan, reads: [...reads], faults }
}

/** Plans one node; every operator of the grammar is named here. */
export function planNode(node: ASTNode, planner: Planner): Plan {
  switch (node.op) {
    case 'value':
      return planLiteral(node, planner)
    case 'id':
      return planName(node.args, node, planner)
    case '.':
    case '[]':
      return planAccess(node, planner)
    case 'call':
      return planCall({ node, name: node.args[0], args: node.args[1] }, planner, planNode)
    case 'rcall':
      return planCall({ node, name: node.args[0], receiver: node.args[1], args: node.args[2] }, planner, planNode)
    case 'list':
      return planList(node.args, planner)
    case 'map':
      return planMap(node.args, planner)
    case '?:':
      return planChoice(node, planner)
    case '&&':
      return planAnd(node, planner)
    case '||':
      return planOr(node, planner)
    case '!_':
      return planNot(node, planner)
    case '-_':
      return planNegative(node, planner)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return planOperator(node, planner)
    case '.?':
    case '[?]':
      return refuse(planner, node, 'Optional access (.?) does not exist here; ask with has(…) first.')
    default:
      return node satisfies never
  }
}

function planLiteral(node: ASTNode & { readonly op: 'value' }, planner: Planner): Plan {
  const literal = node.args
  if (literal === null) return constant(null, NULL)
  switch (typeof literal) {
    case 'string':
      return constant(literal, TEXT)
    case 'boolean':
      return constant(literal, BOOL)
    // All numbers of a conversation are JSON numbers: 3 and 3.0 are one number.
    case 'bigint':
    case 'number':
      return planNumber(Number(literal), node, planner)
    default:
      return refuse(planner, node, 'Bytes and unsigned numbers do not exist; write a text or a plain number.')
  }
}

function planNumber(value: number, node: ASTNode, planner: Planner): Plan {
  return Number.isFinite(value) ? constant(value, NUMBER) : refuse(planner, node, 'The number is too large.')
}

function constant(value: string | number | boolean | null, type: StaticType): Plan {
  return { type, run: () => value }
}

function planList(nodes: readonly ASTNode[], planner: Planner): Plan {
  const items = nodes.map(planner.plan)
  const of = items.length ? items.map((item) => item.type).reduce(common) : ANY
  return {
    type: listOf(of),
    run: (frame) => {
      if (!spend(frame, items.length)) return SPENT
      const list: unknown[] = []
      for (const item of items) {
        const value = item.run(frame)
        if (value instanceof Failure) return value
        list.push(value)
      }
      return list
    },
  }
}

function planMap(nodes: readonly (readonly [ASTNode, ASTNode])[], planner: Planner): Plan {
  const entries = nodes.map(([key, value]) => [planKey(key, planner), planner.plan(value)] as const)
  return {
    type: MAP,
    run: (frame) => {
      if (!spend(frame, entries.length)) return SPENT
      const map: Record<string, unknown> = {}
      for (const [key, value] of entries) {
        const name = key.run(frame)
        if (name instanceof Failure) return name
        if (typeof name !== 'string' || isForbidden(name)) return fault('the keys of a map are texts')
        const held = value.run(frame)
        if (held instanceof Failure) return held
        map[name] = held
      }
      return map
    },
  }
}

function planKey(node: ASTNode, planner: Planner): Plan {
  const key = planner.plan(node)
  if (node.op === 'value' && isForbidden(node.args)) {
    return refuse(planner, node, `“${String(node.args)}” cannot be a key.`)
  }
  return fits(key.type, TEXT) ? key : refuse(planner, node, 'The keys of a map are texts.')
}
