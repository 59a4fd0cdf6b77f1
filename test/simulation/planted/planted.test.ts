import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { migrated, testDatabase } from '../../driver/postgres.ts'
import { buildSimulator, checkFits } from '../build.ts'
import { changedFunction, type FunctionChange } from '../function.ts'
import { planOf, type Plan } from '../plan.ts'
import { playPlan, playSeeds } from '../run.ts'
import { shrink } from '../shrink.ts'
import type { Simulated } from '../simulate.ts'
import { caught } from './caught.ts'
import { planted, type Planted } from './planted.ts'

/** `BATON_PLANTED_ALL=1` plants all of them, as `BATON_LONG` does; otherwise two of those that are found soon, whose turn it is today. */
const isLong = process.env['BATON_LONG'] !== undefined || process.env['BATON_PLANTED_ALL'] !== undefined
const HANDFUL = 2
const SEEDS = 1_000
/** A bug that is found by so many seeds is found in seconds. */
const SOON = 8
const DAY = 86_400_000
const today = Math.floor(Date.now() / DAY)
const quick = planted.filter(({ name }) => (caught[name]?.seed ?? Infinity) <= SOON)
const database = testDatabase()
const turn = isLong ? planted : Array.from({ length: HANDFUL }, (_, index) => at(today * HANDFUL + index))

describe('Bugs that were planted by hand', () => {
  test('are forty at least, of different names, and each fits the source as it is', async () => {
    expect(planted.length).toBeGreaterThanOrEqual(40)
    expect(new Set(planted.map(({ name }) => name)).size).toBe(planted.length)
    for (const bug of planted) if (!('sql' in bug.in)) await checkFits(bug.in)
    const misfits = await misfitsIn(planted.flatMap(({ in: where }) => ('sql' in where ? [where] : [])))
    expect(misfits).toEqual([])
  })

  test('of which it is written by which seed and law they were found are still planted', () => {
    expect(planted.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(caught)))
  })

  test.for(turn.map((bug) => [bug.name, bug] as const))(
    'are found by the simulation: %s',
    { timeout: 600_000 },
    async ([name, bug]) => {
      const { found } = await findBug(bug)
      console.log(`${name}: seed ${found?.seed}, ${found?.violation?.law}`)
      expect(found?.violation, bug.breaks).toBeDefined()
    },
  )

  test.runIf(isLong)(
    'leave a history that is made smaller, and breaks the same law',
    { timeout: 1_800_000 },
    async () => {
      const { program, found } = await findBug(named('a bot’s answer has no key'))
      const whole = planOf(found?.seed ?? 0)
      const law = found?.violation?.law
      const small = await shrink(whole, async (plan) => (await playPlan(program, plan)).violation?.law === law)
      console.log(`${law}: ${JSON.stringify(whole)}\n  became ${JSON.stringify(small)}`)
      const played = await playPlan(program, small)
      expect(played.violation?.law).toBe(law)
      expect(played.steps).toBeLessThan(found?.steps ?? 0)
      expect(faultsIn(small)).toBeLessThan(faultsIn(whole))
    },
  )
})

/** Plays the seed by which it was found when that was measured; where what has changed since hides it there, all from the first on. */
async function findBug(bug: Planted): Promise<{ readonly program: string; readonly found: Simulated | undefined }> {
  const changes = 'sql' in bug.in ? { source: [], planted: [bug.in] } : { source: [bug.in], planted: [] }
  const program = await buildSimulator(`planted-${planted.indexOf(bug)}`, changes.source)
  const options = { stopAtViolation: true, planted: changes.planted }
  const seed = caught[bug.name]?.seed
  if (seed !== undefined) {
    const [found] = await playSeeds(program, { first: seed, last: seed }, options)
    if (found?.violation) return { program, found }
  }
  const played = await playSeeds(program, { first: 1, last: SEEDS }, options)
  return { program, found: played.at(-1) }
}

/** Those that do not stand in their function once. */
async function misfitsIn(changes: readonly FunctionChange[]): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: await migrated(database.url) })
  await client.connect()
  try {
    const parts = changes.map(async (change) =>
      (await changedFunction(client, change)) === undefined ? [`${change.sql}: ${change.find}`] : [],
    )
    return (await Promise.all(parts)).flat()
  } finally {
    await client.end()
  }
}

function faultsIn({ faults }: Plan): number {
  return Object.values(faults).reduce((sum, often) => sum + often, 0)
}

function at(index: number): Planted {
  return named(quick[index % quick.length]?.name ?? '')
}

function named(wanted: string): Planted {
  const bug = planted.find(({ name }) => name === wanted)
  if (!bug) throw new Error(`No bug is planted of the name “${wanted}”.`)
  return bug
}
