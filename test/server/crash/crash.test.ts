/**
 * kill -9 at random moments under load. `npm test` runs a few; `npm run test:crash` runs 60 of each. `BATON_CRASHES` sets how
 * many, `BATON_CRASH_SEED` which moments.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { chance } from './chance.ts'
import { startCrowd } from './crowd.ts'
import { setStage, type Stage } from './stage.ts'

const CRASHES = Number(process.env['BATON_CRASHES'] ?? 3)
const SEED = Number(process.env['BATON_CRASH_SEED'] ?? 20_260)
const CALLERS = 12
/** Between two crashes, in milliseconds. */
const PEACE = { least: 200, more: 1_300 }
const TIME = 60_000 + CRASHES * 15_000

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

describe.sequential(`kill -9 at ${CRASHES} random moments under load`, () => {
  test('of the server: what was acknowledged is there once, deadlines come once and never early, and the next start needs no hand', async () => {
    await survive('server', SEED, () => stage.crashServer())
  }, TIME)

  test('of PostgreSQL: what was acknowledged is there once, deadlines come once and never early, and it comes back by itself', async () => {
    await survive('PostgreSQL', SEED + 1, () => stage.crashPostgres())
  }, TIME)
})

async function survive(what: string, seed: number, crash: () => Promise<void>): Promise<void> {
  const draw = chance(seed)
  const crowd = startCrowd(stage.url, CALLERS, seed)
  for (let crashes = 0; crashes < CRASHES; crashes++) {
    await new Promise((resolve) => setTimeout(resolve, PEACE.least + draw() * PEACE.more))
    await crash()
  }
  const ledger = await crowd.finish()
  const { faults, conversations, acknowledged, deadlines, latest } = await audit(stage.url, ledger)
  console.log(`${CRASHES} kills of the ${what}: ${conversations} conversations, ${acknowledged} acknowledged events, ${deadlines} deadlines (${latest} ms late at most), ${ledger.again} requests sent again`)
  expect(faults).toEqual([])
  expect(acknowledged).toBeGreaterThan(CRASHES * CALLERS)
  expect(deadlines).toBeGreaterThan(CRASHES)
}
