/** What is known of a value before any conversation runs. */
export type StaticType =
  | { readonly kind: 'any' | 'null' | 'bool' | 'number' | 'text' | 'map' }
  | { readonly kind: 'list'; readonly of: StaticType }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, StaticType> }

export const ANY: StaticType = { kind: 'any' }
export const NULL: StaticType = { kind: 'null' }
export const BOOL: StaticType = { kind: 'bool' }
export const NUMBER: StaticType = { kind: 'number' }
export const TEXT: StaticType = { kind: 'text' }
export const MAP: StaticType = { kind: 'map' }
export const LIST: StaticType = { kind: 'list', of: ANY }

export function listOf(of: StaticType): StaticType {
  return { kind: 'list', of }
}

export function record(fields: Readonly<Record<string, StaticType>>): StaticType {
  return { kind: 'record', fields: new Map(Object.entries(fields)) }
}

/** Whether a value of one type may be used where the other stands; what is not known may be anything. */
export function fits(one: StaticType, other: StaticType): boolean {
  if (one.kind === 'any' || other.kind === 'any') return true
  if (one.kind === 'list' && other.kind === 'list') return fits(one.of, other.of)
  return runtimeKind(one) === runtimeKind(other)
}

/** The type of a value that is either: the same when both agree, else unknown. */
export function common(one: StaticType, other: StaticType): StaticType {
  if (one.kind === 'null' || one.kind === 'any') return other.kind === 'null' ? one : one.kind === 'any' ? ANY : other
  if (other.kind === 'null') return one
  if (one.kind === 'list' && other.kind === 'list') return listOf(common(one.of, other.of))
  return one.kind === other.kind && one.kind !== 'record' ? one : runtimeKind(one) === runtimeKind(other) ? MAP : ANY
}

/** The type in a sentence: “a number”, “a list”. */
export function describe(type: StaticType): string {
  return KIND_WORDS[runtimeKind(type)]
}

export const KIND_WORDS = {
  any: 'a value of unknown kind',
  null: 'nothing (null)',
  bool: 'a yes or no',
  number: 'a number',
  text: 'a text',
  list: 'a list',
  map: 'a map',
} as const

function runtimeKind(type: StaticType): keyof typeof KIND_WORDS {
  return type.kind === 'record' ? 'map' : type.kind
}
