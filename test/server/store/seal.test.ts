import fc from 'fast-check'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig, StartError } from '#server/config.ts'
import { startFault } from '#server/start-fault.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { createSeal, SealedSecret, type Seal } from '#server/store/seal.ts'
import { sealKept, shareSecret } from '#server/store/secrets.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { openWorkspace } from '#server/workspace.ts'
import { keptLog } from '../effects/kept-log.ts'
import { migratedDatabase } from '../identity/database.ts'

const [OLD, NEW] = ['an old key of the tests, 32 or more', 'a new key of the tests, 32 or more']
const NOW = Date.parse('2026-03-02T10:00:00.000Z')

test('law 1: what is sealed opens with its key, in its place, and nowhere else', () => {
  const seal = createSeal([NEW])
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (place, secret, other) => {
      const kept = seal.seal(place, secret)
      expect(seal.open(place, kept)).toBe(secret)
      if (secret.length > 8) expect(kept).not.toContain(secret)
      expect(kept).not.toBe(seal.seal(place, secret))
      if (other !== place) expect(() => seal.open(other, kept)).toThrow(SealedSecret)
      expect(() => createSeal([OLD]).open(place, kept)).toThrow(/BATON_SECRET_KEY does not open/)
      expect(() => createSeal([]).open(place, kept)).toThrow(/set BATON_SECRET_KEY/)
    }),
  )
})

test('law 1: whoever changes a character of it has nothing', () => {
  const seal = createSeal([NEW])
  const kept = seal.seal('token.secret', 'a secret')
  fc.assert(
    fc.property(fc.integer({ min: 'sealed.1.'.length, max: kept.length - 2 }), (at) => {
      const changed = kept.slice(0, at) + (kept[at] === 'A' ? 'B' : 'A') + kept.slice(at + 1)
      expect(() => seal.open('token.secret', changed)).toThrow(SealedSecret)
    }),
  )
  expect(() => seal.open('token.secret', 'sealed.1.AAAA')).toThrow(SealedSecret)
})

test('law 2: a key is replaced by naming both; the first seals', () => {
  const [old, both, fresh] = [createSeal([OLD]), createSeal([NEW, OLD]), createSeal([NEW])]
  const kept = old.seal('token.secret', 'a secret')
  expect(both.open('token.secret', kept)).toBe('a secret')
  expect([both.isCurrent('token.secret', kept), old.isCurrent('token.secret', kept)]).toEqual([false, true])
  const again = both.seal('token.secret', both.open('token.secret', kept))
  expect(fresh.open('token.secret', again)).toBe('a secret')
})

test('law 3: a server without the key does not start, and says which variable to set', () => {
  const kept = createSeal([OLD]).seal('token.secret', 'a secret')
  const fault = (): unknown => {
    try {
      return createSeal([NEW]).open('token.secret', kept)
    } catch (error) {
      return startFault(error)
    }
  }
  expect(fault()).toBeInstanceOf(StartError)
})

const shared = testDatabase()
let node: Pool
let folder = ''
beforeAll(async () => {
  node = openPool({ connectionString: shared.url, max: 4 }, () => undefined)
  await migrate(node.pool)
  folder = await mkdtemp(join(tmpdir(), 'baton-seal-'))
})
afterAll(async () => {
  await node.close()
  await rm(folder, { recursive: true, force: true })
})

const share = (seal: Seal) =>
  shareSecret(node.pool, { folder, name: 'token.secret', make: () => 'the secret of all', seal, log: keptLog() })
const kept = async (): Promise<string> =>
  (await node.pool.query<{ secret: string }>('select secret from baton.secrets')).rows[0]?.secret ?? ''

test('a secret that lies in the database plainly is sealed by the next start, and by the start with another key anew', async () => {
  await share(createSeal([]))
  expect(await kept()).toBe('the secret of all')
  let before = 'the secret of all'
  for (const keys of [[OLD], [NEW, OLD], [NEW]]) {
    const seal = createSeal(keys)
    await Promise.all([sealKept(node.pool, seal), sealKept(node.pool, seal)])
    expect((await share(seal)).secret).toBe('the secret of all')
    expect(await readFile(join(folder, 'token.secret'), 'utf8')).toBe('the secret of all\n')
    expect(await kept()).toMatch(/^sealed\.1\./)
    expect((await kept()) === before).toBe(keys.length === 1 && keys[0] === NEW)
    before = await kept()
  }
  await expect(sealKept(node.pool, createSeal([OLD]))).rejects.toThrow(SealedSecret)
  await expect(sealKept(node.pool, createSeal([]))).rejects.toThrow(SealedSecret)
})

const doors = migratedDatabase()

test('what signs customers’ tokens after a rotation lies there sealed, and signs alike on all servers', async () => {
  const seal = createSeal([NEW])
  const [one, two] = [doors.node(), doors.node(seal)]
  await one.tokenSecrets.rotate(NOW + 1_000, NOW)
  await two.tokenSecrets.rotate(NOW + 2_000, NOW)
  const rows = () => doors.database.selectFrom('baton.token_secrets').select('secret').orderBy('id').execute()
  const [plain, sealed] = await rows()
  expect([plain?.secret.startsWith('sealed'), sealed?.secret.startsWith('sealed')]).toEqual([false, true])
  const before = await two.tokenSecrets.all(NOW)
  expect(before.map(({ secret }) => secret)).toContain(plain?.secret)
  const { pool, close } = openPool({ connectionString: doors.url, max: 1 }, () => undefined)
  await sealKept(pool, seal).finally(close)
  for (const { secret } of await rows()) expect(secret).toMatch(/^sealed\.1\./)
  expect(await doors.node(seal).tokenSecrets.all(NOW)).toEqual(before)
})

const served = testDatabase()

test('a server says at its start when secrets lie in a database of one’s own as they are, and not when they are sealed', async () => {
  const begin = async (more: Record<string, string>) => {
    const log = keptLog()
    const at = { DATABASE_URL: served.url, DATA_DIR: folder, FLOWS_DIR: join(folder, 'flows') }
    const { close } = await openWorkspace(readConfig({ ...at, ...more }), served.url, log, async () => [])
    await close()
    return log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
  }
  expect(await begin({})).toEqual([
    expect.stringMatching(/Secrets lie in the database as they are. Set BATON_SECRET_KEY/),
  ])
  expect(await begin({ BATON_SECRET_KEY: `${NEW.replaceAll(' ', '-').replaceAll(',', '')}` })).toEqual([])
  await expect(begin({})).rejects.toThrow(SealedSecret)
})
