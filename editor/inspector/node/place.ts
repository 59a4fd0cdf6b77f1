/**
 * A place inside a node's data is a slash path, as the engine writes it: `text`, `cases/0/when`. Keys of a record that a
 * designer names (headers) may hold what they like but a slash.
 */
import { isRecord } from '../../document/document.ts'

/** What stands at a place; undefined where nothing does. */
export function readAt(data: unknown, place: string): unknown {
  return place.split('/').reduce<unknown>((value, key) => childOf(value, key), data)
}

/**
 * The data with another value at a place; `undefined` takes the key away. A record that is left without keys goes with
 * its last one. What lies beside the place stays the same object.
 */
export function writeAt(data: unknown, place: string, value: unknown): unknown {
  const [key = '', ...rest] = place.split('/')
  const below = rest.length === 0 ? value : emptied(writeAt(childOf(data, key), rest.join('/'), value))
  if (Array.isArray(data)) return written(data, Number(key), rest.length === 0 ? value : (below ?? {}))
  const { [key]: before, ...others } = isRecord(data) ? data : {}
  if (below === undefined) return before === undefined && isRecord(data) && !Object.hasOwn(data, key) ? data : others
  return isRecord(data) && Object.hasOwn(data, key) ? { ...data, [key]: below } : { ...others, [key]: below }
}

/** A list as it stands in a document; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A record as it stands in a document; anything else is an empty one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

/** A text as it stands in a document; anything else is shown as nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function childOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)]
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function written(list: readonly unknown[], index: number, value: unknown): readonly unknown[] {
  return value === undefined ? list.toSpliced(index, 1) : list.with(index, value)
}

function emptied(value: unknown): unknown {
  return isRecord(value) && Object.keys(value).length === 0 ? undefined : value
}
