import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '#engine/expression/index.ts'
import { satisfy } from '#engine/explore/satisfy.ts'

function condition(source: string) {
  const compiled = compileCondition(source, { variables: { amount: { type: 'number' } } })
  if (!compiled.ok) throw new Error(`${source}: ${compiled.faults.map((each) => each.message).join()}`)
  return compiled.condition
}

const found = (source: string, comesTo = true) => {
  const known = satisfy([{ condition: condition(source), comesTo }])
  return known && Object.fromEntries(known)
}

describe('What must be known for a condition to hold', () => {
  test('is nothing, where it holds anyway', () => {
    expect(found('1 < 2')).toEqual({})
    expect(found('customer.tier == "gold"', false)).toEqual({})
  })

  test('is what the condition names', () => {
    expect(found('customer.tier == "gold"')).toEqual({ 'customer.tier': 'gold' })
    expect(found('customer.tier in ["gold", "platinum"]')).toEqual({ 'customer.tier': 'gold' })
  })

  test('is a little more or a little less than a figure of it', () => {
    expect(found('vars.amount > 1000')).toEqual({ 'vars.amount': 1001 })
    expect(found('vars.amount < 1000 && vars.amount >= 999')).toEqual({ 'vars.amount': 999 })
  })

  test('is something known, where the condition only wants to know', () => {
    expect(found('has(customer.name)')).toMatchObject({ 'customer.name': expect.anything() })
  })

  test('is not made up where nothing would do', () => {
    expect(found('vars.amount > 10 && vars.amount < 5')).toBeUndefined()
  })

  test('keeps what is known already', () => {
    const known = satisfy(
      [{ condition: condition('customer.tier == "gold" && vars.amount > 5'), comesTo: true }],
      new Map([['vars.amount', 7]]),
    )
    expect(Object.fromEntries(known ?? [])).toEqual({ 'vars.amount': 7, 'customer.tier': 'gold' })
  })

  test('law: what is found makes every condition come out as it was wanted', () => {
    const path = fc.constantFrom('customer.tier', 'customer.age', 'vars.amount')
    const atom = fc
      .oneof(
        fc.tuple(
          fc.constantFrom('customer.tier', 'customer.city'),
          fc.constantFrom('==', '!='),
          fc.constantFrom('"gold"', '"lead"'),
        ),
        fc.tuple(
          fc.constantFrom('customer.age', 'vars.amount'),
          fc.constantFrom('<', '<=', '>', '>=', '=='),
          fc.constantFrom('0', '18', '1000'),
        ),
      )
      .map((parts) => parts.join(' '))
    const source = fc.oneof(
      atom,
      fc.tuple(atom, fc.constantFrom('&&', '||'), atom).map((parts) => parts.join(' ')),
      path.map((each) => `has(${each})`),
      atom.map((each) => `!(${each})`),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(source, fc.boolean()), { minLength: 1, maxLength: 3 }), (all) => {
        const wanted = all.map(([text, comesTo]) => ({ condition: condition(text), comesTo }))
        const known = satisfy(wanted)
        if (known === undefined) return
        const scope = { customer: {} as Record<string, unknown>, vars: {} as Record<string, unknown> }
        for (const [place, value] of known) {
          const [namespace, name = ''] = place.split('.')
          if (namespace === 'customer' || namespace === 'vars') scope[namespace][name] = value
        }
        for (const { condition, comesTo } of wanted) expect(condition.evaluate(scope).value).toBe(comesTo)
      }),
      { numRuns: 150 },
    )
  })
})
