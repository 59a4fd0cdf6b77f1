/**
 * kill -9 at random moments under load. `npm test` runs a few of each, `npm run test:long -- crash` 300 of the server
 * and 100 of PostgreSQL. `BATON_CRASHES` sets how many of each, `BATON_CRASH_SEED` which moments.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { chance } from './chance.ts'
import { startCrowd } from './crowd.ts'
import { setStage, type Stage } from './stage.ts'

const LONG = process.env['BATON_LONG'] !== undefined
const ASKED = process.env['BATON_CRASHES']
const OF_SERVER = Number(ASKED ?? (LONG ? 300 : 3))
const OF_POSTGRES = Number(ASKED ?? (LONG ? 100 : 3))
const SEED = Number(process.env['BATON_CRASH_SEED'] ?? 20_260)
const CALLERS = 32
/** Between two crashes, in milliseconds. */
const PEACE = { least: 100, more: 1_000 }
const time = (crashes: number): number => 120_000 + crashes * 15_000

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.close())

describe.sequential('kill -9 at random moments under load', () => {
  test(
    'Law 1: of the server, nothing acknowledged and no deadline is lost, doubled or early; it starts without a hand',
    async () => {
      await survive('the server', OF_SERVER, SEED, () => stage.crashServer())
    },
    time(OF_SERVER),
  )

  test(
    'Law 2: of PostgreSQL, nothing acknowledged and no deadline is lost, doubled or early; it comes back by itself',
    async () => {
      await survive('PostgreSQL', OF_POSTGRES, SEED + 1, () => stage.crashPostgres())
    },
    time(OF_POSTGRES),
  )
})

async function survive(what: string, crashes: number, seed: number, crash: () => Promise<void>): Promise<void> {
  const draw = chance(seed)
  const crowd = startCrowd(stage.url, CALLERS, seed)
  for (let done = 0; done < crashes; done++) {
    await new Promise((resolve) => setTimeout(resolve, PEACE.least + draw() * PEACE.more))
    await crash()
  }
  const ledger = await crowd.finish()
  const { faults, conversations, acknowledged, files, editions, deadlines } = await audit(stage.url, ledger)
  const checked = `${conversations} conversations, ${acknowledged} acknowledged events, ${files} files`
  console.log(`figure kills of ${what}: ${crashes} (seed ${seed}, ${ledger.again} requests sent again)`)
  console.log(
    `figure lost or doubled by kills of ${what}: ${faults.length} (${checked}, ${deadlines.length} deadlines, ${editions} versions of the flow)`,
  )
  expect(faults).toEqual([])
  expect(acknowledged).toBeGreaterThan(crashes * CALLERS)
  expect(deadlines.length).toBeGreaterThan(crashes)
}
