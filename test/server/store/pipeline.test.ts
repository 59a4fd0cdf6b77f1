import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureOf } from '#server/store/failures.ts'
import { openPipeline } from '#server/store/pipeline.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { proxyTo, type Proxy } from '../runtime/proxy.ts'

const database = testDatabase()
let proxy: Proxy
let watcher: pg.Client
beforeAll(async () => {
  proxy = await proxyTo(database.url)
  watcher = new pg.Client(database.url)
  await watcher.connect()
})
afterAll(() => Promise.all([proxy.close(), watcher.end()]))

let count = 0

function opened() {
  const lost: string[] = []
  const name = `pipeline ${++count}`
  const pipeline = openPipeline({ connectionString: proxy.url, application_name: name }, (error) =>
    lost.push(error.message),
  )
  const ask = async (what: string): Promise<unknown> => {
    const { rows } = await pipeline.query<{ answer: unknown }>({ text: `select ${what} as answer` })
    return rows[0]?.answer
  }
  /** What it has the database do, one each connection. */
  const running = async (): Promise<readonly string[]> => {
    const text = 'select query from pg_stat_activity where application_name = $1'
    return (await watcher.query<{ query: string }>(text, [name])).rows.map(({ query }) => query)
  }
  return { ...pipeline, ask, running, lost }
}
const many = <Result>(count: number, one: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)))

describe('A pipeline', () => {
  test('sends what comes at once by few connections, and each gets its own answer', async () => {
    const { ask, close } = opened()
    await many(4, () => ask('pg_sleep(0.01)'))
    const answers = await many(24, (index) => ask(`${index} || ' ' || pg_backend_pid()`))
    expect(answers.map((each) => Number(String(each).split(' ')[0]))).toEqual(Array.from(answers, (_, index) => index))
    expect(new Set(answers.map((each) => String(each).split(' ')[1])).size).toBe(3)
    await close()
  })

  test('keeps statements apart: one that fails takes none of its neighbours along', async () => {
    const { ask, query, close } = opened()
    await query({ text: 'create table kept (line integer)' })
    const told = await many(8, (index) =>
      query({ text: 'insert into kept select 6 / ($1::integer - 3)', values: [index] }).then(
        () => index,
        () => null,
      ),
    )
    expect(told).toEqual([0, 1, 2, null, 4, 5, 6, 7])
    expect(await ask('(select count(*)::integer from kept)')).toBe(7)
    await close()
  })

  test('says of all that was under way that the connection was lost, tells it once, and opens another', async () => {
    const { ask, running, lost, close } = opened()
    await ask('1')
    const underWay = many(5, () => ask('pg_sleep(60)').then(() => 'answered', failureOf))
    await expect.poll(running).toContainEqual(expect.stringContaining('pg_sleep(60)'))
    proxy.cut()
    expect(await underWay).toEqual(Array.from({ length: 5 }, () => 'lost'))
    expect(await ask('2')).toBe(2)
    expect(lost).toHaveLength(1)
    await close()
  })

  test('lets what is under way end before it is closed, and has no connection then', async () => {
    const { ask, running, lost, close } = opened()
    const last = ask("(select 'done' from pg_sleep(0.05))")
    const closing = close()
    expect(await last).toBe('done')
    await closing
    await expect.poll(running).toEqual([])
    expect(lost).toEqual([])
  })
})
