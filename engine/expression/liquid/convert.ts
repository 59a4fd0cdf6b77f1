/** Values as Liquid takes them: nothing ever fails, what does not fit is empty, zero or false. */
import { BUDGET, spend, weight, type Frame } from '../budget.ts'
import { Failure } from '../failure.ts'
import { isRecord } from '../../flow/values.ts'
import { equal } from '../json.ts'

/** `empty` and `blank` in comparisons. */
export const EMPTY = Symbol('empty')
export const BLANK = Symbol('blank')

/** How a value is written out: lists with nothing between their items, maps not at all. */
export function toText(value: unknown, frame: Frame, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return String(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : ''
    default:
      return Array.isArray(value) ? listToText(value, frame, depth) : ''
  }
}

function listToText(list: readonly unknown[], frame: Frame, depth: number): string {
  let text = ''
  for (const item of list) {
    if (!spend(frame, 1) || depth >= BUDGET.depth) return text
    const each = toText(item, frame, depth + 1)
    if (text.length + each.length > BUDGET.text) return exhaust(frame, text)
    text += each
  }
  return text
}

/** A number, or a text that is one; else zero. */
export function toNumber(value: unknown): number {
  const isNumeral = typeof value === 'string' && value.length <= 100
  const number = typeof value === 'number' || isNumeral ? Number(value) : 0
  return Number.isFinite(number) ? number : 0
}

/** A list as it is; nothing as no items; anything else as one item. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]
}

/** Only false and nothing are not true. */
export function isTrue(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined
}

export function same(a: unknown, b: unknown, frame: Frame): boolean {
  if (typeof a === 'symbol') return isWithout(b, a)
  if (typeof b === 'symbol') return isWithout(a, b)
  const result = equal(a ?? null, b ?? null, frame)
  return result instanceof Failure ? false : result
}

function isWithout(value: unknown, kind: symbol): boolean {
  if (kind === BLANK && (!isTrue(value) || (typeof value === 'string' && value.trim() === ''))) return true
  if (Array.isArray(value)) return value.length === 0
  return value === '' || (isRecord(value) && Object.keys(value).length === 0)
}

/** Ends the rendering: what would come next is too large. */
export function exhaust<Value>(frame: Frame, value: Value): Value {
  frame.steps = -1
  return value
}

/** Pays for a walk through a value; false when it cannot be paid any more. */
export function afford(frame: Frame, value: unknown): boolean {
  return spend(frame, weight(value))
}
