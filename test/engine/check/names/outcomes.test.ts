import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '#engine/expression/index.ts'
import { knownIn, type Case } from '#engine/check/names/cases.ts'
import { lostIn, notTrue, outcomesOf } from '#engine/check/names/outcomes.ts'
import { both, either, every, except, isNone, missing, only, type Values } from '#engine/check/names/values.ts'

type Given = number | string | boolean | null | undefined

const names = ['customer.a', 'customer.b', 'customer.c'] as const
const VALUES: readonly Given[] = [-1, 0, 1, 2, 2.5, 3, 'x', 'y', '', true, false, null, undefined]
const LITERALS = ['0', '1', '2', '2.5', '-1', '"x"', '"y"', '""', 'true', 'false', 'null']
const held: fc.Arbitrary<Given> = fc.constantFrom(...VALUES)
const literal = fc.constantFrom(...LITERALS)
const name = fc.constantFrom(...names)

const atom = fc.oneof(
  fc.tuple(name, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), literal).map((parts) => parts.join(' ')),
  fc.tuple(literal, fc.constantFrom('==', '!=', '<', '>='), name).map((parts) => parts.join(' ')),
  fc
    .tuple(name, fc.array(literal, { minLength: 1, maxLength: 3 }))
    .map(([path, items]) => `${path} in [${items.join(', ')}]`),
  name,
  name.map((path) => `has(${path})`),
  fc.tuple(name, name).map(([one, other]) => `${one} == ${other}`),
  fc.tuple(name, name).map(([one, other]) => `${one} + 1 > ${other}`),
  fc.constantFrom('true', 'false'),
)
const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    tie('any').map((side) => `!(${side})`),
    fc.tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any')).map(([one, op, other]) => `(${one} ${op} ${other})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([test, one, other]) => `((${test}) ? (${one}) : (${other}))`),
  ),
})).any

const anything = (): Values => every

/** What is held, as the set of that value alone. */
function valueOf(given: Given): Values {
  return given === undefined ? missing : (only(given) ?? every)
}

/** Whether a case admits a conversation in which the names hold these values. */
function admits({ names: cases }: Case, profile: Readonly<Record<string, Given>>): boolean {
  return [...cases].every(([path, values]) => !isNone(both(values, valueOf(profile[path]))))
}

function evaluated(source: string, profile: Readonly<Record<string, Given>>): 'yes' | 'no' | 'undecided' | undefined {
  const compiled = compileCondition(source, { variables: {} })
  if (!compiled.ok) return undefined
  const customer = Object.fromEntries(
    Object.entries(profile).flatMap(([path, value]) =>
      value === undefined ? [] : [[path.slice('customer.'.length), value]],
    ),
  )
  const { value, missing: unknown, fault } = compiled.condition.evaluate({ customer })
  return unknown !== undefined || fault !== undefined ? 'undecided' : value ? 'yes' : 'no'
}

const profiles = fc
  .tuple(held, held, held)
  .map((values): Readonly<Record<string, Given>> =>
    Object.fromEntries(names.map((path, index) => [path, values[index]])),
  )

