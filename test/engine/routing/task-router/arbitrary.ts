/**
 * Random TaskRouter workflows, each with its own meaning: beside every expression stands the function that says for
 * which tasks it holds, written from TaskRouter's documentation and not from what reads the expression.
 */
import fc from 'fast-check'

export type Value = string | number | boolean | null | readonly string[] | { readonly state?: string }
export type Task = Readonly<Record<string, Value>>

export interface Meant {
  readonly source: string
  readonly holds: (task: Task) => boolean
}

const TEXTS = ['ticket', 'lead', 'it’s "so"', '']
const NUMBERS = [-1, 0, 2.5, 10]

/** Attributes as the expressions below compare them; a task may lack any, or hold null. */
export const tasks: fc.Arbitrary<Task> = fc.record(
  {
    type: fc.constantFrom(...TEXTS, null),
    topic: fc.constantFrom(...TEXTS, null),
    amount: fc.constantFrom(...NUMBERS, null),
    limit: fc.constantFrom(...NUMBERS, null),
    vip: fc.constantFrom(true, false, null),
    tags: fc.constantFrom([], ['ticket'], ['lead', ''], null),
    order: fc.constantFrom({}, { state: 'ticket' }, { state: 'lead' }, null),
  },
  { requiredKeys: [] },
)

const text = fc.constantFrom(...TEXTS)
const number = fc.constantFrom(...NUMBERS)
const texts = fc.array(text, { maxLength: 3 })

/** A comparison of two things, each with what it is for a task. */
function compared(left: Side, operator: string, right: Side, holds: (left: unknown, right: unknown) => boolean): Meant {
  return {
    source: `${left.written} ${operator} ${right.written}`,
    holds: (task) => holds(left.of(task), right.of(task)),
  }
}

interface Side {
  readonly written: string
  readonly of: (task: Task) => unknown
}

const attribute = (name: string, prefix = ''): Side => ({
  written: `${prefix}${name}`,
  of: (task) => task[name] ?? null,
})
const state: Side = { written: 'order.state', of: ({ order }) => (isOrder(order) ? (order.state ?? null) : null) }
const constant = (value: string | number | boolean | null): Side => ({ written: quoted(value), of: () => value })
const list = (values: readonly string[]): Side => ({ written: `[${values.map(quoted).join(',')}]`, of: () => values })

const textSide = fc.oneof(fc.constantFrom(attribute('type'), attribute('topic', 'task.'), state), text.map(constant))
const numberSide = fc.oneof(fc.constantFrom(attribute('amount'), attribute('limit', 'task.')), number.map(constant))
const listSide = fc.oneof(fc.constant(attribute('tags')), texts.map(list))

const equals: fc.Arbitrary<Meant> = fc
  .tuple(
    fc.oneof(
      fc.tuple(textSide, textSide),
      fc.tuple(numberSide, numberSide),
      fc.tuple(fc.constant(attribute('vip')), fc.boolean().map(constant)),
      fc.tuple(fc.constantFrom(attribute('type'), attribute('amount'), state), fc.constant(constant(null))),
    ),
    fc.boolean(),
  )
  .map(([[left, right], isEqual]) => compared(left, isEqual ? '==' : '!=', right, (a, b) => (a === b) === isEqual))

const orders = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
} as const

const ordered: fc.Arbitrary<Meant> = fc
  .tuple(numberSide, fc.constantFrom('<', '<=', '>', '>=' as const), numberSide)
  .map(([left, operator, right]) =>
    compared(left, operator, right, (a, b) => typeof a === 'number' && typeof b === 'number' && orders[operator](a, b)),
  )

const contains: fc.Arbitrary<Meant> = fc
  .tuple(textSide, text)
  .map(([left, part]) => compared(left, 'contains', constant(part), (a) => typeof a === 'string' && a.includes(part)))

const member: fc.Arbitrary<Meant> = fc
  .tuple(fc.constantFrom('HAS', 'IN', 'NOT IN', 'not in'), textSide, listSide)
  .map(([operator, item, items]) => {
    const isIn = (one: unknown, all: unknown) => Array.isArray(all) && all.includes(one)
    if (operator === 'HAS') return compared(items, 'HAS', item, (all, one) => isIn(one, all))
    if (operator === 'IN') return compared(item, 'IN', items, isIn)
    return compared(item, operator, items, (one, all) => Array.isArray(all) && !all.includes(one))
  })

const always = fc.constantFrom<Meant>({ source: '1==1', holds: () => true }, { source: '1 == 0', holds: () => false })

/** Expressions with their meaning, up to three levels deep. */
export const expressions: fc.Arbitrary<Meant> = fc.letrec<{ whole: Meant; part: Meant }>((tie) => ({
  part: fc.oneof(
    { weight: 8, arbitrary: fc.oneof(equals, ordered, contains, member) },
    { weight: 1, arbitrary: always },
  ),
  whole: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('part'),
    joined('AND', tie('whole')),
    joined('or', tie('whole')),
  ),
})).whole

function joined(operator: 'AND' | 'or', part: fc.Arbitrary<Meant>): fc.Arbitrary<Meant> {
  return fc.array(part, { minLength: 2, maxLength: 3 }).map((parts) => ({
    source: parts.map(({ source }) => `(${source})`).join(` ${operator} `),
    holds: (task) =>
      operator === 'AND' ? parts.every(({ holds }) => holds(task)) : parts.some(({ holds }) => holds(task)),
  }))
}

export interface RandomTarget {
  readonly queue?: string
  readonly priority?: number
  readonly timeout?: number
  readonly skip_if?: string
  readonly expression?: string
}

export interface RandomFilter {
  readonly matches: Meant
  readonly targets: readonly RandomTarget[]
}

export interface RandomWorkflow {
  readonly filters: readonly RandomFilter[]
  readonly otherwise: string | null
}

export const QUEUES = ['WQsales', 'WQsupport', 'Everyone (all)']

const workers = [
  'worker.skills HAS "es"',
  'worker.routing.levels.es >= 3',
  'worker.routing.levels.es > 4 AND worker.skills HAS "vip"',
  '"vip" IN worker.skills',
  'worker.department == "billing"',
  '1==1',
  "worker.languages HAS 'es'",
]

const queue = fc.constantFrom(...QUEUES)
const target = fc.record(
  {
    queue,
    priority: fc.constantFrom(0, 10, 50),
    timeout: fc.constantFrom(10, 30, 90),
    skip_if: fc.constantFrom('workers.available == 0', '1==0'),
    expression: fc.constantFrom(...workers),
  },
  { requiredKeys: [] },
)

export const workflows: fc.Arbitrary<RandomWorkflow> = fc
  .record({
    filters: fc.array(
      fc.record({
        matches: expressions,
        targets: fc
          .tuple(queue, fc.array(target, { minLength: 1, maxLength: 4 }))
          .map(([first, targets]) => targets.map((each, index) => (index === 0 ? { queue: first, ...each } : each))),
      }),
      { maxLength: 4 },
    ),
    otherwise: fc.option(queue),
  })
  .filter(({ filters, otherwise }) => filters.length > 0 || otherwise !== null)

/** The document as TaskRouter keeps it. */
export function documentOf({ filters, otherwise }: RandomWorkflow) {
  return {
    task_routing: {
      filters: filters.map(({ matches, targets }) => ({ expression: matches.source, targets })),
      ...(otherwise === null ? {} : { default_filter: { queue: otherwise } }),
    },
  }
}

function quoted(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value)
  return value.includes('"') ? `'${value.replaceAll("'", "\\'")}'` : `"${value}"`
}

function isOrder(value: unknown): value is { readonly state?: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
