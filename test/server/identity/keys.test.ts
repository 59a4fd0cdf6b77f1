import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminKeyOf, moveKeys } from '#server/http/keys-file.ts'
import { createKeys } from '#server/identity/keys-postgres.ts'
import { ENDED_KEPT } from '#server/identity/keys.ts'
import { keepFiledKeys } from '#server/identity/open.ts'
import { hashOf } from '#server/identity/secret.ts'
import { keyStoreContract } from '#test/contracts/key-store.ts'
import { migratedDatabase } from './database.ts'
import { keysInMemory } from './memory.ts'

const postgres = migratedDatabase()
const still = { forget: () => undefined }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-keys-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

keyStoreContract('Memory', async () => ({ store: keysInMemory(), close: async () => undefined }))
keyStoreContract('PostgreSQL', async () => ({
  store: createKeys(postgres.database, still),
  close: async () => undefined,
}))

test('a key that ended a week ago leaves the list when the next one is made', async () => {
  const keys = createKeys(postgres.database, still)
  const { record } = await keys.create({ role: 'agent', agent: 'ann', expiresAt: new Date(10_000).toISOString() }, 0)
  await keys.create({ role: 'bot' }, ENDED_KEPT)
  expect(await keys.read(record.id)).toBeDefined()
  await keys.create({ role: 'bot' }, 10_001 + ENDED_KEPT)
  expect(await keys.read(record.id)).toBeUndefined()
})

test('no table holds a secret', async () => {
  const { secret } = await createKeys(postgres.database, still).create({ role: 'bot' }, 0)
  const rows = await postgres.database.selectFrom('baton.key_secrets').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(secret.slice('baton_bot_'.length))
})

test('keys that were in a file are brought over once, and one that is revoked does not come back', async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  const secret = 'baton_agent_from-the-file'
  const filed = {
    id: 'key_old',
    role: 'agent',
    agent: 'anna',
    createdAt: '2026-01-01T00:00:00.000Z',
    hash: hashOf(secret),
  }
  await writeFile(join(data, 'keys.json'), JSON.stringify({ keys: [filed] }))
  const move = () => moveKeys(data, (keys) => keepFiledKeys(postgres.database, keys))
  expect(await move()).toBe(1)
  const keys = createKeys(postgres.database, still)
  expect((await keys.opened(hashOf(secret), 0))?.record).toMatchObject({ id: 'key_old', role: 'agent', agent: 'anna' })
  await keys.revoke('key_old')
  expect(await move()).toBe(0)
  expect(await keys.opened(hashOf(secret), 0)).toBeUndefined()
  expect(await readdir(data)).toEqual(['keys.json.moved'])
})

test('a file of keys that cannot be read stops the start with its cure', async () => {
  const data = await mkdtemp(join(folder, 'broken-'))
  await writeFile(join(data, 'keys.json'), '{"keys":[{"role":"emperor"}]}')
  await expect(moveKeys(data, async () => undefined)).rejects.toThrow(/keys\.json cannot be read; restore/)
})

test('the admin’s key is the configured one, else one made at the first start and kept', async () => {
  expect(await adminKeyOf(join(folder, 'a'), 'configured')).toEqual({ key: 'configured', made: false })
  const made = await adminKeyOf(join(folder, 'a'), undefined)
  expect(made).toMatchObject({ made: true, key: expect.stringMatching(/^baton_admin_.{43}$/) })
  expect(await adminKeyOf(join(folder, 'a'), undefined)).toEqual({ key: made.key, made: false })
})
