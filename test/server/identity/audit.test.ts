import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { checkChain, createAudit, type AuditEntry } from '#server/identity/audit.ts'
import { migratedDatabase } from './database.ts'

const postgres = migratedDatabase()
const NOW = Date.parse('2026-03-02T10:00:00.000Z')

const entry = (id: string, action = 'flow.saved'): AuditEntry => ({
  actor: { kind: 'user', id: 'usr_1', name: 'Änne “O’Neil”\n' },
  action,
  target: { kind: 'flow', id },
  change: { before: { version: 1, 7: 'seven' }, after: { b: [1.5, null], a: 'ß' } },
})
const all = async () => (await createAudit(postgres.database).page({ limit: 200 })).items
/** As somebody with the database's password could. */
const meddle = (statement: string) =>
  postgres.database.connection().execute(async (one) => {
    await sql.raw('alter table baton.audit disable trigger user').execute(one)
    await sql.raw(statement).execute(one)
    await sql.raw('alter table baton.audit enable trigger user').execute(one)
  })

test('law 1: many nodes append at once, and the log stays one chain without a gap', async () => {
  const [one, two] = [postgres.node().audit, postgres.node().audit]
  await Promise.all(
    Array.from({ length: 60 }, (_, each) => (each % 2 ? one : two).append(entry(`f${each}`), NOW + each)),
  )
  const records = await all()
  expect(records).toHaveLength(60)
  expect(records.map(({ id }) => Number(id))).toEqual(Array.from({ length: 60 }, (_, each) => 60 - each))
  expect(checkChain(records, null)).toBeUndefined()
})

test('it is read by who, what, whom and since when, a page at a time', async () => {
  const audit = createAudit(postgres.database)
  await audit.append({ ...entry('x', 'key.made'), actor: { kind: 'key', id: 'admin' } }, NOW + 5_000)
  expect((await audit.page({ actor: 'admin' })).items).toMatchObject([{ action: 'key.made' }])
  expect((await audit.page({ action: 'key' })).items).toMatchObject([{ target: { id: 'x' } }])
  expect((await audit.page({ action: 'ke' })).items).toEqual([])
  expect((await audit.page({ target: 'f7' })).items).toHaveLength(1)
  expect((await audit.page({ since: new Date(NOW + 5_000).toISOString() })).items).toHaveLength(1)
  const first = await audit.page({ limit: 40 })
  const second = await audit.page({ limit: 40, cursor: first.next ?? '' })
  expect([...first.items, ...second.items]).toEqual(await all())
  expect(second.next).toBeNull()
  expect(checkChain(first.items, second.items[0] ?? null)).toBeUndefined()
})

test('law 4: what was begun has an entry, of what was changed or that nobody knows; a refusal has none', async () => {
  const [one, two] = [postgres.node().audit, postgres.node().audit]
  const before = (await all()).length
  const newest = async (count: number) => (await all()).slice(0, count).toReversed()
  const [made, refused, unsure] = await Promise.all([
    one.undertake(entry('made'), NOW),
    one.undertake(entry('refused'), NOW),
    one.undertake(entry('unsure'), NOW),
  ])
  await one.undertake(entry('forsaken'), NOW)
  await made.done(entry('made'))
  await refused.refused()
  await unsure.unknown()
  const change = { after: { outcome: 'unknown', begunAt: '2026-03-02T10:00:00.000Z' } }
  await two.settleForsaken(NOW + 200_000)
  expect(await newest(2)).toMatchObject([entry('made'), { target: { id: 'unsure' }, change }])
  await Promise.all([one.settleForsaken(NOW + 400_000), two.settleForsaken(NOW + 400_000)])
  expect(await newest(1)).toMatchObject([
    { at: new Date(NOW + 400_000).toISOString(), target: { id: 'forsaken' }, change },
  ])
  const records = await all()
  expect(records).toHaveLength(before + 3)
  expect(checkChain(records, null)).toBeUndefined()
})

test('law 4: a session is there with its entry, or not at all', async () => {
  const node = postgres.node()
  const user = await node.users.create({ name: 'Anna', role: 'supervisor', password: 'not a hash' }, NOW)
  const before = (await all()).length
  const begin = (id: string) =>
    node.sessions.begin(user?.id ?? '', NOW, {
      entry: (begun) => ({ ...entry(id), target: { kind: 'session', id: begun.id } }),
    })
  const begun = await begin('a session')
  expect((await all())[0]).toMatchObject({ target: { kind: 'session', id: begun?.id } })
  await postgres.database.schema.alterTable('baton.audit_head').renameTo('audit_head_gone').execute()
  await expect(begin('no session')).rejects.toThrow()
  await sql`alter table baton.audit_head_gone rename to audit_head`.execute(postgres.database)
  const { rows } = await sql<{ count: number }>`select count(*) from baton.sessions`.execute(postgres.database)
  expect(rows).toEqual([{ count: 1 }])
  expect(await all()).toHaveLength(before + 1)
})

test('law 2: nobody changes or removes an entry by mistake', async () => {
  await expect(sql`update baton.audit set at = 0 where id = 3`.execute(postgres.database)).rejects.toThrow(/appended/)
  await expect(sql`delete from baton.audit where id = 3`.execute(postgres.database)).rejects.toThrow(/appended/)
})

test('law 3: whoever does it by force is found out', async () => {
  const records = await all()
  const found = async () => checkChain(await all(), null)
  await meddle(`update baton.audit set entry = replace(entry, 'seven', 'eight') where id = 10`)
  expect(await found()).toMatch(/Entry 10/)
  await meddle(`update baton.audit set entry = replace(entry, 'eight', 'seven') where id = 10`)
  expect(await found()).toBeUndefined()
  await meddle('update baton.audit set at = at + 1 where id = 20')
  expect(await found()).toMatch(/Entry 20/)
  await meddle('update baton.audit set at = at - 1 where id = 20')
  await meddle('delete from baton.audit where id = 30')
  expect(await found()).toMatch(/Between entry 29 and entry 31/)
  expect(checkChain(records.slice(0, -1), null)).toMatch(/Between entry 0 and entry 2/)
})
