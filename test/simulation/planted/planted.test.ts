import { describe, expect, test } from 'vitest'
import { buildSimulator, checkFits } from '../build.ts'
import { playSeeds } from '../run.ts'
import { caught } from './caught.ts'
import { planted, type Planted } from './planted.ts'

/** `BATON_PLANTED_ALL=1` plants all of them, as `BATON_LONG` does; otherwise two of those that are found soon, whose turn it is today. */
const isLong = process.env['BATON_LONG'] !== undefined || process.env['BATON_PLANTED_ALL'] !== undefined
const HANDFUL = 2
const SEEDS = 1_000
const DAY = 86_400_000
const today = Math.floor(Date.now() / DAY)
const quick = planted.filter(({ name }) => caught[name] !== undefined)
const turn = isLong ? planted : Array.from({ length: HANDFUL }, (_, index) => at(today * HANDFUL + index))

describe('Bugs that were planted by hand', () => {
  test('are forty at least, of different names, and each fits the source as it is', async () => {
    expect(planted.length).toBeGreaterThanOrEqual(40)
    expect(new Set(planted.map(({ name }) => name)).size).toBe(planted.length)
    for (const bug of planted) if (!('sql' in bug.in)) await checkFits(bug.in)
  })

  test.for(turn.map((bug) => [bug.name, bug] as const))(
    'are found by the simulation: %s',
    { timeout: 600_000 },
    async ([name, bug]) => {
      const isSql = 'sql' in bug.in
      const program = await buildSimulator(`planted-${planted.indexOf(bug)}`, 'sql' in bug.in ? [] : [bug.in])
      const played = await playSeeds(
        program,
        { first: 1, last: SEEDS },
        { stopAtViolation: true, ...(isSql && 'sql' in bug.in ? { planted: [bug.in] } : {}) },
      )
      const found = played.at(-1)
      console.log(`${name}: seed ${found?.seed}, ${found?.violation?.law}`)
      expect(found?.violation, bug.breaks).toBeDefined()
    },
  )
})

function at(index: number): Planted {
  const bug = quick[index % quick.length]
  if (!bug) throw new Error('There are no planted bugs.')
  return bug
}
