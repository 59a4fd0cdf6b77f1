/**
 * And, or, not, and the choice between two. As CEL has it, && and || do not mind the order of their sides: when one
 * side decides, a failure on the other does not matter.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { fault, Failure, missing } from '../failure.ts'
import { BOOL, common, describe, fits } from '../static-type.ts'
import { refuse, type Plan, type Planner } from './planner.ts'

type Node<Operator extends ASTNode['op']> = ASTNode & { readonly op: Operator }

export function planAnd(node: Node<'&&'>, planner: Planner): Plan {
  return planDecided(node.args, false, planner)
}

export function planOr(node: Node<'||'>, planner: Planner): Plan {
  return planDecided(node.args, true, planner)
}

export function planNot(node: Node<'!_'>, planner: Planner): Plan {
  const side = planBool(node.args, planner)
  return {
    type: BOOL,
    run: (frame) => {
      const value = side.run(frame)
      return typeof value === 'boolean' ? !value : notBool(side, value)
    },
  }
}

export function planChoice(node: Node<'?:'>, planner: Planner): Plan {
  const [condition, yes, no] = node.args
  const test = planBool(condition, planner)
  const first = planner.plan(yes)
  const second = planner.plan(no)
  if (!fits(first.type, second.type) && first.type.kind !== 'null' && second.type.kind !== 'null') {
    const here = `${describe(first.type)} and ${describe(second.type)}`
    return refuse(planner, no, `Both sides of a choice are of one kind; here are ${here}.`)
  }
  return {
    type: common(first.type, second.type),
    run: (frame) => {
      const chosen = test.run(frame)
      return chosen === true ? first.run(frame) : chosen === false ? second.run(frame) : notBool(test, chosen)
    },
  }
}

/** A part that must be a yes or no. */
export function planBool(node: ASTNode, planner: Planner): Plan {
  const plan = planner.plan(node)
  if (fits(plan.type, BOOL)) return plan
  return refuse(planner, node, `A yes or no is needed here, not ${describe(plan.type)}; compare it with something.`)
}

/** Why a value that should have been a yes or no is none. */
export function notBool(plan: Plan, value: unknown): Failure {
  if (value instanceof Failure) return value
  if (value === null && plan.path !== undefined) return missing(plan.path)
  return fault(`${plan.path ?? 'a part of the condition'} is neither yes nor no`)
}

function planDecided([left, right]: readonly [ASTNode, ASTNode], deciding: boolean, planner: Planner): Plan {
  const first = planBool(left, planner)
  const second = planBool(right, planner)
  return {
    type: BOOL,
    run: (frame) => {
      const one = first.run(frame)
      if (one === deciding) return deciding
      const other = second.run(frame)
      if (other === deciding) return deciding
      if (typeof one !== 'boolean') return notBool(first, one)
      return typeof other === 'boolean' ? other : notBool(second, other)
    },
  }
}
