/** Ids for what others named freely: the same name always gets the same id, and no two names share one. */
export class Names {
  readonly #ids = new Map<string, string>()
  readonly #taken: Set<string>
  readonly #given: ReadonlyMap<string, string>
  readonly #rules: NameRules

  /** `given` are ids that are chosen already, by their names. */
  constructor(rules: NameRules, taken: readonly string[], given: Readonly<Record<string, string>> = {}) {
    this.#rules = rules
    this.#taken = new Set([...taken, ...Object.values(given)])
    this.#given = new Map(Object.entries(given))
  }

  idOf(name: string): string {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const id = this.#given.get(name) ?? this.fresh(name)
    this.#ids.set(name, id)
    return id
  }

  /** An id that nobody else gets, not even the same name. */
  fresh(name: string): string {
    const { refused, joint, longest, instead } = this.#rules
    const bare = name.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
    const plain = bare.replaceAll(refused, joint).replaceAll(/^[-_.]+|[-_.]+$/g, '')
    const wish = /^[A-Za-z]/.test(plain) ? plain : `${instead}${plain === '' ? '' : joint}${plain}`
    for (let count = 1; ; count++) {
      const end = count === 1 ? '' : `${joint}${count}`
      const id = `${wish.slice(0, longest - end.length)}${end}`
      if (this.#taken.has(id)) continue
      this.#taken.add(id)
      return id
    }
  }

  /** Every name that was asked for, with its id, in order. */
  get all(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#ids].map(([name, id]) => ({ id, name }))
  }
}

export interface NameRules {
  readonly refused: RegExp
  readonly joint: '_' | '-'
  readonly longest: number
  /** What stands before a name that does not begin with a letter. */
  readonly instead: string
}

/** Needs that are no skills, and names that no record may have. */
const NO_SKILLS = ['language', 'tier', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']

export function skillNames(): Names {
  return new Names({ refused: /[^A-Za-z0-9_]+/g, joint: '_', longest: 64, instead: 'skill' }, NO_SKILLS)
}

export function teamNames(given: Readonly<Record<string, string>>): Names {
  return new Names({ refused: /[^A-Za-z0-9_.-]+/g, joint: '-', longest: 100, instead: 'team' }, [], given)
}

/** Ids of nodes; `taken` are those of the nodes that every imported flow has. */
export function nodeNames(taken: readonly string[]): Names {
  return new Names({ refused: /[^A-Za-z0-9_-]+/g, joint: '-', longest: 64, instead: 'filter' }, taken)
}
