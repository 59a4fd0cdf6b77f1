/** Keeps the last `limit` results by key; the one that was asked for longest ago goes first. */
export function remember<Result>(limit: number): (key: string, make: () => Result) => Result {
  const kept = new Map<string, Result>()
  return (key, make) => {
    const known = kept.get(key)
    if (known !== undefined) kept.delete(key)
    const result = known ?? make()
    kept.set(key, result)
    if (kept.size > limit) for (const oldest of kept.keys()) {
      kept.delete(oldest)
      break
    }
    return result
  }
}
