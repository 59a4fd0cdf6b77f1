/** What a kind's own schema says of one row of its form: so no default, bound or list of options is written down twice. */
import { z } from 'zod'
import type { Face, Field } from '#engine/kinds/face.ts'

export interface Shape {
  /** Where the row's value stands in the data. A row for a record of one figure (`sla`) means that figure. */
  readonly place: string
  readonly optional: boolean
  /** What holds while nothing is written. */
  readonly usual: unknown
  readonly least?: number
  readonly most?: number
  readonly whole: boolean
}

/** Rows whose type edits a record as a whole. */
const WHOLE_RECORDS: ReadonlySet<Field['type']> = new Set(['headers', 'skills', 'week', 'to', 'sla'])

export function shapeOf(kind: Face, field: Field): Shape {
  const schema = kind.data instanceof z.ZodObject ? kind.data.shape[field.path] : undefined
  if (!(schema instanceof z.ZodType)) return { place: field.path, optional: true, usual: undefined, whole: false }
  const absent = schema.safeParse(undefined)
  const inner = bare(schema)
  const only = inner instanceof z.ZodObject && !WHOLE_RECORDS.has(field.type) ? onlyKey(inner) : undefined
  return {
    place: only === undefined ? field.path : `${field.path}/${only}`,
    optional: absent.success,
    usual: absent.success ? absent.data : undefined,
    ...boundsOf(inner),
  }
}

function onlyKey(record: z.ZodObject): string | undefined {
  const keys = Object.keys(record.shape)
  return keys.length === 1 ? keys[0] : undefined
}

function boundsOf(schema: unknown): Pick<Shape, 'least' | 'most' | 'whole'> {
  if (!(schema instanceof z.ZodNumber)) return { whole: false }
  const { minValue, maxValue, format } = schema
  return {
    ...(minValue !== null && Number.isFinite(minValue) ? { least: minValue } : {}),
    ...(maxValue !== null && Number.isFinite(maxValue) ? { most: maxValue } : {}),
    whole: format === 'safeint',
  }
}

/** The schema without its “may be left out” and its default. */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap()) : schema
}
