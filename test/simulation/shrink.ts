/**
 * A plan that fails, made smaller: fewer people, shorter, fewer faults, as long as the same law is broken. What is left
 * is what matters.
 */
import { noFaults, type Plan } from './plan.ts'

/** `fails` says whether a plan still breaks the law; it is asked `most` times at most. */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, most = 60): Promise<Plan> {
  let smallest = plan
  let asked = 0
  for (let isSmaller = true; isSmaller && asked < most;) {
    isSmaller = false
    for (const candidate of smallerThan(smallest)) {
      if (asked++ >= most) break
      if (!(await fails(candidate))) continue
      smallest = candidate
      isSmaller = true
      break
    }
  }
  return smallest
}

/** The boldest first. */
function* smallerThan(plan: Plan): Generator<Plan> {
  // The names of a literal.
  const kinds = Object.keys(noFaults) as readonly (keyof Plan['faults'])[]
  const present = kinds.filter((kind) => plan.faults[kind] > 0)
  if (present.length > 0) yield { ...plan, faults: noFaults }
  for (const kind of present) yield { ...plan, faults: { ...plan.faults, [kind]: 0 } }
  for (const kind of present.filter((each) => Number.isInteger(plan.faults[each]) && plan.faults[each] > 1))
    yield { ...plan, faults: { ...plan.faults, [kind]: 1 } }
  if (plan.nodes > 1) yield { ...plan, nodes: 1 }
  if (plan.calm) yield { ...plan, calm: false }
  if (plan.followers > 0) yield { ...plan, followers: 0 }
  if (plan.customers > 1) yield { ...plan, customers: Math.ceil(plan.customers / 2) }
  if (plan.customers > 1) yield { ...plan, customers: plan.customers - 1 }
  if (plan.agents > 1) yield { ...plan, agents: plan.agents - 1 }
  if (plan.turns > 1) yield { ...plan, turns: Math.ceil(plan.turns / 2) }
  if (plan.length > 2_000) yield { ...plan, length: Math.ceil(plan.length / 2) }
  if (plan.rushes > 0) yield { ...plan, rushes: 0 }
  if (plan.restless > 0) yield { ...plan, restless: 0 }
  if (plan.meddling > 0) yield { ...plan, meddling: 0 }
  if (plan.skilled) yield { ...plan, skilled: false }
  if (plan.doors) yield { ...plan, doors: false }
  if (plan.flow !== 'desk') yield { ...plan, flow: 'desk' }
}
