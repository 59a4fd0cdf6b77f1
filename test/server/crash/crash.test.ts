/**
 * kill -9 at random moments under load. `npm test` runs a few; `npm run test:crash` runs 60 of each. `BATON_CRASHES`
 * sets how many, `BATON_CRASH_SEED` which moments.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { chance } from './chance.ts'
import { startCrowd } from './crowd.ts'
import { setStage, type Stage } from './stage.ts'

const CRASHES = Number(process.env['BATON_CRASHES'] ?? 3)
const SEED = Number(process.env['BATON_CRASH_SEED'] ?? 20_260)
const CALLERS = 32
/** Between two crashes, in milliseconds. */
const PEACE = { least: 200, more: 1_300 }
const TIME = 60_000 + CRASHES * 15_000

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

describe.sequential(`kill -9 at ${CRASHES} random moments under load`, () => {
  test(
    'Law 1: of the server, nothing acknowledged and no deadline is lost, doubled or early; it starts without a hand',
    async () => {
      await survive('the server', SEED, () => stage.crashServer())
    },
    TIME,
  )

  test(
    'Law 2: of PostgreSQL, nothing acknowledged and no deadline is lost, doubled or early; it comes back by itself',
    async () => {
      await survive('PostgreSQL', SEED + 1, () => stage.crashPostgres())
    },
    TIME,
  )
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
  const checked = `${conversations} conversations, ${acknowledged} acknowledged events, ${deadlines} deadlines`
  console.log(
    `${CRASHES} kills of ${what}: ${checked} (${latest} ms late at most), ${ledger.again} requests sent again`,
  )
  expect(faults).toEqual([])
  expect(acknowledged).toBeGreaterThan(CRASHES * CALLERS)
  expect(deadlines).toBeGreaterThan(CRASHES)
}
