/** A set of agents as bits: bit n stands for the n-th agent. For 500 agents, 16 words; to intersect, 16 steps. */
export type AgentSet = Uint32Array<ArrayBuffer>

export function emptySet(size: number): AgentSet {
  return new Uint32Array((size + 31) >>> 5)
}

/** Of numbers from 0 to `size`. */
export function fullSet(size: number): AgentSet {
  const set = emptySet(size)
  for (let agent = 0; agent < size; agent++) add(set, agent)
  return set
}

export function has(set: AgentSet, agent: number): boolean {
  return (((set[agent >>> 5] ?? 0) >>> (agent & 31)) & 1) === 1
}

export function add(set: AgentSet, agent: number): void {
  set[agent >>> 5] = (set[agent >>> 5] ?? 0) | (1 << (agent & 31))
}

export function remove(set: AgentSet, agent: number): void {
  set[agent >>> 5] = (set[agent >>> 5] ?? 0) & ~(1 << (agent & 31))
}

/** Leaves in `set` only those who are in `other` too, and says whether anybody is left. */
export function keep(set: AgentSet, other: AgentSet): boolean {
  let left = 0
  for (let word = 0; word < set.length; word++) left |= set[word] = (set[word] ?? 0) & (other[word] ?? 0)
  return left !== 0
}

/** As `keep`, unless that would leave nobody. */
export function narrow(set: AgentSet, other: AgentSet): void {
  let both = 0
  for (let word = 0; word < set.length; word++) both |= (set[word] ?? 0) & (other[word] ?? 0)
  if (both !== 0) keep(set, other)
}

export function join(set: AgentSet, other: AgentSet): void {
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (other[word] ?? 0)
}

/** Leaves in `set` only those who are not in `other`, and says whether anybody is left. */
export function drop(set: AgentSet, other: AgentSet): boolean {
  let left = 0
  for (let word = 0; word < set.length; word++) left |= set[word] = (set[word] ?? 0) & ~(other[word] ?? 0)
  return left !== 0
}

export function isEmpty(set: AgentSet): boolean {
  for (const word of set) if (word !== 0) return false
  return true
}

/** The first in this order who is in the set. */
export function firstOf(order: Int32Array, set: AgentSet): number | undefined {
  for (const agent of order) if (has(set, agent)) return agent
  return undefined
}
