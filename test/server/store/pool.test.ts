import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '#server/store/pool.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { proxyTo, type Proxy } from '../runtime/proxy.ts'

const database = testDatabase()
let proxy: Proxy
beforeAll(async () => {
  proxy = await proxyTo(database.url)
})
afterAll(() => proxy.close())

async function busy() {
  const lost: string[] = []
  const opened = openPool({ connectionString: proxy.url, max: 5 }, (error) => lost.push(error.message))
  const said = { farewells: 0 }
  opened.pool.on('remove', () => said.farewells++)
  await Promise.all(Array.from({ length: 5 }, () => opened.pool.query('select pg_sleep(0.01)')))
  return { ...opened, lost, said }
}

describe('A pool of connections', () => {
  test('is closed when each of its connections has ended, not when each was told to', async () => {
    const { close, said } = await busy()
    await close()
    expect(said.farewells).toBe(5)
  })

  test('tells of a connection that is lost, once each, and of none that is lost while it closes', async () => {
    const { pool, close, lost } = await busy()
    proxy.cut()
    await expect.poll(() => lost.length).toBe(5)
    await pool.query('select 1')
    const closing = close()
    proxy.cut()
    await closing
    expect(lost).toHaveLength(5)
  })
})
