/**
 * Keeps results by key: `limit` at most, and at least the half of them that was asked for last. They are kept in two
 * generations: when the young one is full it becomes the old one, and what is asked for in the old one is young again.
 */
export function remember<Result>(limit: number): (key: string, make: () => Result) => Result {
  let young = new Map<string, Result>()
  let old = young
  return (key, make) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const result = old.get(key) ?? make()
    if (young.size >= limit / 2) {
      old = young
      young = new Map()
    }
    young.set(key, result)
    return result
  }
}
