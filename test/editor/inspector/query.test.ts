import fc from 'fast-check'
import type { RuleGroupType, RuleType } from 'react-querybuilder'
import { describe, expect, test } from 'vitest'
import { readQuery, writeQuery } from '#editor/inspector/condition/query.ts'
import { relations } from '#editor/inspector/condition/relations.ts'
import { compileCondition } from '#engine/expression/index.ts'

describe('A condition as a drawing', () => {
  const drawable = [
    'customer.tier == "vip"',
    'vars.amount > 500 && customer.tier != "vip"',
    'has(customer.limit) && vars.amount > customer.limit',
    '!has(customer.limit)',
    'hours.open',
    '!hours.open',
    '(a.b == 1 && c.d == 2) || e.f',
    '!(a.b == 1 || c.d == 2)',
    'customer.country in ["DE", "AT"]',
    '!(customer.country in ["DE", "AT"])',
    '"gold" in customer.tags',
    'nlu.intent.startsWith("re")',
    '!customer.email.endsWith("@example.com")',
    'value > -5',
    '',
  ]
  for (const source of drawable) {
    test(`${source || 'nothing'} is drawn, and written the same again`, () => {
      const query = readQuery(source)
      expect(query && writeQuery(query)).toBe(source)
    })
  }

  const tooRich = [
    'size(customer.name) > 3',
    'vars.amount * 2 > 10',
    'a ? b : c',
    'customer["tier"] == "x"',
    '[1, 2].exists(x, x > 1)',
    'customer.tier == null',
    'vars.amount >',
    '"a" == "a"',
  ]
  for (const source of tooRich) {
    test(`${source} is left to those who write, never drawn in part`, () => {
      expect(readQuery(source)).toBeUndefined()
    })
  }

  test('law 1: a drawing means what was written, whatever is known of the conversation', () => {
    fc.assert(
      fc.property(sources, scopes, (source, customer) => {
        const query = readQuery(source)
        if (query === undefined) return
        expect(held(writeQuery(query), customer)).toBe(held(source, customer))
      }),
      { numRuns: 400 },
    )
  })

  test('law 2: written, drawn and written again, a query is the same text', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const text = writeQuery(query)
        const again = readQuery(text)
        expect(again && writeQuery(again)).toBe(text)
      }),
      { numRuns: 400 },
    )
  })
})

function held(source: string, customer: object): boolean {
  const compiled = compileCondition(source, { variables: {} })
  return compiled.ok && compiled.condition.evaluate({ customer }).value
}

const names = fc.constantFrom('customer.a', 'customer.b', 'customer.c')
const literals = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.string({ maxLength: 6 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
)
const rules: fc.Arbitrary<RuleType> = fc
  .record({
    relation: fc.constantFrom(...relations),
    field: names,
    value: literals,
    values: fc.array(literals, { minLength: 1, maxLength: 3 }),
  })
  .map(({ relation, field, value, values }) => ({
    field,
    operator: relation.name,
    value: relation.form === 'among' ? values : value,
    valueSource: 'value',
  }))
const queries: fc.Arbitrary<RuleGroupType> = fc.letrec<{ group: RuleGroupType; part: RuleGroupType | RuleType }>(
  (tie) => ({
    part: fc.oneof({ maxDepth: 3, withCrossShrink: true }, rules, tie('group')),
    group: fc.record({
      combinator: fc.constantFrom('and', 'or'),
      not: fc.boolean(),
      rules: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
    }),
  }),
).group

const atoms = fc.constantFrom(
  'customer.a == 1',
  'customer.b',
  '!customer.c',
  'has(customer.a)',
  '!has(customer.b)',
  'customer.a != customer.b',
  'customer.c.contains("x")',
  '!(customer.a in [1, 2])',
)
const sources: fc.Arbitrary<string> = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atoms,
    fc
      .tuple(tie('source'), fc.constantFrom('&&', '||'), tie('source'))
      .map(([left, op, right]) => `(${left}) ${op} ${right}`),
    tie('source').map((source) => `!(${source})`),
  ),
})).source
const scopes = fc.record(
  { a: fc.constantFrom(1, 2, 'x'), b: fc.boolean(), c: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
)
