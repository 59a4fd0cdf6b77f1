import { existsSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, startTestPostgres, type TestPostgres } from './postgres.ts'

let server: TestPostgres
beforeAll(async () => {
  server = await startTestPostgres()
})
afterAll(() => server.stop())

async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(statement).finally(() => client.end())
  return rows
}

test('each fresh database is empty and its own, also when many are asked for at once', async () => {
  const databases = await Promise.all(Array.from({ length: 5 }, () => freshDatabase(server.url)))
  await Promise.all(databases.map(({ url }) => query(url, 'CREATE TABLE mine AS SELECT current_database() AS name')))
  const names = await Promise.all(databases.map(({ url }) => query(url, 'SELECT name FROM mine')))
  expect(new Set(names.map(([row]) => row?.name)).size).toBe(5)
  await Promise.all(databases.map(({ drop }) => drop()))
  await expect(query(databases[0]?.url ?? '', 'SELECT 1')).rejects.toThrow('does not exist')
})

test('a database goes although somebody is still connected to it', async () => {
  const { url, drop } = await freshDatabase(server.url)
  const idle = new Client({ connectionString: url })
  const ended = new Promise((resolve) => idle.on('error', resolve))
  await idle.connect()
  await drop()
  await ended
})

test('a stopped test server leaves no folder behind', async () => {
  const other = await startTestPostgres()
  expect(existsSync(other.folder)).toBe(true)
  await other.stop()
  await expect(query(other.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  expect(existsSync(other.folder)).toBe(false)
})
