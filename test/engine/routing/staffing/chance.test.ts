import { describe, expect, test } from 'vitest'
import { createChance } from '#engine/routing/staffing/chance.ts'

const MANY = 100_000

describe('Chance that can be had again', () => {
  test('the same seed, the same numbers; another seed, others', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createChance(seed).next)
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  test('the numbers of a seed are the same on every machine and in every release: recorded days stay what they were', () => {
    const { next, lognormal, exponential } = createChance(1)
    expect([next(), next(), next()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
    expect(lognormal(300, 0.6)).toBeCloseTo(1189.1996968313567, 6)
    expect(exponential(60)).toBeCloseTo(19.802273140163017, 6)
  })

  test('numbers are spread evenly over 0 to 1', () => {
    const { next } = createChance(1)
    const tenths = new Array<number>(10).fill(0)
    for (let drawn = 0; drawn < MANY; drawn++) {
      const tenth = Math.floor(next() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count / MANY - 0.1)).toBeLessThan(0.005)
  })

  test('times between events have the mean that was asked for, and as large a spread', () => {
    const { exponential } = createChance(2)
    const { mean, spread } = shapeOf(() => exponential(60))
    expect(mean / 60).toBeCloseTo(1, 1)
    expect(spread).toBeCloseTo(1, 1)
  })

  test('lengths of talks have the mean and the spread that were asked for', () => {
    const { lognormal } = createChance(3)
    const { mean, spread } = shapeOf(() => lognormal(300, 0.6))
    expect(mean / 300).toBeCloseTo(1, 1)
    expect(spread).toBeCloseTo(0.6, 1)
  })

  test('picks as often as the weights say, and never what weighs nothing', () => {
    const { pick } = createChance(4)
    const items = [
      { name: 'often', weight: 3 },
      { name: 'seldom', weight: 1 },
      { name: 'never', weight: 0 },
    ]
    const picked = Array.from({ length: MANY }, () => pick(items).name)
    expect(picked.filter((name) => name === 'often').length / MANY).toBeCloseTo(0.75, 2)
    expect(picked).not.toContain('never')
    expect(() => pick([])).toThrow(RangeError)
    const nothing = ['first', 'second', 'last'].map((name) => ({ name, weight: 0 }))
    expect(pick(nothing).name).toBe('last')
  })
})

function shapeOf(draw: () => number): { readonly mean: number; readonly spread: number } {
  const drawn = Array.from({ length: MANY }, draw)
  const mean = drawn.reduce((sum, each) => sum + each, 0) / MANY
  const variance = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / MANY
  return { mean, spread: Math.sqrt(variance) / mean }
}
