import { z } from 'zod'

/** A JSON value: what variables, profiles and facts are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Whether a value is an object of JSON, whatever its members are. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a flow may hold at most. Past these a document is refused with the limit in the sentence. */
export const LIMITS = {
  nodes: 10_000,
  edges: 40_000,
  variables: 500,
  textLength: 10_000,
  conditionLength: 2_000,
  nameLength: 200,
  listLength: 200,
} as const

const UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const DURATION = /^(\d{1,9})(ms|s|m|h|d)$/
const LONGEST_DURATION = 366 * UNIT.d

/**
 * A duration as a person writes it, in milliseconds: `"90s"`, `"5m"`, `"2h"`, `"1d"`.
 * Undefined when the text is not one.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (!match) return undefined
  // The pattern admits only the keys of UNIT.
  const milliseconds = Number(match[1]) * UNIT[match[2] as keyof typeof UNIT]
  return milliseconds <= LONGEST_DURATION ? milliseconds : undefined
}

/** The milliseconds of a duration that the document's schema has already admitted. */
export function milliseconds(duration: string): number {
  const value = parseDuration(duration)
  if (value === undefined)
    throw new Error(`“${duration}” is not a duration; write one such as "90s", "5m", "2h" or "1d".`)
  return value
}

/** A node, case, intent or choice id: it becomes the name of a state, so dots, `#` and `__proto__` are out. */
export const ID_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

export const id = z
  .string()
  .regex(ID_PATTERN, 'must begin with a letter and hold only letters, digits, “_” and “-” (64 at most)')
export const duration = z
  .string()
  .refine(
    (text) => parseDuration(text) !== undefined,
    'must be a duration of a year at most, such as "90s", "5m", "2h" or "1d"',
  )
export const positiveDuration = duration.refine((text) => (parseDuration(text) ?? 1) > 0, 'must be longer than nothing')
export const text = z
  .string()
  .min(1, 'must say something')
  .max(LIMITS.textLength, `must be ${LIMITS.textLength} characters at most`)
export const condition = z
  .string()
  .min(1, 'must hold a condition')
  .max(LIMITS.conditionLength, `must be ${LIMITS.conditionLength} characters at most`)
export const name = z
  .string()
  .min(1, 'must not be empty')
  .max(LIMITS.nameLength, `must be ${LIMITS.nameLength} characters at most`)

/** A name that becomes a key of a record: `__proto__` and its like never do. */
export const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must begin with a letter and hold only letters, digits and “_” (64 at most)')
  .refine(
    (text) => !['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'].includes(text),
    'is a reserved word; choose another name',
  )

export const choice = z.strictObject({ id, label: name })
export type Choice = z.infer<typeof choice>

/** A zod list with a length limit and, where the items have ids, distinct ids. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).max(LIMITS.listLength, `must hold ${LIMITS.listLength} items at most`).readonly()
}

/** A list whose items carry an id: no id twice. */
export function distinct<Item extends z.ZodType<{ readonly id: string }>>(item: Item) {
  return listOf(item).superRefine((items, ctx) => {
    const seen = new Set<string>()
    items.forEach((each, index) => {
      if (seen.has(each.id))
        ctx.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: `“${each.id}” is used twice; give each its own id`,
        })
      seen.add(each.id)
    })
  })
}
