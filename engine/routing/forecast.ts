/**
 * How long somebody still waits. Pure: the server reads who is there, who waits ahead and what the recent past was
 * like.
 *
 * Laws:
 *   1. Free room for the customer, with nobody ahead whom it fits: no wait.
 *   2. Without an agent online who fits, or without a conversation that has ever ended, nobody can say.
 *   3. More ahead, fewer agents or longer conversations never make the wait shorter.
 *   4. Those ahead who share no agent with the customer, even through others, change nothing but the position.
 *   5. `within` is never less than `expected`.
 */
import { crewsOf, type CrewMember } from './crews.ts'
import { drain } from './drain.ts'
import type { Needs } from './needs.ts'
import { nineInTen } from './quantile.ts'

/** Times in milliseconds, null when nobody can say. */
export interface Forecast {
  /** Counted from 1. */
  readonly position: number
  /** The middle estimate: told as “about”. */
  readonly expected: number | null
  /** Nine of ten are served in this time: told as “within”. */
  readonly within: number | null
}

/** The customer: what they ask for, and the room they take (1 when not given). */
export interface ForecastPlace extends Needs {
  readonly weight?: number
}

/** Those ahead with equal needs. */
export interface NeedsGroup extends ForecastPlace {
  readonly count: number
}

/** `load`: room taken, offers and wrap-up counted. */
export interface ForecastAgent extends CrewMember {
  readonly online: boolean
}

/** What the recent past was like. */
export interface Pace {
  /** Mean milliseconds from an agent's accept to the end of the wrap-up; null when none has ended yet. */
  readonly handle: number | null
  /** By how much waits passed the plain `within`: `stretchOf`. 1 when nothing is known. */
  readonly stretch: number
}

/**
 * What to tell somebody at this place. `staff` may hold agents of other teams, `ahead` those who go before, by needs.
 *
 * `expected`: the time in which the queue ahead has drained so far that room for the customer is over (drain.ts). Where
 * all ask for the same, this is `(ahead + 1) * handle / capacity` (Little's law), less a sixth of a departure: the last
 * ahead and the customer are served at once.
 *
 * `within`: in the expected time, k = expected / (handle / capacity that fits) conversations end with the agents who
 * fit the customer. The time until k of them have ended is Erlang distributed; of it the 90 % quantile, times
 * `stretch`.
 */
export function forecast(
  place: ForecastPlace,
  staff: readonly ForecastAgent[],
  ahead: readonly NeedsGroup[],
  { handle, stretch }: Pace,
): Forecast {
  const position = ahead.reduce((sum, { count }) => sum + count, 1)
  const { weight = 1 } = place
  const there = staff.filter(({ online, capacity }) => online && capacity >= weight)
  const crews = crewsOf(there, place, weight, ahead)
  const mine = crews.reduce((sum, crew) => sum + (crew.mine ? crew.capacity : 0), 0)
  if (mine <= 0) return { position, expected: null, within: null }
  const handles = drain(
    crews,
    ahead.map(({ count, weight: each = 1 }) => ({ count, weight: each })),
    weight,
  )
  if (handles === 0) return { position, expected: 0, within: 0 }
  if (handle === null) return { position, expected: null, within: null }
  const departure = (handle * weight) / mine
  const expected = handles * handle
  const within = nineInTen(expected / departure) * departure * stretch
  return { position, expected: Math.round(expected), within: Math.round(Math.max(expected, within)) }
}
