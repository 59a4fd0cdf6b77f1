import type { VariableType } from '../../flow/document.ts'

/** What the conditions of a workflow read: variables of the flow. */
export interface Settled {
  readonly variables: Readonly<Record<string, { readonly type: VariableType }>>
  /** Read as values of several kinds. */
  readonly torn: readonly string[]
  /** Taken as texts, since nothing tells their kind. */
  readonly untold: readonly string[]
}

/** What the conditions of a workflow read, and as which kind of value. */
export class Attributes {
  readonly #kinds = new Map<string, Set<VariableType>>()
  readonly #alike: (readonly [string, string])[] = []

  /** Notes that a variable is read; its kind may come to light elsewhere. */
  read(name: string, kind?: VariableType): void {
    const kinds = this.#kinds.get(name) ?? new Set()
    if (kind !== undefined) kinds.add(kind)
    this.#kinds.set(name, kinds)
  }

  /** Notes that two variables are compared with each other. */
  compare(one: string, other: string): void {
    this.#alike.push([one, other])
  }

  /** The kind of each variable, and those that are read as several kinds. Text where nothing tells. */
  settle(): Settled {
    for (let moved = true; moved;) moved = this.#alike.map(([one, other]) => this.#share(one, other)).includes(true)
    const entries = [...this.#kinds]
    return {
      variables: Object.fromEntries(entries.map(([name, [type = 'text']]) => [name, { type }])),
      torn: entries.flatMap(([name, kinds]) => (kinds.size > 1 ? [name] : [])),
      untold: entries.flatMap(([name, kinds]) => (kinds.size === 0 ? [name] : [])),
    }
  }

  #share(one: string, other: string): boolean {
    const [first, second] = [this.#kinds.get(one), this.#kinds.get(other)]
    if (first === undefined || second === undefined) return false
    const all = new Set([...first, ...second])
    if (first.size === all.size && second.size === all.size) return false
    this.#kinds.set(one, all)
    this.#kinds.set(other, all)
    return true
  }
}
