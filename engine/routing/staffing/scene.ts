/**
 * A past day as a scene to be played: what is taken from the day, and what is drawn by lot.
 *
 *   1. Who was served takes as long again. Who was not would have taken as long as somebody who was, drawn by lot.
 *   2. Who left by impatience leaves after the same wait again. Everybody else is known to have had more patience than
 *      the wait: how much more is drawn, exponentially, by the rate at which those who waited left (the estimate of
 *      largest likelihood for waits that are cut off by an answer). Where nobody left, nobody does.
 *   3. Who left for another reason (the bot helped, another team took it) leaves after the same wait again. Who waits
 *      still, goes on waiting.
 *   4. What the agents did for other teams takes its room again, at the same time, and goes first.
 *   5. Draws are made in the order of the arrivals, before anything is played: with one seed every replay of a day has
 *      the same customers, and what differs comes from what was changed.
 */
import { turnOf } from '../order.ts'
import type { TeamRules } from '../match.ts'
import { createChance, type Chance } from './chance.ts'
import type { Arrival, Relaxed, Scene, Shift } from './events.ts'
import {
  paceOf,
  UNKNOWN_HANDLE,
  type Asking,
  type Elsewhere,
  type Pace,
  type PastArrival,
  type PastDay,
  type QueueRules,
  type RelaxStep,
} from './past.ts'

/** What a replay is played with. */
export interface Setting {
  readonly staff: readonly Shift[]
  readonly policy: TeamRules['policy']
  /** Instead of each arrival's own. */
  readonly rules: Partial<QueueRules>
  /** What a conversation takes on the mean; null: as measured. */
  readonly handle: number | null
  readonly seed: number
}

/** What is played. */
export function sceneOf(day: PastDay, { staff, policy, rules, handle, seed }: Setting): Scene {
  const chance = createChance(seed)
  const pace = paceOf(day)
  const handles = handlesOf(day, pace, handle, chance)
  const customers = day.arrivals.map((past) => arrivalOf(past, rules, handles(past), patienceOf(past, pace, chance)))
  const there = new Set(staff.map(({ agent }) => agent.id))
  const others = day.elsewhere.filter(({ agent }) => there.has(agent)).map(workElsewhere)
  return {
    arrivals: [...customers, ...others].sort((one, other) => one.at - other.at),
    shifts: staff.map((shift) => ({
      ...shift,
      agent: { ...shift.agent, teams: [...shift.agent.teams, elsewhereOf(shift.agent.id)] },
    })),
    rules: () => ({ policy }),
  }
}

/** What each arrival takes; laws 1 and 5. With a mean that is asked for, all are longer or shorter alike. */
function handlesOf(
  { arrivals }: PastDay,
  { handle: mean }: Pace,
  asked: number | null,
  chance: Chance,
): (arrival: PastArrival) => number {
  const known = arrivals.flatMap(({ handle }) => handle ?? [])
  if (mean === null) return () => chance.exponential(asked ?? UNKNOWN_HANDLE)
  const stretch = asked === null ? 1 : asked / mean
  return ({ handle }) => {
    const drawn = chance.next()
    return stretch * (handle ?? known[Math.floor(drawn * known.length)] ?? mean)
  }
}

/** Laws 2 and 3; law 5: one draw for each, needed or not. */
function patienceOf({ end, waited }: PastArrival, { patience }: Pace, chance: Chance): number | null {
  const more = chance.exponential(patience ?? 1)
  if (end === 'impatient' || end === 'other') return waited
  return patience === null || end === 'waiting' ? null : waited + more
}

function arrivalOf(past: PastArrival, asked: Partial<QueueRules>, handle: number, patience: number | null): Arrival {
  const { id, at, since, priority, weight, team, teams, channel, language, tier, skills, prefer, dropped } = past
  const { ageing, maxWait, relax } = { ...past.rules, ...asked }
  const conversation = { id, team, teams, channel, language, tier, skills, prefer, dropped, priority, since, weight }
  return {
    at,
    handle,
    patience: maxWait === null || (patience !== null && patience <= maxWait) ? patience : maxWait,
    conversation: {
      ...conversation,
      turn: turnOf({ since, priority, ageing }),
      skip: [],
      preferred: null,
      rested: true,
    },
    relax: relaxedBy(past, relax),
  }
}

/** Each step adds to those before. */
function relaxedBy({ dropped, skills, teams }: Asking, steps: readonly RelaxStep[]): readonly Relaxed[] {
  let change = { dropped, skills, teams }
  return [...steps]
    .sort((one, other) => one.after - other.after)
    .map((step) => {
      change = {
        dropped: [...new Set([...change.dropped, ...step.drop])],
        skills: lowered(change.skills, step.lower),
        teams: [...new Set([...change.teams, ...step.teams])],
      }
      return { after: step.after, change }
    })
}

function lowered(
  skills: Readonly<Record<string, number>>,
  lower: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(skills).map(([skill, level]) => [
      skill,
      Object.hasOwn(lower, skill) ? Math.min(level, lower[skill] ?? level) : level,
    ]),
  )
}

/** Law 4, as an arrival that only this agent fits and that nothing goes before. */
function workElsewhere({ agent, from, to, weight }: Elsewhere, index: number): Arrival {
  return {
    at: from,
    handle: to - from,
    patience: null,
    relax: [],
    conversation: {
      id: `${ELSEWHERE}${index}`,
      team: elsewhereOf(agent),
      teams: [],
      channel: '',
      language: null,
      tier: null,
      skills: {},
      prefer: {},
      dropped: [],
      priority: 0,
      since: from,
      turn: -Number.MAX_SAFE_INTEGER,
      skip: [],
      preferred: null,
      rested: true,
      weight,
    },
  }
}

/** No id of a conversation or a team has a space. */
const ELSEWHERE = 'elsewhere '

function elsewhereOf(agent: string): string {
  return `${ELSEWHERE}${agent}`
}

/** Whether it is work for another team, and no customer of this one. */
export function isElsewhere({ conversation }: Arrival): boolean {
  return conversation.id.startsWith(ELSEWHERE)
}
