/**
 * A set of values that a name of a conversation may have, as conditions tell them apart. Law: exact under `both`, `except`
 * and `either`, so that a condition that fits no value is proved to hold for nobody.
 */
import type { Json } from '../../flow/values.ts'

export interface Values {
  /** The name may have no value at all. */
  readonly missing: boolean
  readonly nothing: boolean
  readonly yes: boolean
  readonly no: boolean
  /** Disjoint, in order. */
  readonly numbers: readonly Range[]
  readonly texts: Texts
  /** Lists and maps, which conditions do not tell apart. */
  readonly others: boolean
}

/** From one cut to a later one. A cut lies just before a number (0) or just after it (1). */
export interface Range {
  readonly from: Cut
  readonly to: Cut
}
export interface Cut {
  readonly at: number
  readonly side: 0 | 1
}

/** The texts that are named, or `all` but those. */
export interface Texts {
  readonly all: boolean
  readonly named: ReadonlySet<string>
}

const LOW: Cut = { at: -Infinity, side: 0 }
const HIGH: Cut = { at: Infinity, side: 1 }
const anyNumber: readonly Range[] = [{ from: LOW, to: HIGH }]
const noText: Texts = { all: false, named: new Set() }
const anyText: Texts = { all: true, named: new Set() }

export const none: Values = {
  missing: false,
  nothing: false,
  yes: false,
  no: false,
  numbers: [],
  texts: noText,
  others: false,
}
export const every: Values = {
  missing: true,
  nothing: true,
  yes: true,
  no: true,
  numbers: anyNumber,
  texts: anyText,
  others: true,
}
/** No value, or nothing (null): what is not known. */
export const unknown: Values = { ...none, missing: true, nothing: true }
export const known: Values = except(unknown)
export const bools: Values = { ...none, yes: true, no: true }
export const numbers: Values = { ...none, numbers: anyNumber }
export const texts: Values = { ...none, texts: anyText }
export const missing: Values = { ...none, missing: true }
export const given: Values = except(missing)
export const lists: Values = { ...none, others: true }

/** The value of a literal alone; undefined for lists and maps. */
export function only(literal: Json): Values | undefined {
  if (literal === null) return { ...none, nothing: true }
  switch (typeof literal) {
    case 'boolean':
      return { ...none, yes: literal, no: !literal }
    case 'number':
      return { ...none, numbers: [{ from: { at: literal, side: 0 }, to: { at: literal, side: 1 } }] }
    case 'string':
      return { ...none, texts: { all: false, named: new Set([literal]) } }
    default:
      return undefined
  }
}

/** The numbers that stand so to a bound. */
export function compared(op: '<' | '<=' | '>' | '>=', bound: number): Values {
  const cut: Cut = { at: bound, side: op === '<' || op === '>=' ? 0 : 1 }
  return { ...none, numbers: [op === '<' || op === '<=' ? { from: LOW, to: cut } : { from: cut, to: HIGH }] }
}

export function oneOf(literals: readonly string[]): Values {
  return { ...none, texts: { all: false, named: new Set(literals) } }
}

/** Values of both sets. */
export function both(one: Values, other: Values): Values {
  if (one === every) return other
  if (other === every) return one
  return {
    missing: one.missing && other.missing,
    nothing: one.nothing && other.nothing,
    yes: one.yes && other.yes,
    no: one.no && other.no,
    numbers: overlap(one.numbers, other.numbers),
    texts: sharedTexts(one.texts, other.texts),
    others: one.others && other.others,
  }
}

/** Every value that is not of the set. */
export function except(set: Values): Values {
  return {
    missing: !set.missing,
    nothing: !set.nothing,
    yes: !set.yes,
    no: !set.no,
    numbers: gaps(set.numbers),
    texts: { all: !set.texts.all, named: set.texts.named },
    others: !set.others,
  }
}

/** Values of one set or the other. */
export function either(one: Values, other: Values): Values {
  return except(both(except(one), except(other)))
}

export function isNone({ missing, nothing, yes, no, numbers, texts, others }: Values): boolean {
  return !missing && !nothing && !yes && !no && numbers.length === 0 && !texts.all && texts.named.size === 0 && !others
}

/** Whether a name that has a value of the set is known. */
export function isKnown(set: Values): boolean {
  return !set.missing && !set.nothing
}

function overlap(one: readonly Range[], other: readonly Range[]): readonly Range[] {
  return one.flatMap((a) =>
    other.flatMap((b) => {
      const from = isBefore(a.from, b.from) ? b.from : a.from
      const to = isBefore(a.to, b.to) ? a.to : b.to
      return isBefore(from, to) ? [{ from, to }] : []
    }),
  )
}

function gaps(ranges: readonly Range[]): readonly Range[] {
  const cuts = [LOW, ...ranges.flatMap(({ from, to }) => [from, to]), HIGH]
  return cuts.flatMap((from, index) => {
    const to = cuts[index + 1]
    return index % 2 === 0 && to !== undefined && isBefore(from, to) ? [{ from, to }] : []
  })
}

function isBefore(one: Cut, other: Cut): boolean {
  return one.at < other.at || (one.at === other.at && one.side < other.side)
}

function sharedTexts(one: Texts, other: Texts): Texts {
  if (one.all && other.all) return { all: true, named: new Set([...one.named, ...other.named]) }
  const [listed, rest] = one.all ? [other, one] : [one, other]
  return {
    all: false,
    named: new Set([...listed.named].filter((text) => (rest.all ? !rest.named.has(text) : rest.named.has(text)))),
  }
}
