/** What a stopped process keeps, and how the others go on without it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { topFolder } from '#server/top-folder.ts'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'

const PROGRAM = join(import.meta.dirname, 'worker.program.ts')

interface Worker {
  readonly said: readonly Record<string, unknown>[]
  signal(name: NodeJS.Signals): void
  end(): Promise<void>
}

let database: TestDatabase
let node: Pool
const workers: Worker[] = []
beforeEach(async () => {
  database = await freshDatabase()
  node = openPool({ connectionString: database.url, max: 2 }, () => undefined)
  await migrate(node.pool)
  await node.pool.query(`insert into baton.teams (id, name, offer_for) values ('care', 'Care', 1000)`)
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end()))
  await node.close()
  await database.drop()
})

async function work(): Promise<Worker> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, database.url], {
    cwd: topFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Record<string, unknown>[] = []
  const exit = once(child, 'exit')
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)))
  const worker: Worker = {
    said,
    signal: (name) => void child.kill(name),
    async end() {
      child.kill('SIGKILL')
      await exit
    },
  }
  workers.push(worker)
  await expect.poll(() => said).toContainEqual({ ready: true })
  return worker
}

const begin = (payload: string) =>
  node.pool.query(`select graphile_worker.add_job('hang', $1::json)`, [JSON.stringify(payload)])
const began = ({ said }: Worker) => said.filter((each) => 'began' in each).length

test('the jobs of a stopped process go on elsewhere within 15 seconds, though it keeps its connections', async () => {
  const stopped = await work()
  await begin('hang')
  await expect.poll(() => began(stopped)).toBe(1)
  const other = await work()
  stopped.signal('SIGSTOP')
  const since = performance.now()
  await expect.poll(() => began(other)).toBe(1)
  const seconds = (performance.now() - since) / 1_000
  console.log(`figure takeover: ${seconds.toFixed(1)} (a job of a process that was stopped while it ran)`)
  expect(seconds).toBeLessThan(15)
  // It wakes, notices, and begins anew without its old jobs.
  stopped.signal('SIGCONT')
  await expect
    .poll(() => stopped.said)
    .toContainEqual({ warned: expect.stringContaining('has lost its jobs to others') })
  expect(began(stopped)).toBe(1)
  await begin('hang')
  await expect.poll(() => began(stopped) + began(other)).toBe(3)
}, 90_000)

test('a row that a stopped process has changed and not committed is free again within seconds', async () => {
  const stopped = await work()
  await begin('lock')
  await expect.poll(() => began(stopped)).toBe(1)
  stopped.signal('SIGSTOP')
  await node.pool.query(`update baton.teams set name = 'free' where id = 'care'`)
  stopped.signal('SIGCONT')
  await expect.poll(() => stopped.said).toContainEqual({ lost: true })
  expect((await node.pool.query('select name from baton.teams')).rows).toEqual([{ name: 'free' }])
}, 60_000)
