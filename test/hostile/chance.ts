/** Chance that a seed decides: the same seed is the same attack. */
export interface Chance {
  /** From 0 to below `most`. */
  below(most: number): number
  is(probability: number): boolean
  one<Item>(items: readonly Item[]): Item
}

/** Mulberry32 (public domain, by Tommy Ettinger). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    below,
    is: (probability) => next() < probability,
    one: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('There is nothing to choose from.')
      return item
    },
  }
}
