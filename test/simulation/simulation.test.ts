import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildSimulator } from './build.ts'
import { plan as planSchema, planOf, type Plan } from './plan.ts'
import { playOnAllCores, playPlan, playSeeds } from './run.ts'
import { shrink } from './shrink.ts'
import type { Simulated } from './simulate.ts'

/**
 * `BATON_SEED=17` plays that seed alone and tells what happened last; `BATON_SEEDS=2000` plays so many, `BATON_FIRST=8001`
 * from that one on.
 */
const only = process.env['BATON_SEED'] === undefined ? undefined : Number(process.env['BATON_SEED'])
const isLong = process.env['BATON_LONG'] !== undefined
const SEEDS = Number(process.env['BATON_SEEDS'] ?? (isLong ? 20_000 : 500))
const FIRST = Number(process.env['BATON_FIRST'] ?? 1)
/** Of all of them together. */
const EVENTS = isLong ? 100 * SEEDS : 0
const KEPT = join(import.meta.dirname, 'seeds')
const HOURS = 3_600_000
const TOLD_EVERY = 1_000

let program: string
beforeAll(async () => {
  program = await buildSimulator('plain')
})

describe.skipIf(only !== undefined)('Whatever happens to nodes, database, clocks and callers', () => {
  test(
    `every law holds after every step, in ${SEEDS} histories`,
    async () => {
      const tell = teller()
      let played = await playOnAllCores(program, { first: FIRST, last: FIRST + SEEDS - 1 }, tell)
      // Enough of them for the events as well.
      while (!played.some(({ violation }) => violation) && total(played, 'events') < EVENTS) {
        const missing = (EVENTS / total(played, 'events') - 1) * played.length
        const first = FIRST + played.length
        played = [...played, ...(await playOnAllCores(program, { first, last: first + Math.ceil(missing) }, tell))]
      }
      console.log(summary(played))
      const violated = played.filter(({ violation }) => violation)
      const [worst] = violated
      if (worst) await keep(worst)
      expect(violated.map(({ seed, violation }) => `seed ${seed}: ${violation?.law} ${violation?.message}`)).toEqual([])
    },
    isLong ? 8 * HOURS : HOURS / 2,
  )

  test('the same seed is the same history, whatever was played before it', async () => {
    const [after, alone] = await Promise.all([
      playSeeds(program, { first: 3, last: 5 }),
      playSeeds(program, { first: 5, last: 5 }),
    ])
    expect(after.at(-1)).toEqual(alone[0])
    expect(alone[0]?.events).toBeGreaterThan(0)
  })
})

describe.skipIf(only !== undefined)('A history that broke a law once', async () => {
  const files = (await readdir(KEPT)).filter((name) => name.endsWith('.json'))
  test.for(files)('does not break it again: %s', async (file) => {
    const { plan } = await readKept(file)
    expect((await playPlan(program, plan)).violation).toBeUndefined()
  })
})

describe.runIf(only !== undefined)('One seed', () => {
  test(`breaks no law: ${only}`, async () => {
    const played = await playPlan(program, planOf(only ?? 0))
    console.log([...(played.last ?? []), `events ${played.events}, steps ${played.steps}`].join('\n'))
    expect(played.violation).toBeUndefined()
  })
})

/** Tells of a seed that breaks a law at once, with how to play it again; and how far it is, now and then. */
function teller(): (each: Simulated) => void {
  const played: Simulated[] = []
  return (each) => {
    played.push(each)
    if (each.violation)
      console.log(
        `seed ${each.seed} broke ${each.violation.law}: ${each.violation.message}\n` +
          `again: BATON_SEED=${each.seed} npm run unit -- test/simulation/simulation.test.ts`,
      )
    if (played.length % TOLD_EVERY === 0) console.log(`so far ${summary(played)}`)
  }
}

/** In words that test/long/parts.ts reads. */
function summary(played: readonly Simulated[]): string {
  return (
    `${played.length} seeds, ${total(played, 'events')} events, ${total(played, 'steps')} steps, ` +
    `${total(played, 'faults')} faults, ${played.filter(({ violation }) => violation).length} violations, ` +
    `${Math.round(performance.now() / 1_000)} s`
  )
}

/** Makes it smaller and keeps it beside the others, to be played for ever. */
async function keep({ seed, violation }: Simulated): Promise<void> {
  const small = await shrink(
    planOf(seed),
    async (plan) => (await playPlan(program, plan)).violation?.law === violation?.law,
  )
  await writeFile(
    join(KEPT, `${violation?.law}-${seed}.json`),
    `${JSON.stringify({ broke: violation?.law, how: violation?.message, plan: small }, null, 2)}\n`,
  )
}

async function readKept(file: string): Promise<{ readonly plan: Plan }> {
  // What `keep` writes.
  const { plan } = JSON.parse(await readFile(join(KEPT, file), 'utf8')) as { plan: unknown }
  return { plan: planSchema.parse(plan) }
}

function total(played: readonly Simulated[], what: 'events' | 'steps' | 'faults'): number {
  return played.reduce((sum, each) => sum + each[what], 0)
}
