/** What a step wants to know of the world, as the setting has it. */
import type { AgentName, Facts, HoursFacts, QueueFacts } from '../conversation/events.ts'
import { addOpenMillis, isOpen, nextOpening, NOTICE, slots, type Schedule } from '../hours/index.ts'
import type { Want } from '../step/result.ts'
import { givenFact } from './given.ts'
import type { Setting, SimulatedAgent, Standing } from './setting.ts'

/** The facts that were wanted, added to those known. An agent nobody knows stays unknown. */
export function supply(setting: Setting, standing: Standing, wants: readonly Want[], known: Facts, now: number): Facts {
  return wants.reduce((facts, want) => ({ ...facts, ...supplied(setting, standing, want, facts, now) }), known)
}

function supplied(setting: Setting, standing: Standing, want: Want, facts: Facts, now: number): Facts {
  const given = givenFact(standing.given, want)
  if (given !== undefined) return merged(facts, given)
  const id = want.slice(want.indexOf(':') + 1)
  if (want.startsWith('queue:')) return { queues: { ...facts.queues, [id]: queueFacts(setting, standing, id) } }
  if (want.startsWith('hours:')) return { hours: { ...facts.hours, [id]: hoursFacts(setting.schedules?.[id], now) } }
  if (want.startsWith('slots:')) return { slots: { ...facts.slots, [id]: freeSlots(setting, id, now) } }
  // Nobody else books in a simulation.
  if (want.startsWith('booked:')) return { booked: { ...facts.booked, [id]: [] } }
  if (want.startsWith('due:')) return { due: { ...facts.due, [id]: dueAt(setting, id) } }
  const agent = setting.agents.find((each) => each.id === (want === 'last:' ? setting.last : id))
  if (want === 'last:')
    return { last: agent === undefined ? null : { ...nameOf(agent), online: standing.online.includes(agent.id) } }
  return agent === undefined ? {} : { agents: { ...facts.agents, [id]: nameOf(agent) } }
}

/** A queue as the simulated customer sees it. */
export function queueFacts({ agents, queues }: Setting, { online, given }: Standing, team: string): QueueFacts {
  const told = given?.queues?.[team]
  if (told !== undefined) return told
  const { position = 1, eta = null, within = null, waiting = position - 1 } = queues?.[team] ?? {}
  const there = agents.filter((each) => each.teams.includes(team) && online.includes(each.id))
  return { position, eta, within, online: there.length, waiting }
}

/** An agent as a conversation knows one. */
export function nameOf({ id, name, bot }: SimulatedAgent): AgentName {
  return { id, name, ...(bot === undefined ? {} : { bot }) }
}

/** A fact beside those known; each is one entry of a record, or `last`. */
function merged(facts: Facts, fact: Facts): Facts {
  return {
    ...fact,
    ...(fact.queues && { queues: { ...facts.queues, ...fact.queues } }),
    ...(fact.hours && { hours: { ...facts.hours, ...fact.hours } }),
    ...(fact.slots && { slots: { ...facts.slots, ...fact.slots } }),
    ...(fact.booked && { booked: { ...facts.booked, ...fact.booked } }),
    ...(fact.due && { due: { ...facts.due, ...fact.due } }),
  }
}

function hoursFacts(schedule: Schedule | undefined, now: number): HoursFacts {
  if (schedule === undefined) return { open: false, opens: null, timezone: 'UTC' }
  return { open: isOpen(schedule, now), opens: nextOpening(schedule, now), timezone: schedule.timezone }
}

function freeSlots({ schedules }: Setting, query: string, now: number): readonly number[] {
  const [id = '', length = '', days = ''] = query.split(':')
  const schedule = schedules?.[id]
  return schedule === undefined ? [] : slots(schedule, now + NOTICE, { length: Number(length), days: Number(days) })
}

function dueAt({ schedules }: Setting, query: string): number | null {
  const [id = '', from = '', length = ''] = query.split(':')
  const schedule = schedules?.[id]
  return schedule === undefined ? null : addOpenMillis(schedule, Number(from), Number(length))
}
