/**
 * JSON may hold an object with a key `toString`. Whoever compares or writes out such an object, as a schema does where it
 * asks for a length, throws instead of answering. Law: reading a document answers, whatever the document.
 */
import { pointer, type Fault } from './fault.ts'

/** What `read` comes to; where it throws because of a poisoned object in `input`, that object is the one fault. */
export function unpoisoned<Result>(input: unknown, read: () => Result, refuse: (fault: Fault) => Result): Result {
  try {
    return read()
  } catch (error) {
    const path = error instanceof TypeError ? poisonIn(input) : undefined
    if (path === undefined) throw error
    return refuse({ pointer: pointer(path), node: null, message: '“toString” is a reserved word; choose another name' })
  }
}

function poisonIn(input: unknown): readonly string[] | undefined {
  const look: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: input, path: [] }]
  for (let each = look.pop(); each !== undefined; each = look.pop()) {
    const { value, path } = each
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, 'toString')) return [...path, 'toString']
    for (const [key, held] of Object.entries(value))
      if (typeof held === 'object') look.push({ value: held, path: [...path, key] })
  }
  return undefined
}
