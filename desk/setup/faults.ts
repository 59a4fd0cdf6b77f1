/**
 * What is wrong with what was written, beside the field it is about. Laws: every fault is shown once at least: at the
 * field of its pointer, or, where the form has none, above it; a fault goes when its field is changed.
 */
import type { Detail } from '#ui/request.ts'
import { asSentence } from '../conversation/naming.ts'

export interface Faults {
  /** At this very field. */
  at(pointer: string): string | undefined
  /** At this field or anything in it. */
  under(pointer: string): string | undefined
}

export const noFaults: readonly Detail[] = []

export function faultsOf(details: readonly Detail[]): Faults {
  const told = (fits: (pointer: string) => boolean): string | undefined => {
    const messages = new Set(details.flatMap(({ pointer, message }) => (fits(pointer) ? [asSentence(message)] : [])))
    return messages.size === 0 ? undefined : [...messages].join(' ')
  }
  return {
    at: (field) => told((pointer) => pointer === field),
    under: (field) => told((pointer) => isUnder(pointer, field)),
  }
}

/** Those of no field of the form. */
export function strays(details: readonly Detail[], fields: readonly string[]): readonly string[] {
  return details.flatMap(({ pointer, message }) =>
    fields.some((field) => isUnder(pointer, `/${field}`)) ? [] : [`${pointer} ${message}`.trim()],
  )
}

/** Without those of the fields that differ between the two. */
export function stillThere<Fields extends object>(
  details: readonly Detail[],
  before: Fields,
  after: Fields,
): readonly Detail[] {
  const changed = Object.entries(after).flatMap(([field, value]) =>
    Reflect.get(before, field) === value ? [] : [`/${field}`],
  )
  return details.filter(({ pointer }) => !changed.some((field) => isUnder(pointer, field)))
}

/** A part of a pointer (RFC 6901). */
export function pointed(part: string | number): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}

function isUnder(pointer: string, field: string): boolean {
  return pointer === field || pointer.startsWith(`${field}/`)
}
