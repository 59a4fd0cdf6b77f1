import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  addOpenMillis,
  isOpen,
  localToInstant,
  nextClosing,
  nextOpening,
  openMillisBetween,
  schedule,
  type Schedule,
} from '#engine/hours/index.ts'
import generated from './vectors/generated.json' with { type: 'json' }
import library from './vectors/library.json' with { type: 'json' }

const instant = z.string()
const vector = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('is_open'), input: instant, expected: z.boolean() }),
    z.object({ op: z.literal('next_open'), input: instant, expected: instant }),
    z.object({
      op: z.literal('next_close'),
      input: instant,
      expected: instant.nullable(),
      printed: instant.optional(),
    }),
    z.object({ op: z.literal('open_seconds_between'), input: z.tuple([instant, instant]), expected: z.number() }),
    z.object({ op: z.literal('add_open_seconds'), input: z.tuple([instant, z.number()]), expected: instant }),
    z.object({ op: z.literal('local_to_instant'), input: instant, expected: instant }),
  ])
  .and(z.object({ id: z.string(), schedule: z.string() }))
type Vector = z.infer<typeof vector>

const sets = z.object({ schedules: z.record(z.string(), schedule), vectors: z.array(vector) })

describe.each([
  { name: 'figures of other libraries', set: sets.parse(library), count: 38 },
  { name: 'figures around both changes of clocks', set: sets.parse(generated), count: 520 },
])('business hours: $name', ({ set, count }) => {
  it(`are ${count}`, () => expect(set.vectors).toHaveLength(count))

  it.each(set.vectors)('$id: $op of $input is $expected', (row) => {
    const hours = set.schedules[row.schedule]
    expect.assert(hours !== undefined)
    expect(answer(row, hours)).toEqual(row.expected)
  })
})

describe('business hours that never close', () => {
  const set = sets.parse(generated)
  const rows = set.vectors.filter((row) => row.op === 'next_close' && row.printed !== undefined)

  it('are asked for in eight rows', () => expect(rows).toHaveLength(8))

  it.each(rows)('$id: are open at the instant where the computation stopped looking', (row) => {
    const hours = set.schedules[row.schedule]
    expect.assert(hours !== undefined && row.op === 'next_close' && row.printed !== undefined)
    expect(isOpen(hours, Date.parse(row.printed))).toBe(true)
  })
})

const shared = new URL('../../../../shared/data/', import.meta.url)
describe.runIf(existsSync(shared))('the kept figures', () => {
  const read = (file: string) => readFileSync(new URL(file, shared), 'utf8')
  const figure = z.object({ id: z.string(), op: z.string(), input: z.unknown(), expected: z.unknown() })

  it('are those they were copied from', () => {
    const copied = z.object({ vectors: z.array(figure) }).parse(JSON.parse(read('business_hours_library_vectors.json')))
    expect(z.array(figure).parse(library.vectors)).toEqual(copied.vectors)
  })

  it('are those they were generated as', () => {
    const lines = read('business_hours_generated_vectors.jsonl').trim().split('\n')
    const rows = lines.map((line) => figure.parse(JSON.parse(line)))
    const printed = generated.vectors.map((row) => ('printed' in row ? { ...row, expected: row.printed } : row))
    expect(z.array(figure).parse(printed)).toEqual(rows)
  })
})

function answer(row: Vector, hours: Schedule): boolean | number | string | null {
  switch (row.op) {
    case 'is_open':
      return isOpen(hours, Date.parse(row.input))
    case 'next_open':
      return told(nextOpening(hours, Date.parse(row.input)))
    case 'next_close':
      return told(nextClosing(hours, Date.parse(row.input)))
    case 'open_seconds_between':
      return openMillisBetween(hours, Date.parse(row.input[0]), Date.parse(row.input[1])) / 1000
    case 'add_open_seconds':
      return told(addOpenMillis(hours, Date.parse(row.input[0]), row.input[1] * 1000))
    case 'local_to_instant':
      return told(localToInstant(hours.timezone, row.input))
    default:
      return row satisfies never
  }
}

function told(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z')
}
