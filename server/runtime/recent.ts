/**
 * The values used last, by key: `limit` at most, and at least the half of them that was used last. They are kept in two
 * generations: when the young one is full it becomes the old one, and what is used of the old one is young again. What
 * is forgotten is read again.
 */
export class Recent<Value> {
  readonly #full: number
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  constructor(limit: number) {
    this.#full = limit / 2
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#full && !this.#young.has(key)) this.age()
    this.#young.set(key, value)
  }

  /** Forgets what was not used since it was called before, or since as much else was used as is kept at least. */
  age(): void {
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
