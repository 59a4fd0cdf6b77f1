/** Values as a person types them: a number, yes or no, a list or a map where it reads as one, else the text itself. */
import type { Json, VariableType } from '#engine/index.ts'

const plain: ReadonlySet<VariableType> = new Set<VariableType>(['text', 'email', 'phone', 'date', 'choice'])

/** Undefined for an empty field: nothing is known. */
export function readValue(text: string, type?: VariableType): Json | undefined {
  if (text.trim() === '') return undefined
  if (type !== undefined && plain.has(type)) return text
  try {
    // JSON.parse gives JSON.
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

export function valueText(value: Json | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A record without the keys that hold nothing; undefined when nothing is left. */
export function filled<Value>(
  record: Readonly<Record<string, Value | undefined>>,
): Readonly<Record<string, Value>> | undefined {
  const entries = Object.entries(record).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
