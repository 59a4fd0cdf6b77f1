import { describe, expect, test } from 'vitest'
import { noFaults, planOf, type Plan } from './plan.ts'
import { shrink } from './shrink.ts'

/** A plan of which much can be left out. */
const large: Plan = {
  ...planOf(1),
  nodes: 3,
  customers: 17,
  agents: 4,
  turns: 12,
  length: 12_000,
  flow: 'travel',
  calm: true,
  followers: 3,
  faults: { ...planOf(1).faults, crashes: 3, lost: 0.05, leaps: 2, poison: 1 },
}

describe('A plan that breaks a law', () => {
  test('is left with what it breaks it by, and nothing else', async () => {
    const small = await shrink(large, async ({ customers, faults }) => customers > 2 && faults.lost > 0, 200)
    expect(small).toMatchObject({
      nodes: 1,
      customers: 3,
      agents: 1,
      turns: 1,
      flow: 'desk',
      calm: false,
      followers: 0,
    })
    expect(small.length).toBeLessThanOrEqual(2_000)
    expect(small.faults).toEqual({ ...noFaults, lost: 0.05 })
  })

  test('stays as it is when all of it is needed', async () => {
    expect(await shrink(large, async (plan) => plan === large)).toEqual(large)
  })

  test('is played no more often than was said', async () => {
    let played = 0
    await shrink(large, async () => ++played > 0, 7)
    expect(played).toBe(7)
  })
})
