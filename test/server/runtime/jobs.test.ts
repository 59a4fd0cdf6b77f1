import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import pg from 'pg'
import { runJobs, type Jobs } from '#server/runtime/jobs.ts'
import { openLine, type Line } from '#server/runtime/line.ts'
import { freshDatabase, migrated, type TestDatabase } from '../../driver/postgres.ts'
import { proxyTo, type Proxy } from './proxy.ts'
import { silent } from './running.ts'

let database: TestDatabase
let proxy: Proxy
let line: Line
let jobs: Jobs
let sql: pg.Client
let done: string[]

beforeEach(async () => {
  database = await freshDatabase()
  await migrated(database.url)
  proxy = await proxyTo(database.url)
  line = await openLine(database.url, silent)
  sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  done = []
  jobs = await runJobs(proxy.url, { wake: (payload) => void done.push(JSON.stringify(payload)) }, line, silent)
})
afterEach(async () => {
  await sql.end()
  await jobs.close()
  await line.close()
  await proxy.close()
  await database.drop()
})

const add = (id: string) => sql.query(`select graphile_worker.add_job('wake', $1::json)`, [JSON.stringify({ id })])
/** By whom: one each. */
const locks = async () =>
  (await sql.query<{ by: string }>('select locked_by as by from graphile_worker.jobs where locked_by is not null')).rows

describe('A job that was given to a node whose answer was lost on the way', () => {
  test('is done by that node all the same, and does not stay locked for as long as the node lives', async () => {
    await add('before')
    await expect.poll(() => done, SOON).toEqual(['{"id":"before"}'])
    // Its end is written, so that a connection is free for the next.
    await expect.poll(locks, SOON).toEqual([])
    proxy.deafen()
    await add('lost')
    await expect.poll(locks, SOON).toHaveLength(1)
    const [given] = await locks()
    proxy.cut()
    await add('after')
    await expect.poll(() => done.toSorted(), SOON).toEqual(['{"id":"after"}', '{"id":"before"}', '{"id":"lost"}'])
    expect(await line.unclaimed([given?.by ?? ''])).toEqual([given?.by])
    await expect.poll(() => jobs.running(), SOON).toBe(true)
  })
})

describe('A node that has lost its line for a moment', () => {
  test('keeps the jobs that run there while another node starts: nothing runs twice at once', async () => {
    const ended: (() => void)[] = []
    const hang = (): Promise<void> => new Promise((resolve) => void ended.push(resolve))
    const [one, other] = [await openLine(database.url, silent), await openLine(database.url, silent)]
    const living = await runJobs(database.url, { hang }, one, silent)
    await sql.query(`select graphile_worker.add_job('hang')`)
    await expect.poll(() => ended.length, SOON).toBe(1)
    const given = await locks()
    await one.close()
    const starting = await runJobs(database.url, { hang }, other, silent)
    expect([given.length, await locks()]).toEqual([1, given])
    ended[0]?.()
    await expect.poll(locks, SOON).toEqual([])
    expect(ended).toHaveLength(1)
    await Promise.all([living.close(), starting.close()])
    await other.close()
  })
})

/** The machine may be busy. */
const SOON = { timeout: 20_000 }
