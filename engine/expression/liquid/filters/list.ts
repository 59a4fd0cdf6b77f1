import { BUDGET, spend, type Frame } from '../../budget.ts'
import { Failure } from '../../failure.ts'
import { isRecord } from '../../../flow/values.ts'
import { member, toJson } from '../../json.ts'
import { exhaust, isTrue, same, toList, toNumber, toText } from '../convert.ts'
import type { Filter } from '../filters.ts'

export const listFilters = {
  join: list([0, 1], (items, [by = ' '], frame) => join(items, toText(by, frame), frame)),
  first: list([0, 0], (items) => items[0]),
  last: list([0, 0], (items) => items.at(-1)),
  reverse: list([0, 0], (items) => items.toReversed()),
  sort: list([0, 1], (items, [part], frame) => sort(items, part, frame)),
  uniq: list([0, 0], (items) => [...new Set(items)]),
  compact: list([0, 0], (items) => items.filter((item) => item !== null && item !== undefined)),
  concat: list([1, 1], (items, [more], frame) => concat(items, toList(more), frame)),
  map: list([1, 1], (items, [part]) => items.map((item) => member(item, part))),
  where: list([1, 2], (items, [part, ...wanted], frame) =>
    items.filter((item) => {
      const held = member(item, part)
      return wanted.length ? same(held, wanted[0], frame) : isTrue(held)
    }),
  ),
  sum: list([0, 1], (items, [part]) => items.reduce<number>((sum, item) => sum + toNumber(partOf(item, part)), 0)),
  size: { arguments: [0, 0], run: size },
  slice: {
    arguments: [1, 2],
    run: (value, [begin, length = 1], frame) => slice(value, toNumber(begin), toNumber(length), frame),
  },
  json: { arguments: [0, 0], run: json },
} as const satisfies Record<string, Filter>

type Work = (items: readonly unknown[], given: readonly unknown[], frame: Frame) => unknown

/** A filter over the value as a list. */
function list(count: readonly [number, number], work: Work): Filter {
  return { arguments: count, run: (value, given, frame) => work(toList(value), given, frame) }
}

/** The item itself, or a part of it when one is named. */
function partOf(item: unknown, part: unknown): unknown {
  return part === undefined ? item : member(item, part)
}

function size(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return isRecord(value) ? Object.keys(value).length : 0
}

function join(items: readonly unknown[], by: string, frame: Frame): string {
  let text = ''
  for (const [index, item] of items.entries()) {
    const each = (index ? by : '') + toText(item, frame)
    if (text.length + each.length > BUDGET.text) return exhaust(frame, text)
    text += each
  }
  return text
}

/** Numbers before texts before anything else, each in its own order; equals keep their places. */
function sort(items: readonly unknown[], part: unknown, frame: Frame): readonly unknown[] {
  if (!spend(frame, 4 * items.length)) return []
  return items.toSorted((one, other) => compare(partOf(one, part), partOf(other, part)))
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return rank(a) - rank(b)
}

function rank(value: unknown): number {
  return typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
}

function concat(items: readonly unknown[], more: readonly unknown[], frame: Frame): readonly unknown[] {
  return spend(frame, items.length + more.length) ? [...items, ...more] : []
}

/** A part of a list, or of a text by its characters; a negative `begin` counts from the end. */
function slice(value: unknown, begin: number, length: number, frame: Frame): unknown {
  const whole = Array.isArray(value) ? value : [...toText(value, frame).slice(0, BUDGET.text)]
  const from = begin < 0 ? whole.length + begin : begin
  const part = from < 0 || length < 0 ? [] : whole.slice(from, from + length)
  return Array.isArray(value) ? part : part.join('')
}

function json(value: unknown, _given: readonly unknown[], frame: Frame): string {
  const copy = toJson(value ?? null, frame)
  return copy instanceof Failure ? exhaust(frame, '') : JSON.stringify(copy)
}
