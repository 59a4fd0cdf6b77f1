/**
 * Erlang's formulas: a team in its steady state, where customers come at random (Poisson), conversations take
 * exponential times, nobody leaves, and everybody fits everybody. Real days are none of these; the replay (`day.ts`)
 * is for them. What the formulas are good for: a first number of agents, and a measure that a simulator must meet.
 *
 * `load` is offered work in erlangs: arrivals a unit of time by the mean time that one takes. An "agent" is one
 * conversation at a time: who holds three at once counts as three.
 *
 * Source: A. K. Erlang, "Solution of some Problems in the Theory of Probabilities of Significance in Automatic
 * Telephone Exchanges", 1917; the recursion is the usual one, which neither overflows nor loses digits.
 */

export interface Traffic {
  /** Erlangs. */
  readonly load: number
  /** What one conversation takes on the mean, in any unit of time; all times that come out have the same. */
  readonly handle: number
  readonly agents: number
}

export interface Steady {
  /** The share of those who have to wait. */
  readonly waits: number
  readonly meanWait: number
  readonly meanWaitOfThoseWaiting: number
  /** How many wait on the mean. */
  readonly waiting: number
  /** The share of the agents' time that is work. */
  readonly occupancy: number
}

/** Why there is no steady state, as a sentence with the cure. */
export interface StaffingFault {
  readonly code: 'unstable' | 'impossible'
  readonly message: string
}

export type SteadyResult =
  { readonly ok: true; readonly steady: Steady } | { readonly ok: false; readonly fault: StaffingFault }

export interface Goal {
  /** This share, more than 0 and less than 1, is answered … */
  readonly share: number
  /** … within this time, in the unit of `handle`. */
  readonly within: number
}

/** Erlang C: the steady state, or why there is none. */
export function steadyState({ load, handle, agents }: Traffic): SteadyResult {
  const fault = faultOf({ load, handle, agents })
  if (fault) return { ok: false, fault }
  const waits = waitShare(blockedShare(load, agents), load, agents)
  const drain = (agents - load) / handle
  return {
    ok: true,
    steady: {
      waits,
      meanWait: waits / drain,
      meanWaitOfThoseWaiting: 1 / drain,
      waiting: (waits * load) / (agents - load),
      occupancy: load / agents,
    },
  }
}

/** The share of all customers who are answered within a time; waits are exponential among those who wait. */
export function answeredWithin({ waits, meanWaitOfThoseWaiting }: Steady, time: number): number {
  return 1 - waits * Math.exp(-time / meanWaitOfThoseWaiting)
}

/** The time within which a share of all customers (0 to less than 1) is answered. */
export function waitQuantile({ waits, meanWaitOfThoseWaiting }: Steady, share: number): number {
  return 1 - share >= waits ? 0 : meanWaitOfThoseWaiting * Math.log(waits / (1 - share))
}

/** The fewest agents with whom the goal is reached; 0 where there is no work. */
export function agentsFor({ load, handle }: Omit<Traffic, 'agents'>, { share, within }: Goal): number {
  if (!(load > 0)) return 0
  let agents = 0
  let blocked = 1
  for (;;) {
    agents += 1
    blocked = nextBlocked(blocked, load, agents)
    if (agents <= load) continue
    const unanswered = waitShare(blocked, load, agents) * Math.exp((-within * (agents - load)) / handle)
    if (unanswered <= 1 - share) return agents
  }
}

/** Erlang B: the share of customers who are turned away where nobody may wait. `agents` is a whole number. */
export function blockedShare(load: number, agents: number): number {
  let blocked = 1
  for (let each = 1; each <= agents; each++) blocked = nextBlocked(blocked, load, each)
  return blocked
}

/** B(n) = A·B(n−1) / (n + A·B(n−1)) */
function nextBlocked(blocked: number, load: number, agents: number): number {
  return (load * blocked) / (agents + load * blocked)
}

/** C = B / (1 − ρ(1 − B)) */
function waitShare(blocked: number, load: number, agents: number): number {
  return blocked / (1 - (load / agents) * (1 - blocked))
}

function faultOf({ load, handle, agents }: Traffic): StaffingFault | undefined {
  if (!(load >= 0) || !(handle > 0) || !Number.isFinite(load + handle) || !Number.isInteger(agents) || agents < 0) {
    const message = 'Give a load of 0 or more, a mean time of more than 0, and a whole number of agents.'
    return { code: 'impossible', message }
  }
  if (load < agents) return undefined
  const fewest = Math.floor(load) + 1
  const behind = `${agents} at once cannot keep up with a load of ${round(load)}`
  return { code: 'unstable', message: `${behind}: the queue grows without end; have ${fewest} or more.` }
}

function round(load: number): number {
  return Math.round(load * 1_000) / 1_000
}
