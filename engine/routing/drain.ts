/**
 * How a queue drains, in the mean, as if room were water: all room in use is freed at a steady rate, once in a mean
 * handle time. What a crew frees flows to those ahead whom the crew fits, to each alike; where less than one of them
 * is left, the rest flows on to the customer asked about. That customer's turn has come when the room for one has
 * come.
 */

/** Agents who fit the same needs. */
export interface Crew {
  /** Room in all, and of it free now. */
  readonly capacity: number
  readonly free: number
  /** Which of the needs ahead they fit, by number. */
  readonly fits: readonly number[]
  /** Whether they fit the customer asked about. */
  readonly mine: boolean
}

/** Those ahead with the same needs; `weight` is the room that each takes. */
export interface Ahead {
  readonly count: number
  readonly weight: number
}

/**
 * When a customer of this weight is given to an agent, with these ahead; in units of the mean handle time. At least one
 * crew is `mine`, and has capacity.
 */
export function drain(crews: readonly Crew[], ahead: readonly Ahead[], weight: number): number {
  const queue: Queue = {
    weights: Float64Array.from(ahead, (each) => each.weight),
    left: Float64Array.from(ahead, ({ count }) => count),
    speed: new Float64Array(ahead.length),
  }
  if (fillFreeRoom(crews, queue, weight)) return 0
  const mine = crews.filter((crew) => crew.mine)
  const near = [...new Set(mine.flatMap(({ fits }) => fits))]
  const shortest = (STEP * weight) / mine.reduce((sum, { capacity }) => sum + capacity, 0)
  let time = 0
  for (let missing = weight; ;) {
    const comes = flow(crews, queue)
    const step = Math.max(shortest, stepFor(queue, near, time))
    if (comes * step >= missing) return time + missing / comes
    missing -= comes * step
    time += step
    for (let need = 0; need < ahead.length; need++) {
      queue.left[need] = (queue.left[need] ?? 0) * Math.max(0, 1 - (queue.speed[need] ?? 0) * step)
    }
  }
}

/**
 * A step lasts a third of a departure; more where the queue near the customer gets only a tenth shorter by it, or only
 * half as long and it is a twentieth of the time so far. Ten times finer steps change 99 results in 100 by 3 % at most.
 */
const STEP = 0.3
const SHRINKS = 0.1
const SHRINKS_AT_MOST = 0.5
const LENGTHENS = 0.05
/** Fewer than so many are nobody. */
const NOBODY = 0.01

interface Queue {
  readonly weights: Float64Array
  /** How many are still ahead, by need. */
  readonly left: Float64Array
  /** The share of them that is served in a unit of time. */
  readonly speed: Float64Array
}

/** Free room goes to those ahead whom it fits; true when enough is over for the customer. */
function fillFreeRoom(crews: readonly Crew[], { left, weights }: Queue, weight: number): boolean {
  for (const { free, fits, mine } of crews) {
    if (free <= 0) continue
    let asked = 0
    for (const need of fits) asked += (left[need] ?? 0) * (weights[need] ?? 1)
    if (mine && free - asked >= weight) return true
    const kept = asked > free ? 1 - free / asked : 0
    for (const need of fits) left[need] = (left[need] ?? 0) * kept
  }
  return false
}

/** Sets the speed at which each need is served, and returns the room that comes to the customer in a unit of time. */
function flow(crews: readonly Crew[], { left, weights, speed }: Queue): number {
  let comes = 0
  speed.fill(0)
  for (const { capacity, fits, mine } of crews) {
    let waiting = 0
    for (const need of fits) waiting += left[need] ?? 0
    if (mine && waiting < 1) comes += capacity * (1 - waiting)
    const each = capacity / Math.max(1, waiting)
    for (const need of fits) speed[need] = (speed[need] ?? 0) + each / (weights[need] ?? 1)
  }
  return comes
}

function stepFor({ left, speed }: Queue, near: readonly number[], time: number): number {
  let fastest = 0
  for (const need of near) if ((left[need] ?? 0) > NOBODY) fastest = Math.max(fastest, speed[need] ?? 0)
  if (fastest === 0) return time * LENGTHENS
  return Math.max(SHRINKS / fastest, Math.min(SHRINKS_AT_MOST / fastest, time * LENGTHENS))
}
