/**
 * Chance that can be had again: the same seed gives the same numbers on every machine, so a simulation is repeated
 * exactly and a surprising run can be kept as a test.
 */
export interface Chance {
  /** At least 0, less than 1. */
  readonly next: () => number
  /** The time between two events that come at random, one in `mean` on average. */
  readonly exponential: (mean: number) => number
  /** Around `mean`, with a long tail to the right: how long people talk. `spread`: standard deviation / mean. */
  readonly lognormal: (mean: number, spread: number) => number
  /** One of these, each as often as its weight says. @throws RangeError when there is none. */
  readonly pick: <Item extends { readonly weight: number }>(items: readonly Item[]) => Item
}

/** Numbers by mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2³². */
export function createChance(seed: number): Chance {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  // Box-Muller; 1 - next() is never 0, so the logarithm is finite.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    exponential: (mean) => -mean * Math.log(1 - next()),
    lognormal(mean, spread) {
      const variance = Math.log(1 + spread * spread)
      return mean * Math.exp(Math.sqrt(variance) * normal() - variance / 2)
    },
    pick(items) {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0)
      for (const item of items) {
        left -= item.weight
        if (left < 0) return item
      }
      // Rounding may leave a hair over: it belongs to the last.
      const last = items.at(-1)
      if (last === undefined) throw new RangeError('There is nothing to pick from.')
      return last
    },
  }
}
