/**
 * The simulator against the closed forms. Each run begins in the steady state (as many there as the formula says there
 * are, drawn by lot), so its mean wait is right on the mean however short it is; no beginning has to be thrown away.
 */
import { createChance, type Chance } from '#engine/routing/staffing/chance.ts'
import { blockedShare, steadyState } from '#engine/routing/staffing/erlang.ts'
import { playOut, type Arrival, type Shift } from '#engine/routing/staffing/events.ts'
import { loadOf, type ReferenceRow } from './erlang-figures.ts'

const SEEDS = 20
/** Student's t with 19 degrees of freedom, 99 % on both sides. */
const T_99 = 2.860_935

export interface Simulated {
  /** Mean wait in seconds, over all seeds. */
  readonly mean: number
  /** Half of its 99 % interval. */
  readonly half: number
}

/** `length`: how often each run may forget how long the queue was. */
export function simulated(row: ReferenceRow, length: number): Simulated {
  const customers = Math.round(length * forgetting(row))
  const means = Array.from({ length: SEEDS }, (_, seed) => meanWait(row, customers, createChance(1_000 * seed + 7)))
  const mean = means.reduce((sum, each) => sum + each, 0) / SEEDS
  const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (SEEDS - 1)
  return { mean, half: T_99 * Math.sqrt(variance / SEEDS) }
}

/**
 * How many customers come until a queue of this load has forgotten how long it was: its relaxation time is a mean
 * handle time by the square of the difference of the roots of agents and load. At least some, for those who hardly wait.
 */
export function forgetting(row: ReferenceRow): number {
  const load = loadOf(row)
  return Math.max(60, load / (Math.sqrt(row.agents) - Math.sqrt(load)) ** 2)
}

/** In seconds, of those who come after the first moment. */
function meanWait(row: ReferenceRow, customers: number, chance: Chance): number {
  const load = loadOf(row)
  const already = thereBefore(load, row.agents, chance)
  let at = 0
  const arrivals = Array.from({ length: already + customers }, (_, index): Arrival => {
    if (index >= already) at += chance.exponential(row.aht_s / load)
    return arrival(index, at, chance.exponential(row.aht_s))
  })
  const courses = playOut({ arrivals, shifts: agents(row.agents), rules: () => ({ policy: 'longestIdle' }) })
  const waits = courses.slice(already).map(({ arrival, given }) => (given?.at ?? Number.NaN) - arrival.at)
  return waits.reduce((sum, each) => sum + each, 0) / waits.length
}

/** How many are there, waiting or served: M/M/c, drawn by its distribution. */
function thereBefore(load: number, agents: number, chance: Chance): number {
  const state = steadyState({ load, handle: 1, agents })
  if (!state.ok) throw new Error(state.fault.message)
  const { waits } = state.steady
  let left = chance.next()
  // Those who would wait: geometric from `agents` up; else Erlang B's distribution below.
  if (left < waits) return agents + Math.floor(Math.log(1 - chance.next()) / Math.log(load / agents))
  left = chance.next() * (1 - blockedShare(load, agents))
  let share = 1
  const shares = Array.from({ length: agents }, (_, count) => (share *= count === 0 ? 1 : load / count))
  const all = shares.reduce((sum, each) => sum + each, share * (load / agents))
  return shares.findIndex((each) => (left -= each / all) < 0)
}

function arrival(index: number, at: number, handle: number): Arrival {
  return {
    at,
    handle,
    patience: null,
    relax: [],
    conversation: {
      id: `c${String(index).padStart(6, '0')}`,
      team: 'support',
      teams: [],
      channel: 'web',
      language: null,
      tier: null,
      skills: {},
      prefer: {},
      dropped: [],
      priority: 0,
      since: at,
      turn: at,
      skip: [],
      preferred: null,
      rested: true,
      weight: 1,
    },
  }
}

function agents(count: number): readonly Shift[] {
  return Array.from({ length: count }, (_, index) => ({
    from: -1,
    to: Number.MAX_SAFE_INTEGER,
    agent: {
      id: `a${index}`,
      name: `A${index}`,
      teams: ['support'],
      skills: {},
      languages: [],
      channels: [],
      tiers: [],
      capacity: 1,
    },
  }))
}
