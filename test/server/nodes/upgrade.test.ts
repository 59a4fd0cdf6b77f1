/**
 * Nodes are replaced one by one, so the code of the release before works on the newest schema for a while.
 * `statements-0007.json` is what the one that knew migration 0007 said to its database: a few conversations with all that
 * is done to them, recorded once. A release that no longer runs beside it says so by `-- least:` (see `migrate.ts`) and
 * records the next.
 */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { topFolder } from '#server/top-folder.ts'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'

const MIGRATIONS = join(topFolder, 'server/store/migrations')
const recording = z.object({
  statements: z.array(z.string()),
  calls: z.array(
    z.object({
      statement: z.int(),
      values: z.array(z.unknown()),
    }),
  ),
})
type Recording = z.output<typeof recording>

const bytes = z.object({ bytes: z.string() })

let told: Recording
let folder: string
/** What the schema that it knew answers. */
let itsOwn: readonly string[]
const opened: { readonly database: TestDatabase; readonly node: Pool }[] = []
beforeAll(async () => {
  told = recording.parse(JSON.parse(await readFile(join(import.meta.dirname, 'statements-0007.json'), 'utf8')))
  folder = await mkdtemp(join(tmpdir(), 'baton-upgrade-'))
  const { pool, url } = await empty()
  await migrate(pool, await migrationsUpTo('0007'))
  itsOwn = await sayAgain(url)
})
afterAll(async () => {
  for (const { database, node } of opened) {
    await node.close()
    await database.drop()
  }
  await rm(folder, { recursive: true, force: true })
})

async function empty(): Promise<{ readonly pool: pg.Pool; readonly url: string }> {
  const database = await freshDatabase()
  const node = openPool({ connectionString: database.url, max: 3 }, () => undefined)
  opened.push({ database, node })
  return { pool: node.pool, url: database.url }
}

/** The migrations up to this one, as an older release has them, and more. */
async function migrationsUpTo(number: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const older = await mkdtemp(join(folder, 'older-'))
  for (const name of await readdir(MIGRATIONS))
    if (name.slice(0, 4) <= number) await copyFile(join(MIGRATIONS, name), join(older, name))
  for (const [name, sql] of Object.entries(more)) await writeFile(join(older, name), sql)
  return older
}

/** Says everything again; resolves to the answers: how many rows, and what `commit_event` made of it. */
async function sayAgain(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const answers: string[] = []
  try {
    for (const { statement, values } of told.calls) {
      const text = told.statements[statement] ?? ''
      const given = values.map((value) => {
        const read = bytes.safeParse(value)
        return read.success ? Buffer.from(read.data.bytes, 'base64') : value
      })
      const answer = await client.query<{ outcome?: string }>(text, given).then(
        ({ rowCount, rows }) => `${rowCount} rows ${rows[0]?.outcome ?? ''}`,
        (error: unknown) => String(error),
      )
      answers.push(`${text.trim().slice(0, 80)}: ${answer}`)
    }
  } finally {
    await client.end()
  }
  return answers
}

describe('While servers are replaced one by one', () => {
  test('1. what the release before says to its database is answered by the new schema as by its own', async () => {
    const newest = await empty()
    await migrate(newest.pool)
    expect(itsOwn.filter((answer) => /: error/i.test(answer))).toEqual([])
    expect(itsOwn.filter((answer) => answer.endsWith('committed')).length).toBeGreaterThan(20)
    expect(await sayAgain(newest.url)).toEqual(itsOwn)
  })

  test.each([
    ['takes a column away', 'alter table baton.tickets drop column due'],
    ['wants more in a row', 'alter table baton.callbacks add column must integer not null'],
    ['refuses what was written', `alter table baton.conversations add constraint few check (seq < 3)`],
    ['renames a function', 'alter function baton.arm_wakes(text[], bigint) rename to wake_all'],
  ])('2. a migration that %s is found out by that', async (_, sql) => {
    const { pool, url } = await empty()
    await migrate(pool, await migrationsUpTo('9998', { '9999-breaks.sql': sql }))
    expect(await sayAgain(url)).not.toEqual(itsOwn)
  })

  test('3. an older server starts on a newer schema that only adds, and changes nothing there', async () => {
    const { pool } = await empty()
    await migrate(pool)
    expect(await migrate(pool, await migrationsUpTo('0008'))).toEqual([])
  })

  test('4. one that the newer schema took something from does not start, and says in a sentence what to do', async () => {
    const { pool } = await empty()
    const newer = await migrationsUpTo('0008', {
      '0099-takes.sql': '-- No code since 0008 reads it.\n-- least: 0008\ndrop table if exists baton.nothing;',
    })
    await migrate(pool, newer)
    await expect(migrate(pool, await migrationsUpTo('0007'))).rejects.toThrow(
      /0099-takes\.sql .* knows 0008; this one knows 0007\. Start the newer Baton here/,
    )
    expect(await migrate(pool, await migrationsUpTo('0008'))).toEqual([])
  })
})
