import { connect } from '#server/store/database.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '../live/stage.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const typed = (...args: readonly string[]) =>
  baton.typed([], args, { BATON_URL: stage.server.url, BATON_KEY: stage.server.admin.key })
const signIn = (name: string, password: string) => stage.send('/v1/session', { json: { name, password } })

test('a first person is added on the command line, signs in, gets another password, and is kept out', async () => {
  expect((await typed('user', 'list')).out).toContain('Nobody signs in yet')
  const added = await typed('user', 'add', 'Anna Meyer', '--role', 'agent', '--agent', 'anna')
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining('Anna Meyer signs in as agent (usr_') })
  const first = /password (\S+)/.exec(added.out)?.[1] ?? ''
  expect((await signIn('Anna Meyer', first)).status).toBe(201)
  expect((await typed('user', 'list')).out).toMatch(/Anna Meyer {2}agent anna, last seen .* usr_/)
  const again = await typed('user', 'password', 'anna meyer')
  const second = /password (\S+)/.exec(again.out)?.[1] ?? ''
  expect((await signIn('Anna Meyer', first)).status).toBe(401)
  expect((await signIn('Anna Meyer', second)).status).toBe(201)
  expect((await typed('user', 'disable', 'Anna Meyer')).code).toBe(0)
  expect((await signIn('Anna Meyer', second)).status).toBe(401)
  expect((await typed('user', 'list')).out).toContain('agent anna, disabled')
  expect((await typed('user', 'enable', 'Anna Meyer')).code).toBe(0)
  expect((await signIn('Anna Meyer', second)).status).toBe(201)
})

test('what is wrong is said with its cure', async () => {
  expect(await typed('user', 'add', 'Ben', '--role', 'agent')).toMatchObject({
    code: 1,
    err: expect.stringContaining('agent'),
  })
  expect(await typed('user', 'disable', 'Nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('`baton user list`'),
  })
})

test('the audit log is shown, and checked against what was noted of it', async () => {
  const shown = await typed('audit', '--action', 'user')
  expect(shown.out).toMatch(/user\.added usr_\S+ {2}by admin/)
  const good = await typed('audit', '--verify')
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('each as it was written') })
  const noted = /newest (\d+:[0-9a-f]{64})/.exec(good.out)?.[1] ?? ''
  await typed('user', 'add', 'Cleo', '--role', 'designer')
  expect((await typed('audit', '--verify', '--known', noted)).code).toBe(0)
  const { database, close } = connect({ databaseUrl: stage.databaseUrl, size: 1 })
  await sql`alter table baton.audit disable trigger user`.execute(database)
  await sql`update baton.audit set entry = replace(entry, 'Anna', 'Arno') where id = 1`.execute(database)
  await close()
  expect(await typed('audit', '--verify', '--known', noted)).toMatchObject({
    code: 1,
    out: expect.stringContaining('Entry 1 '),
  })
  expect((await typed('audit', '--verify', '--known', `1:${'0'.repeat(64)}`)).out).toContain('no longer holds entry 1')
})
