/** THE list of what a drawn condition can say of a name, and of what kind of name it can be said. */
export type NameType = 'any' | 'bool' | 'number' | 'text' | 'list' | 'map'

export interface Relation {
  readonly name: keyof typeof RELATIONS
  /**
   * How CEL writes it: `name == value`, `name.contains(value)`, `name`, `has(name)`, `name in [values]`, `value in name`.
   */
  readonly form: 'infix' | 'method' | 'bare' | 'has' | 'among' | 'holds'
  readonly symbol: string
  readonly negative: boolean
  readonly of: readonly NameType[]
}

const RELATIONS = {
  is: { form: 'infix', symbol: '==', negative: false, of: ['text', 'number', 'any'] },
  isNot: { form: 'infix', symbol: '!=', negative: false, of: ['text', 'number', 'any'] },
  over: { form: 'infix', symbol: '>', negative: false, of: ['number', 'any', 'text'] },
  atLeast: { form: 'infix', symbol: '>=', negative: false, of: ['number', 'any', 'text'] },
  under: { form: 'infix', symbol: '<', negative: false, of: ['number', 'any', 'text'] },
  atMost: { form: 'infix', symbol: '<=', negative: false, of: ['number', 'any', 'text'] },
  isTrue: { form: 'bare', symbol: '', negative: false, of: ['bool', 'any'] },
  isFalse: { form: 'bare', symbol: '', negative: true, of: ['bool', 'any'] },
  contains: { form: 'method', symbol: 'contains', negative: false, of: ['text', 'any'] },
  lacks: { form: 'method', symbol: 'contains', negative: true, of: ['text', 'any'] },
  begins: { form: 'method', symbol: 'startsWith', negative: false, of: ['text', 'any'] },
  beginsNot: { form: 'method', symbol: 'startsWith', negative: true, of: ['text', 'any'] },
  ends: { form: 'method', symbol: 'endsWith', negative: false, of: ['text', 'any'] },
  endsNot: { form: 'method', symbol: 'endsWith', negative: true, of: ['text', 'any'] },
  among: { form: 'among', symbol: '', negative: false, of: ['text', 'number', 'any'] },
  notAmong: { form: 'among', symbol: '', negative: true, of: ['text', 'number', 'any'] },
  holds: { form: 'holds', symbol: '', negative: false, of: ['list', 'any'] },
  holdsNot: { form: 'holds', symbol: '', negative: true, of: ['list', 'any'] },
  known: { form: 'has', symbol: '', negative: false, of: ['text', 'number', 'bool', 'list', 'map', 'any'] },
  unknown: { form: 'has', symbol: '', negative: true, of: ['text', 'number', 'bool', 'list', 'map', 'any'] },
} as const satisfies Record<string, Omit<Relation, 'name'>>

// Object.entries widens the keys of the constant above.
export const relations: readonly Relation[] = (
  Object.entries(RELATIONS) as [Relation['name'], (typeof RELATIONS)[Relation['name']]][]
).map(([name, relation]) => ({ name, ...relation }))

/** What can be said of a name. A name without a dot (`value`) is always known. */
export function relationsOf(type: NameType, name: string): readonly Relation[] {
  return relations.filter((each) => each.of.includes(type) && (each.form !== 'has' || name.includes('.')))
}

export function relationNamed(name: string): Relation | undefined {
  return relations.find((each) => each.name === name)
}
