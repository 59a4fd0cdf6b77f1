/**
 * What is asked of a past day: other people, other room for each of them, other rules. Laws: what is left as it was is
 * not asked for, so a plan that changes nothing asks for nothing; people who are planned one by one keep the very hours
 * they worked until somebody changes them.
 */
import type { AskedAgent, DryRunRequest, DryRunShift } from '#ui/dry-run.ts'
import { clockAt } from './day.ts'

export type People = 'asItWas' | 'count' | 'oneByOne'
export type Policy = 'asItWas' | 'leastLoaded' | 'longestIdle'
export type Rules = 'asItWas' | 'drawn' | 'strict'

export interface Plan {
  readonly people: People
  /** How many more, below 0 how many fewer; with `count`. */
  readonly more: number
  /** With `oneByOne`. */
  readonly shifts: readonly PlannedShift[]
  /** How many conversations each holds at once at most; null: as each did. */
  readonly capacity: number | null
  readonly policy: Policy
  readonly rules: Rules
  /** In the document's spelling, `5m`; null: as they were. */
  readonly ageing: string | null
  readonly maxWait: string | null
  readonly handle: string | null
  readonly goal: { readonly share: number; readonly within: string }
}

export interface PlannedShift {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly capacity: number
  /** Whose shift of that day it is; null: somebody new, who brings what the queue asks for. */
  readonly worked: DryRunShift | null
}

/** What the plan is made for: the day, who worked, and the queue as it is drawn. */
export interface PlanFor {
  readonly day: string
  readonly timezone: string
  /** Undefined while that is not known. */
  readonly staff: readonly DryRunShift[] | undefined
  readonly queue: QueueRules
}

/** A queue node's own rules, and what it asks of people. */
export interface QueueRules {
  readonly relax?: readonly unknown[]
  readonly ageing?: string
  readonly maxWait?: string
  readonly skills?: Readonly<Record<string, number>>
  readonly language?: string
}

export const GOAL = { share: 0.8, within: '20s' } as const

export const AS_IT_WAS: Plan = {
  people: 'asItWas',
  more: 0,
  shifts: [],
  capacity: null,
  policy: 'asItWas',
  rules: 'asItWas',
  ageing: null,
  maxWait: null,
  handle: null,
  goal: GOAL,
}

/** The plan as the server takes it. */
export function requestOf(plan: Plan, planned: PlanFor): DryRunRequest {
  const { day, timezone, queue } = planned
  const agents = agentsOf(plan, planned)
  const rules = rulesOf(plan, queue)
  const { goal, handle, people, more } = plan
  const isGoalUsual = goal.share === GOAL.share && goal.within === GOAL.within
  return {
    day,
    timezone,
    ...(agents === undefined ? {} : { agents }),
    ...(people === 'count' && more !== 0 ? { more } : {}),
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
    ...(handle === null ? {} : { handle }),
    ...(isGoalUsual ? {} : { goal }),
  }
}

/** Whether a request changes nothing of its day. */
export function changesNothing({ day: _, timezone: __, goal: ___, ...changes }: DryRunRequest): boolean {
  return Object.keys(changes).length === 0
}

/** The shifts of the day, to be planned one by one. */
export function shiftsOf(staff: readonly DryRunShift[], timezone: string): readonly PlannedShift[] {
  return staff.map((worked) => ({
    name: worked.name,
    capacity: worked.capacity,
    worked,
    from: clockAt(worked.from, timezone),
    to: clockAt(worked.to, timezone, { ends: true }),
  }))
}

function agentsOf({ people, shifts, capacity }: Plan, { staff = [], timezone, queue }: PlanFor) {
  const asWorked = shiftsOf(staff, timezone)
  const planned = people === 'oneByOne' ? shifts : asWorked
  const isAsWorked =
    planned.length === asWorked.length && planned.every((shift, index) => isSame(shift, asWorked[index]))
  if (isAsWorked && capacity === null) return undefined
  return planned.map((shift) => askedAgent(shift, { asWorked, capacity, timezone, queue }))
}

interface Asking {
  readonly asWorked: readonly PlannedShift[]
  readonly capacity: number | null
  readonly timezone: string
  readonly queue: QueueRules
}

function askedAgent({ name, from, to, capacity, worked }: PlannedShift, asking: Asking): AskedAgent {
  const { asWorked, timezone, queue } = asking
  const room = asking.capacity ?? capacity
  if (worked === null) {
    const { skills = {}, language } = queue
    return { name, skills, ...(language === undefined ? {} : { languages: [language] }), capacity: room, from, to }
  }
  const shifts = asWorked.filter((each) => each.worked?.id === worked.id)
  const hours = [clockAt(worked.from, timezone), clockAt(worked.to, timezone, { ends: true })]
  const isOnly = shifts.length === 1 && from === hours[0] && to === hours[1]
  // The server knows the only shift of somebody to the second.
  return { id: worked.id, capacity: room, ...(isOnly ? {} : { from, to }) }
}

function isSame(one: PlannedShift, other: PlannedShift | undefined): boolean {
  if (other === undefined || one.worked !== other.worked || one.capacity !== other.capacity) return false
  return one.from === other.from && one.to === other.to
}

function rulesOf({ policy, rules, ageing, maxWait }: Plan, queue: QueueRules): NonNullable<DryRunRequest['rules']> {
  return {
    ...(policy === 'asItWas' ? {} : { policy }),
    ...(rules === 'drawn' ? { relax: queue.relax ?? [], ...lengths(queue) } : {}),
    ...(rules === 'strict' ? { relax: [] } : {}),
    ...(ageing === null ? {} : { ageing }),
    ...(maxWait === null ? {} : { maxWait }),
  }
}

function lengths({ ageing, maxWait }: QueueRules): Pick<QueueRules, 'ageing' | 'maxWait'> {
  return { ...(ageing === undefined ? {} : { ageing }), ...(maxWait === undefined ? {} : { maxWait }) }
}
