import { BUDGET, type Frame } from '../../budget.ts'
import { exhaust, isTrue, toNumber, toText } from '../convert.ts'
import type { Filter } from '../filters.ts'

export const textFilters = {
  append: text([1, 1], (value, [end], frame) => bounded(value, toText(end, frame), frame)),
  prepend: text([1, 1], (value, [start], frame) => bounded(toText(start, frame), value, frame)),
  upcase: text([0, 0], (value) => value.toUpperCase()),
  downcase: text([0, 0], (value) => value.toLowerCase()),
  capitalize: text([0, 0], (value) => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  strip: text([0, 0], (value) => value.trim()),
  lstrip: text([0, 0], (value) => value.trimStart()),
  rstrip: text([0, 0], (value) => value.trimEnd()),
  strip_newlines: text([0, 0], (value) => value.replaceAll(/\r?\n/g, '')),
  replace: text([1, 2], (value, [from, to], frame) => replaceAll(value, from, to, frame)),
  replace_first: text([1, 2], (value, [from, to], frame) => replaceFirst(value, from, to, frame)),
  remove: text([1, 1], (value, [part], frame) => replaceAll(value, part, '', frame)),
  remove_first: text([1, 1], (value, [part], frame) => replaceFirst(value, part, '', frame)),
  truncate: text([0, 2], (value, [length = 50, end = '...'], frame) => truncate(value, length, toText(end, frame))),
  truncatewords: text([0, 2], (value, [most = 15, end = '...'], frame) => firstWords(value, most, toText(end, frame))),
  split: text([1, 1], (value, [by], frame) => split(value, toText(by, frame), frame)),
  escape: text([0, 0], (value) => value.replaceAll(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign)),
  url_encode: text([0, 0], urlEncode),
  default: { arguments: [1, 1], run: (value, [other]) => (isNothing(value) ? other : value) },
} as const satisfies Record<string, Filter>

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&#34;'],
  ["'", '&#39;'],
])

type Work = (value: string, given: readonly unknown[], frame: Frame) => unknown

/** A filter over the value written as a text. */
function text(count: readonly [number, number], work: Work): Filter {
  return { arguments: count, run: (value, given, frame) => work(toText(value, frame), given, frame) }
}

function bounded(start: string, end: string, frame: Frame): string {
  return start.length + end.length > BUDGET.text ? exhaust(frame, start) : start + end
}

function replaceAll(value: string, from: unknown, to: unknown, frame: Frame): string {
  const [part, other] = [toText(from, frame), toText(to, frame)]
  const parts = split(value, part, frame)
  const length = value.length + (parts.length - 1) * (other.length - part.length)
  return length > Math.max(value.length, BUDGET.text) ? exhaust(frame, value) : parts.join(other)
}

function replaceFirst(value: string, from: unknown, to: unknown, frame: Frame): string {
  const part = toText(from, frame)
  const at = value.indexOf(part)
  return at < 0 ? value : bounded(value.slice(0, at) + toText(to, frame), value.slice(at + part.length), frame)
}

function split(value: string, by: string, frame: Frame): readonly string[] {
  if (value.length > BUDGET.text) return exhaust(frame, [])
  return value.split(by)
}

/** Counts code points, so that no character is cut in half. */
function truncate(value: string, most: unknown, end: string): string {
  const length = toNumber(most)
  if (value.length <= length) return value
  const characters = [...value.slice(0, 2 * BUDGET.text)]
  return characters.length <= length ? value : characters.slice(0, Math.max(length - [...end].length, 0)).join('') + end
}

function firstWords(value: string, count: unknown, end: string): string {
  const words = value
    .slice(0, 2 * BUDGET.text)
    .trimStart()
    .split(/\s+/)
  const most = Math.max(1, toNumber(count))
  return words.slice(0, most).join(' ') + (words.length >= most ? end : '')
}

/** Half a character has no code of its own; the sign for “unknown” stands in. */
function urlEncode(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll('%20', '+')
}

function isNothing(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0) || !isTrue(value)
}
