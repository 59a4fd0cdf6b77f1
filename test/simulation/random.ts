/** Chance that can be had again: the same seed gives the same numbers for ever. */
export interface Random {
  /** From 0 to 1, without 1. */
  next(): number
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  pick<Item>(items: readonly Item[]): Item | undefined
}

/** A stream of its own for each purpose: what one part draws more or less of changes nothing for the others. */
export function randomOf(seed: number, purpose: string): Random {
  let state = hashOf(`${seed} ${purpose}`)
  // Mulberry32, by Tommy Ettinger (public domain): 2^32 states are plenty for one short history.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (low, high) => low + Math.floor(next() * (high - low)),
    chance: (probability) => next() < probability,
    // The overload for lists that are never empty promises an item, and there is one.
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
  }
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string, begun = 0x811c9dc5): number {
  let hash = begun
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
