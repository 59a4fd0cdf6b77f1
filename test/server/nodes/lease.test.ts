import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '#server/store/migrate.ts'
import { textOfProcess } from '#server/store/node-process.ts'
import { joinNodes, LEASE, type NodeLease } from '#server/store/nodes.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import type { Timing } from '#server/store/rounds.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { keptLog } from '../effects/kept-log.ts'

const database = testDatabase()
let node: Pool
beforeAll(async () => {
  node = openPool({ connectionString: database.url, max: 4 }, () => undefined)
  await migrate(node.pool)
})
afterAll(() => node.close())
beforeEach(() => node.pool.query('truncate baton.nodes'))

interface Joined {
  readonly lease: NodeLease
  /** What a node does by itself every while. */
  beat(): Promise<void>
  /** Time that passes for the node alone: it was stopped, or its machine slept. */
  sleep(milliseconds: number): void
}

async function join(): Promise<Joined> {
  const time = { now: 0 }
  let work = async (): Promise<void> => undefined
  const timing: Timing = {
    monotonic: () => time.now,
    every: (_, each) => {
      work = each
      return { async stop() {} }
    },
  }
  const lease = await joinNodes(node.pool, keptLog(), timing)
  return {
    lease,
    beat: () => work(),
    sleep: (milliseconds) => {
      time.now += milliseconds
    },
  }
}

/** Time that passes for the database: every lease is so much older. */
const passes = (milliseconds: number) =>
  node.pool.query(`update baton.nodes set live_until = live_until - $1 * interval '1 millisecond'`, [milliseconds])
const living = async () =>
  (await node.pool.query('select from baton.nodes where live_until > clock_timestamp()')).rowCount

describe('The lease of a node', () => {
  test('1. holds as long as it is moved on, and its pools are its own', async () => {
    const one = await join()
    const other = await join()
    await one.lease.claim('pool-1')
    for (let beats = 0; beats < 5; beats++) {
      one.sleep(LEASE / 2)
      await one.beat()
      expect(one.lease.held()).toBe(true)
      expect(await other.lease.giveBackDead()).toEqual([])
    }
    expect(await other.lease.living(['pool-1', 'pool-2'])).toEqual(['pool-1'])
  })

  test('2. of a node that is silent has ended for the others, who take over its pools, once', async () => {
    const silent = await join()
    const others = [await join(), await join()]
    await silent.lease.claim('pool-1')
    await silent.lease.claim('pool-2')
    await passes(LEASE)
    for (const each of others) await each.beat()
    const taken = await Promise.all(others.map(({ lease }) => lease.giveBackDead()))
    expect(taken.flat().sort()).toEqual(['pool-1', 'pool-2'])
    expect(await others[0]?.lease.living(['pool-1'])).toEqual([])
    expect(await others[0]?.lease.giveBackDead()).toEqual([])
  })

  test('3. is known to be lost by a node that wakes, before it has asked anybody', async () => {
    const { lease, sleep } = await join()
    sleep(LEASE - 1)
    expect(lease.held()).toBe(true)
    sleep(1)
    expect(lease.held()).toBe(false)
  })

  test('4. that was lost is not taken up again: the node is another one, and is told to begin anew', async () => {
    const woken = await join()
    const other = await join()
    await woken.lease.claim('pool-1')
    let anew = 0
    woken.lease.onAnew(() => anew++)
    woken.sleep(LEASE * 3)
    await passes(LEASE)
    await woken.beat()
    expect([anew, woken.lease.held()]).toEqual([1, true])
    // What it had claimed is not its own any more, though nobody has taken it over yet.
    expect(await other.lease.living(['pool-1'])).toEqual([])
    expect(await other.lease.giveBackDead()).toEqual(['pool-1'])
    await woken.lease.claim('pool-2')
    expect(await other.lease.living(['pool-1', 'pool-2'])).toEqual(['pool-2'])
  })

  test('5. that the database has given up is lost, though the node has slept for a moment only', async () => {
    const one = await join()
    let anew = 0
    one.lease.onAnew(() => anew++)
    await passes(LEASE)
    await one.beat()
    expect([anew, one.lease.held(), await living()]).toEqual([1, true, 1])
  })

  test('6. of a node that closes ends with it: nobody waits', async () => {
    const { lease } = await join()
    const other = await join()
    await lease.claim('pool-1')
    await lease.close()
    expect([lease.held(), await living()]).toEqual([false, 1])
    expect(await other.lease.giveBackDead()).toEqual(['pool-1'])
  })

  test('7. is not moved on while the database does not answer, and is taken anew when it does', async () => {
    const time = { now: 0 }
    let work = async (): Promise<void> => undefined
    let away = false
    const pool: Pick<Pool['pool'], 'query'> = Object.create(node.pool, {
      query: {
        value: (...statement: Parameters<Pool['pool']['query']>) =>
          away ? Promise.reject(new Error('away')) : node.pool.query(...statement),
      },
    })
    const lease = await joinNodes(pool, keptLog(), {
      monotonic: () => time.now,
      every: (_, each) => {
        work = each
        return { async stop() {} }
      },
    })
    away = true
    time.now += LEASE - 1
    await work()
    expect(lease.held()).toBe(true)
    time.now += 1
    await work()
    expect(lease.held()).toBe(false)
    away = false
    await work()
    expect(lease.held()).toBe(true)
  })

  test.runIf(process.platform === 'linux')(
    '8. of a node that was killed is not waited for by who starts again on its machine',
    async () => {
      const { lease } = await join()
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'])
      const killed = textOfProcess(child.pid)
      await node.pool.query(
        `insert into baton.nodes (id, host, live_until, claims) values
          ('killed', $1, clock_timestamp() + interval '1 minute', '{pool-1}'),
          ('elsewhere', $2, clock_timestamp() + interval '1 minute', '{pool-2}'),
          ('of a release before', $3, clock_timestamp() + interval '1 minute', '{pool-3}')`,
        [killed, killed.replace(/pid:\[\d+\]/, 'pid:[1]'), `host:${child.pid}`],
      )
      const pools = ['pool-1', 'pool-2', 'pool-3']
      expect((await lease.living(pools)).toSorted()).toEqual(pools)
      child.kill('SIGKILL')
      await once(child, 'exit')
      // Of a process that may be another machine's nobody knows.
      expect((await lease.living(pools)).toSorted()).toEqual(['pool-2', 'pool-3'])
    },
  )
})