describe('What a condition may come to', () => {
  test('1. what the engine makes of a condition is never called impossible', () => {
    fc.assert(
      fc.property(condition, profiles, (source, profile) => {
        const outcome = evaluated(source, profile)
        fc.pre(outcome !== undefined)
        const cases = outcomesOf(source, anything)[outcome ?? 'yes']
        expect(
          cases.some((each) => admits(each, profile)),
          `${source} is ${outcome} for ${JSON.stringify(profile)}`,
        ).toBe(true)
      }),
      { numRuns: 800 },
    )
  })

  test('a comparison alone comes, for each value, to the one outcome that the engine makes of it', () => {
    const atoms = ['==', '!=', '<', '<=', '>', '>='].flatMap((op) =>
      LITERALS.flatMap((each) => [`customer.a ${op} ${each}`, `${each} ${op} customer.a`]),
    )
    for (const source of [...atoms, 'customer.a', 'has(customer.a)', 'customer.a in [1, "x", null]', '!customer.a']) {
      const outcomes = outcomesOf(source, anything)
      for (const value of VALUES) {
        const outcome = evaluated(source, { 'customer.a': value })
        const isFree =
          outcome !== undefined &&
          Object.values(outcomes).some((cases) => cases.some(({ parts }: Case) => parts.size > 0))
        if (outcome === undefined || isFree) continue
        const admitted = Object.entries(outcomes)
          .filter(([, cases]) => cases.some((each: Case) => admits(each, { 'customer.a': value })))
          .map(([name]) => name)
        expect(admitted, `${source} for ${JSON.stringify(value)}`).toEqual([outcome])
      }
    }
  })

  test('2. a name that is said to be known where a condition holds, or where it does not, is known there', () => {
    fc.assert(
      fc.property(condition, profiles, (source, profile) => {
        const outcome = evaluated(source, profile)
        fc.pre(outcome !== undefined)
        const outcomes = outcomesOf(source, anything)
        const known = knownIn(outcome === 'yes' ? outcomes.yes : notTrue(outcomes))
        for (const path of known ?? []) expect(profile[path] ?? null, `${path} in ${source}`).not.toBeNull()
      }),
      { numRuns: 800 },
    )
  })

  test.each([
    ['vars.a > 5 && vars.a < 3'],
    ['vars.a == "x" && vars.a == "y"'],
    ['vars.a > 5 && !has(vars.a)'],
    ['!(vars.a > 5 || vars.a <= 5) && vars.a == 2'],
    ['vars.a in ["x", "y"] && vars.a == "z"'],
    ['nlu.confidence > 1 && false'],
    ['vars.a && !vars.a'],
    ['vars.a.size() > 2 && !(vars.a.size() > 2)'],
    ['5 < vars.a && vars.a < 5'],
  ])('3. %s is proved to be true for nobody', (source) => {
    expect(outcomesOf(source, anything).yes).toEqual([])
  })

  test.each([
    ['vars.a > 5 || vars.a <= 5'],
    ['vars.a != "x"'],
    ['!(vars.a == 1)'],
    ['vars.a == null'],
    ['vars.a > 5 && vars.b < 3'],
    ['vars.a.size() > 2 && !(vars.a.size() > 3)'],
  ])('%s is true for somebody, and not for everybody', (source) => {
    const outcomes = outcomesOf(source, anything)
    expect(outcomes.yes.length).toBeGreaterThan(0)
    expect(notTrue(outcomes).length).toBeGreaterThan(0)
  })

  test('4. a value is lost where a name that it needs is not known, and only there', () => {
    const isLost = (source: string, known: readonly string[] = []) =>
      lostIn(source, (path) => (known.includes(path) ? except(either(missing, only(null) ?? missing)) : every)).length >
      0
    expect(isLost('vars.a + 1')).toBe(true)
    expect(isLost('vars.a + 1', ['vars.a'])).toBe(false)
    expect(isLost('has(vars.a) ? vars.a : 1')).toBe(false)
    expect(isLost('has(vars.a) ? 1 : vars.a')).toBe(true)
    expect(isLost('null')).toBe(true)
    expect(isLost('"gold"')).toBe(false)
  })
})

describe('A set of values', () => {
  const set: fc.Arbitrary<Values> = fc.letrec<{ set: Values }>((tie) => ({
    set: fc.oneof(
      { maxDepth: 3 },
      held.map(valueOf),
      fc.tuple(tie('set'), tie('set')).map(([one, other]) => both(one, other)),
      fc.tuple(tie('set'), tie('set')).map(([one, other]) => either(one, other)),
      tie('set').map(except),
    ),
  })).set
  const has = (values: Values, given: Given): boolean => !isNone(both(values, valueOf(given)))

  test('5. both, either and except are exact', () => {
    fc.assert(
      fc.property(set, set, held, (one, other, given) => {
        expect(has(both(one, other), given)).toBe(has(one, given) && has(other, given))
        expect(has(either(one, other), given)).toBe(has(one, given) || has(other, given))
        expect(has(except(one), given)).toBe(!has(one, given))
      }),
    )
  })
})
