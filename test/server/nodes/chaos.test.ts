/**
 * Three servers under load, and what befalls them: killed, stopped and woken, replaced in order, the database killed.
 * `npm test` plays each once, `BATON_LONG` for 15 minutes in a random order; `BATON_CHAOS_SEED` sets which.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '../crash/audit.ts'
import { chance } from '../crash/chance.ts'
import { startCrowd } from '../crash/crowd.ts'
import { startCluster, type Cluster } from './cluster.ts'

const LONG = process.env['BATON_LONG'] !== undefined
const SEED = Number(process.env['BATON_CHAOS_SEED'] ?? 2_208)
const NODES = 3
const CALLERS = LONG ? 32 : 16
const MINUTES = LONG ? Number(process.env['BATON_CHAOS_MINUTES'] ?? 15) : 0
/** Between two blows, in milliseconds. */
const PEACE = { least: 500, more: 2_500 }
/** What is taken over later is as good as lost to whoever waits. */
const TAKEOVER = 15_000

let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster(NODES)
}, 120_000)
afterAll(() => cluster.close(), 60_000)

const takeovers: number[] = []
const all = Array.from({ length: NODES }, (_, node) => node)
const others = (node: number): readonly number[] => all.filter((each) => each !== node)

type Blow = (node: number) => Promise<void>

const killed: Blow = async (node) => {
  takeovers.push(await cluster.kill(node))
  await cluster.start(node)
}
const stopped: Blow = async (node) => {
  takeovers.push(await cluster.freeze(node))
  await cluster.wake(node)
}
const killedWhileAnotherIsStopped: Blow = async (node) => {
  await Promise.all([killed(node), stopped((node + 1) % NODES)])
}
const stoppedWhilePostgresCrashes: Blow = async (node) => {
  const silent = cluster.freeze(node)
  await cluster.crashPostgres(others(node))
  takeovers.push(await silent)
  await cluster.wake(node)
}
const replaced: Blow = (node) => cluster.replace(node)
const postgresCrashed: Blow = () => cluster.crashPostgres(all)

const short = [killedWhileAnotherIsStopped, postgresCrashed, replaced]
const blows = [...short, killed, stopped, stoppedWhilePostgresCrashes]

test(
  'whatever befalls one of three servers or their database, nothing acknowledged and no deadline is lost or doubled',
  async () => {
    const draw = chance(SEED)
    const target = chance(SEED + 1)
    const peace = () => new Promise((resolve) => setTimeout(resolve, PEACE.least + draw() * PEACE.more))
    const crowd = startCrowd(() => cluster.urls[Math.floor(target() * NODES)] ?? '', CALLERS, SEED)
    const until = performance.now() + MINUTES * 60_000
    let blow = 0
    while (blow < short.length || performance.now() < until) {
      const strike = LONG ? blows[Math.floor(draw() * blows.length)] : short[blow]
      await peace()
      await strike?.(Math.floor(draw() * NODES))
      blow++
    }
    const ledger = await crowd.finish()
    const { faults, conversations, acknowledged, deadlines } = await audit(cluster.urls[0] ?? '', ledger)
    const latest = Math.max(...deadlines.map(({ due, at }) => at - due)) / 1_000
    const slowest = Math.max(...takeovers) / 1_000
    console.log(
      `figure chaos violations: ${faults.length} (seed ${SEED}, ${blow} blows, ${conversations} conversations, ` +
        `${acknowledged} acknowledged events, ${deadlines.length} deadlines, the latest ${latest.toFixed(1)} s late, ` +
        `${ledger.again} requests sent again)`,
    )
    console.log(`figure takeover: ${slowest.toFixed(1)} (${takeovers.length} servers killed or stopped)`)
    expect(cluster.lastWords()).toEqual([])
    expect(faults).toEqual([])
    expect(acknowledged).toBeGreaterThan(CALLERS * blow)
    expect(slowest * 1_000).toBeLessThan(TAKEOVER)
  },
  (MINUTES + 5) * 60_000,
)
