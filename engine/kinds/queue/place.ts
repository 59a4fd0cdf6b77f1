/**
 * A customer's place in a queue, as it begins, comes back, and asks for less with time.
 *
 * Laws:
 *   1. A place that comes back (a transfer, a lost agent) keeps team, needs, waiting time and the promised first answer;
 *      its steps with time that were not taken yet count anew.
 *   2. Nobody joins a queue in which `maxWaiting` wait already, where the flow has a way for that. A place that comes
 *      back is never turned away for it.
 *   3. Who was called back to a promise joins at the place it has kept, also where nobody is there or the queue is full.
 *   4. The first answer counts from joining, in business time where the node names a schedule. What a person accepted
 *      in time is not overdue later.
 */
import { milliseconds } from '../../flow/values.ts'
import { addOpenMillis } from '../../hours/index.ts'
import type { PreferredAgent, Sla, Waiting } from '../../step/snapshot.ts'
import type { Draft, Moment } from '../moment.ts'
import type { Data } from './face.ts'

/** A place of its own, from now; a queue entered from another queue keeps the time already waited. */
export function placeOnJoining(draft: Draft, moment: Moment<Data>): Waiting {
  const { data, world, node } = moment
  const joins = moment.event.since !== undefined || (!isEmpty(data.team, moment) && !isFull(moment))
  const told = joins ? world.queue(data.team) : undefined
  return {
    node,
    team: data.team,
    teams: [],
    since: moment.event.since ?? draft.waiting?.since ?? world.now,
    entered: world.now,
    priority: priorityOf(draft, moment),
    ageing: milliseconds(data.ageing),
    language: data.language ?? null,
    tier: data.tier ? tierOf(draft) : null,
    skills: data.skills ?? {},
    prefer: data.prefer ?? {},
    dropped: [],
    relaxed: 0,
    offered: null,
    skip: [],
    preferred: joins ? lastTime(moment) : null,
    sla: joins ? promised(moment) : null,
    expected: told?.eta ?? null,
    within: told?.within ?? null,
    away: false,
    returning: false,
    joined: joins,
  }
}

/** The place it had, taken up again. */
export function placeOnReturn(waiting: Waiting, moment: Moment<Data>): Waiting {
  const joins = moment.event.type === 'agent.transfer' || !isEmpty(waiting.team, moment)
  return { ...waiting, node: moment.node, entered: moment.world.now, returning: false, offered: null, joined: joins }
}

/** Nobody is online and the flow has a way for that. */
export function isEmpty(team: string, { world, tools, node }: Moment<Data>): boolean {
  return tools.connected(node, 'empty') && world.queue(team)?.online === 0
}

function isFull({ data: { team, maxWaiting }, world, tools, node }: Moment<Data>): boolean {
  if (maxWaiting === undefined || !(tools.connected(node, 'full') || tools.connected(node, 'timeout'))) return false
  return (world.queue(team)?.waiting ?? 0) >= maxWaiting
}

/** When the next step with time is due (epoch ms). */
export function nextRelaxing({ relaxed, entered }: Waiting, queue: Data): number | null {
  const next = relaxSteps(queue)[relaxed]
  return next === undefined ? null : entered + milliseconds(next.after)
}

/** The needs after the next step: some dropped, some lower, other teams asked too. */
export function afterRelaxing(waiting: Waiting, queue: Data): Waiting {
  const step = relaxSteps(queue)[waiting.relaxed]
  if (step === undefined) return waiting
  const { drop = [], lower = {}, teams = [] } = step
  const skills = Object.entries(waiting.skills).map(([skill, level]): [string, number] => [
    skill,
    Math.min(level, lower[skill] ?? level),
  ])
  return {
    ...waiting,
    relaxed: waiting.relaxed + 1,
    skills: Object.fromEntries(skills),
    dropped: [...new Set([...waiting.dropped, ...drop])],
    teams: [...new Set([...waiting.teams, ...teams])].filter((team) => team !== waiting.team),
  }
}

function relaxSteps({ relax = [] }: Data): NonNullable<Data['relax']> {
  return relax.toSorted((one, other) => milliseconds(one.after) - milliseconds(other.after))
}

function priorityOf(draft: Draft, moment: Moment<Data>): number {
  const {
    data: { priority },
    tools,
    event,
  } = moment
  const raised = draft.reason?.trigger === undefined ? 0 : tools.priorityOf(draft.reason.trigger)
  const own = typeof priority === 'string' ? Number(tools.value(moment.with(draft), 'priority') ?? 0) : (priority ?? 0)
  return Math.min(100, Math.max(own, raised, event.priority ?? 0))
}

function tierOf({ customer: { tier } }: Draft): string | null {
  return typeof tier === 'string' && tier !== '' ? tier : null
}

/** Who helped last is waited for while online, and goes first when they come online meanwhile. */
function lastTime({ data: { sameAgent }, world }: Moment<Data>): PreferredAgent | null {
  const last = sameAgent === undefined ? undefined : world.last()
  if (sameAgent === undefined || last === undefined || last === null) return null
  return { agent: last.id, why: 'lastTime', until: last.online ? world.now + milliseconds(sameAgent) : null }
}

/** Null also where the schedule never opens for so long: then nothing can be promised. */
function promised(moment: Moment<Data>): Sla | null {
  const { sla } = moment.data
  if (sla === undefined) return null
  const length = milliseconds(sla.firstResponse)
  const due = later(sla.schedule, length, moment)
  const warn = later(sla.schedule, Math.round(length * sla.warnAt), moment)
  return due === null || warn === null ? null : { due, warn, state: 'ok' }
}

/** When `length` of business time is over: written in the node it is counted here, a saved schedule is the world's to know. */
function later(schedule: NonNullable<Data['sla']>['schedule'], length: number, { world }: Moment<Data>): number | null {
  if (schedule === undefined) return world.now + length
  if (typeof schedule === 'string') return world.due(`${schedule}:${world.now}:${length}`) ?? null
  return addOpenMillis(schedule, world.now, length)
}
