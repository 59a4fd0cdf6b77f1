import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectionTo } from '#server/store/connection.ts'
import { connect } from '#server/store/database.ts'
import { migrate, type LockPatience } from '#server/store/migrate.ts'
import { testDatabase } from '../../driver/postgres.ts'

const database = testDatabase()

describe('Bringing the database up to date', () => {
  test('may be done by several nodes at once: each migration runs once, and again nothing is left to do', async () => {
    const nodes = Array.from({ length: 3 }, () => connect({ databaseUrl: database.url }))
    const done = await Promise.all(nodes.map(({ pool }) => migrate(pool)))
    const [node] = nodes
    expect(done.flat().sort()).toEqual(done.find((names) => names.length > 0))
    expect(done.filter((names) => names.length > 0)).toHaveLength(1)
    expect(node && (await migrate(node.pool))).toEqual([])
    await Promise.all(nodes.map((each) => each.close()))
  })
})

describe('A migration of a table that somebody uses', () => {
  let folder = ''
  const client = async (name: string) => {
    const made = new pg.Client({ connectionString: database.url, application_name: name })
    await made.connect()
    return made
  }
  const quick = (tries: number): LockPatience => ({ wait: 50, pause: 20, tries })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-migrate-'))
    await writeFile(join(folder, '9998-table.sql'), 'create table baton.used (id int)')
    const { pool, close } = connect({ databaseUrl: database.url })
    await migrate(pool, folder)
    await close()
    await writeFile(join(folder, '9999-column.sql'), 'alter table baton.used add column more int')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('holds nobody up for long: others get through, and it is made when the table is free', async () => {
    const [holder, other] = [await client('report'), await client('other')]
    const { pool, close } = connect({ databaseUrl: database.url })
    await holder.query('begin; select * from baton.used')
    const made = migrate(pool, folder, quick(10_000))
    const waits = async () => (await other.query(WAITS)).rows
    await expect.poll(waits, { interval: 1 }).toHaveLength(1)
    // Behind the one that waits for its lock, until that gives up for a moment.
    await other.query('insert into baton.used values (1)')
    await holder.query('commit')
    expect(await made).toEqual(['9999-column.sql'])
    await Promise.all([holder.end(), other.end(), close()])
  })

  test('that never is free says who uses it, and nothing is half done', async () => {
    const holder = await client('report')
    const { pool, close } = connect({ databaseUrl: database.url })
    await writeFile(
      join(folder, '9999-other.sql'),
      'create table baton.half (id int); alter table baton.used drop more',
    )
    await holder.query('begin; select * from baton.used')
    await expect(migrate(pool, folder, quick(3))).rejects.toThrow(/9999-other.* report \(process \d+\): end them first/)
    await holder.query('commit')
    expect((await holder.query(`select to_regclass('baton.half') as half`)).rows).toEqual([{ half: null }])
    await Promise.all([holder.end(), close()])
  })
})

describe('A statement', () => {
  const settings = async (patience?: number | null) => {
    const one = new pg.Client(connectionTo(database.url, 'test', patience))
    await one.connect()
    const { rows } = await one.query<{ statement_timeout: string }>('show statement_timeout')
    await one.end()
    return rows[0]?.statement_timeout
  }

  test('that nobody waits for any more has been given up by PostgreSQL before; a migration takes what it needs', async () => {
    const { query_timeout: asked } = connectionTo(database.url, 'test')
    expect([asked, await settings()]).toEqual([30_000, '29s'])
    expect(await settings(4_000)).toBe('3s')
    expect(await settings(null)).toBe('0')
  })
})

/** Who waits for a lock. */
const WAITS = `select from pg_locks where not granted and relation = 'baton.used'::regclass`
