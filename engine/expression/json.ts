/**
 * Values as expressions see them. Law: only own properties are read, `__proto__`, `prototype` and `constructor` are
 * never names, and what leaves an expression is a copy made of JSON alone.
 */
import { isRecord, type Json } from '../flow/values.ts'
import { BUDGET, SPENT, spend, weight, type Frame } from './budget.ts'
import { fault, Failure } from './failure.ts'

export type Kind = 'null' | 'bool' | 'number' | 'text' | 'list' | 'map'
export type JsonMap = Readonly<Record<string, unknown>>

const FORBIDDEN: ReadonlySet<unknown> = new Set(['__proto__', 'prototype', 'constructor'])

/** Names that no expression may read or write, whatever holds them. */
export function isForbidden(name: unknown): boolean {
  return FORBIDDEN.has(name)
}

/** The kind of a JSON value; undefined for what JSON does not have. */
export function kindOf(value: unknown): Kind | undefined {
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'bool'
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'list' : 'map'
    default:
      return undefined
  }
}

/** The value that a map holds under `key`, or a list at a whole number; undefined when there is none. */
export function member(holder: unknown, key: unknown): unknown {
  if (Array.isArray(holder)) {
    return typeof key === 'number' && Number.isInteger(key) && key >= 0 ? holder[key] : undefined
  }
  if (!isRecord(holder) || typeof key !== 'string' || isForbidden(key)) return undefined
  return Object.hasOwn(holder, key) ? holder[key] : undefined
}

/** Equality by content: lists item by item, maps key by key, values of different kinds never. */
export function equal(a: unknown, b: unknown, frame: Frame, depth = 0): boolean | Failure {
  if (typeof a === 'string' && typeof b === 'string') {
    return a.length === b.length && (spend(frame, weight(a)) ? a === b : SPENT)
  }
  if (a === b || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (depth >= BUDGET.depth) return tooDeep()
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && equalItems(a, b, frame, depth)
  return isRecord(a) && isRecord(b) && equalMaps(a, b, frame, depth)
}

function equalItems(a: readonly unknown[], b: readonly unknown[], frame: Frame, depth: number): boolean | Failure {
  for (let index = 0; index < a.length; index++) {
    if (!spend(frame, 1)) return SPENT
    const same = equal(a[index], b[index], frame, depth + 1)
    if (same !== true) return same
  }
  return true
}

function equalMaps(a: JsonMap, b: JsonMap, frame: Frame, depth: number): boolean | Failure {
  const keys = Object.keys(a)
  if (!spend(frame, 1 + keys.length)) return SPENT
  if (keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return false
    const same = equal(a[key], b[key], frame, depth + 1)
    if (same !== true) return same
  }
  return true
}

/** A copy of what an expression came to, made of JSON alone; a Failure when it is none or too large. */
export function toJson(value: unknown, frame: Frame): Json | Failure {
  return copied(value, { frame, room: BUDGET.kept }, 0)
}

/** One copy on its way. A text that stands in many places costs its length in each: written out it is there as often. */
interface Copying {
  readonly frame: Frame
  /** Characters that are left. */
  room: number
}

function copied(value: unknown, copying: Copying, depth: number): Json | Failure {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return (copying.room -= value.length) < 0 ? tooLong() : value
  if (typeof value === 'number') return Number.isFinite(value) ? value : fault('the result is no number of JSON')
  if (depth >= BUDGET.depth) return tooDeep()
  if (!spend(copying.frame, weight(value))) return SPENT
  if (Array.isArray(value)) return listToJson(value, copying, depth)
  return isRecord(value) ? mapToJson(value, copying, depth) : fault('the result is no value of JSON')
}

function listToJson(list: readonly unknown[], copying: Copying, depth: number): Json | Failure {
  const copy: Json[] = []
  for (const item of list) {
    const each = copied(item, copying, depth + 1)
    if (each instanceof Failure) return each
    copy.push(each)
  }
  return copy
}

function mapToJson(map: JsonMap, copying: Copying, depth: number): Json | Failure {
  const copy: Record<string, Json> = {}
  for (const key of Object.keys(map)) {
    if (!spend(copying.frame, 1)) return SPENT
    if (isForbidden(key)) continue
    copying.room -= key.length
    const each = copied(map[key], copying, depth + 1)
    if (each instanceof Failure) return each
    copy[key] = each
  }
  return copy
}

function tooLong(): Failure {
  return fault(`the result holds more than ${BUDGET.kept} characters`)
}

function tooDeep(): Failure {
  return fault(`a list or map goes more than ${BUDGET.depth} levels deep`)
}
