import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { documentsInFolder } from '#server/store/documents.ts'
import { openDocuments, type SharedDocuments } from '#server/store/documents-postgres.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { createSeal, SealedSecret, type Seal } from '#server/store/seal.ts'
import { sealKept } from '#server/store/secrets.ts'
import { documentsContract } from '../../contracts/documents.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { keptLog, type KeptLog } from '../effects/kept-log.ts'

const database = testDatabase()
let node: Pool
let folder: string
let log: KeptLog
let opened: SharedDocuments[]
beforeAll(async () => {
  node = openPool({ connectionString: database.url, max: 8 }, () => undefined)
  await migrate(node.pool)
})
afterAll(() => node.close())
beforeEach(async () => {
  await node.pool.query('truncate baton.documents')
  folder = await mkdtemp(join(tmpdir(), 'baton-documents-'))
  log = keptLog()
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()))
  await rm(folder, { recursive: true, force: true })
})

const complaints = () => log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)
const edit = (name: string, text: string) => writeFile(join(folder, `${name}.json`), text)
const strings = z.array(z.string())
const [OLD, NEW] = ['an old key of the tests, 32 or more', 'a new key of the tests, 32 or more']
const PLAIN = createSeal([])

/** A node with a data folder of its own. */
async function another(
  files: Readonly<Record<string, string>> = {},
  seal: Seal = PLAIN,
): Promise<{ documents: SharedDocuments; at: string }> {
  const at = await mkdtemp(join(folder, 'node-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(at, name), text)
  const documents = openDocuments(node.pool, at, seal, log)
  opened.push(documents)
  return { documents, at }
}

documentsContract('A folder', async () => ({
  documents: documentsInFolder(folder, log),
  reopen: async () => documentsInFolder(folder, log),
  edit,
  look: async () => undefined,
  get complaints() {
    return complaints()
  },
  close: async () => undefined,
}))

for (const [keys, how] of [
  [[], 'plainly'],
  [[NEW], 'sealed'],
] as const)
  documentsContract(`PostgreSQL, where they lie ${how},`, async () => {
    const seal = createSeal(keys)
    const documents = openDocuments(node.pool, folder, seal, log)
    opened.push(documents)
    return {
      documents,
      reopen: async () => (await another({}, seal)).documents,
      edit,
      look: async () => {
        for (const each of opened) await each.look()
      },
      get complaints() {
        return complaints()
      },
      close: async () => undefined,
    }
  })

describe('Several nodes', () => {
  test('1. change one document at once: every change is there, on every node', async () => {
    const nodes = await Promise.all([another(), another(), another()])
    const lists = await Promise.all(nodes.map(({ documents }) => documents.open('list', strings, [])))
    await Promise.all(
      lists.flatMap((list, of) =>
        Array.from({ length: 5 }, (_, nth) =>
          list.change((newest) => ({ value: [...newest, `${of}.${nth}`], result: undefined })),
        ),
      ),
    )
    for (const { documents } of nodes) await documents.look()
    for (const list of lists) expect(list.current()).toHaveLength(15)
    expect(lists[0]?.current()).toEqual(lists[2]?.current())
  })

  test('2. that start at once with different files on an empty database: one counts, the other’s is put aside', async () => {
    const nodes = await Promise.all([another({ 'list.json': '["one"]' }), another({ 'list.json': '["two"]' })])
    const lists = await Promise.all(nodes.map(({ documents }) => documents.open('list', strings, [])))
    for (const { documents } of nodes) await documents.look()
    expect(lists[0]?.current()).toEqual(lists[1]?.current())
    const [kept = ''] = lists[0]?.current() ?? []
    const asides = await Promise.all(
      nodes.map(({ at }) => readFile(join(at, 'list.json.before'), 'utf8').catch(() => undefined)),
    )
    const texts = await Promise.all(nodes.map(({ at }) => readFile(join(at, 'list.json'), 'utf8')))
    expect(texts.map((text) => JSON.parse(text))).toEqual([[kept], [kept]])
    expect(asides.filter((each) => each !== undefined).map((aside) => JSON.parse(aside))).toEqual([
      [kept === 'one' ? 'two' : 'one'],
    ])
  })

  test('3. bring a file over once: a node that comes later with another one shows what the database holds', async () => {
    const first = await another({ 'list.json': '["first"]' })
    await first.documents.open('list', strings, [])
    const later = await another({ 'list.json': '["later"]' })
    expect((await later.documents.open('list', strings, [])).current()).toEqual(['first'])
    expect(JSON.parse(await readFile(join(later.at, 'list.json'), 'utf8'))).toEqual(['first'])
    expect(await readFile(join(later.at, 'list.json.before'), 'utf8')).toBe('["later"]')
  })

  test('4. show the newest in their files, for their owner only', async () => {
    const [one, other] = await Promise.all([another(), another()])
    const list = await one.documents.open('list', strings, [])
    await other.documents.open('list', strings, [])
    await list.change(() => ({ value: ['new'], result: undefined }))
    await other.documents.look()
    const file = join(other.at, 'list.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(['new'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('5. take what was written into a file while the database was away when it is back, and say once that they wait', async () => {
    const { documents, at } = await another({ 'words.json': '["first"]' })
    const other = await another()
    const [here, there] = [await documents.open('words', strings, []), await other.documents.open('words', strings, [])]
    const colours = await documents.open('colours', strings, [])
    await node.pool.query('alter table baton.documents rename to documents_away')
    await writeFile(join(at, 'words.json'), '["a person has written this"]')
    for (let look = 0; look < 3; look++) await expect(documents.look()).rejects.toThrow(/documents/)
    await node.pool.query('alter table baton.documents_away rename to documents')
    expect(log.lines.filter(({ message }) => message.includes('cannot be taken yet'))).toHaveLength(1)
    // Another node changes it before this one has looked again.
    await there.change(() => ({ value: ['another node'], result: undefined }))
    await colours.change(() => ({ value: ['blue'], result: undefined }))
    await documents.look()
    expect(here.current()).toEqual(['a person has written this'])
    await other.documents.look()
    expect(there.current()).toEqual(['a person has written this'])
    expect(await readFile(join(at, 'words.json'), 'utf8')).toBe('["a person has written this"]')
  })
})

describe('Documents with secrets of others', () => {
  const inDatabase = async () =>
    (await node.pool.query<{ document: string }>('select document from baton.documents')).rows[0]?.document ?? ''
  const nodeWith = async (...keys: readonly string[]) => {
    const { documents } = await another({}, createSeal(keys))
    return { documents, list: await documents.open('list', strings, []) }
  }

  test('1. lie in the database so that a copy of it tells nothing, also those that lay there before there was a key', async () => {
    const { list } = await nodeWith()
    await list.change(() => ({ value: ['a secret of the bot'], result: undefined }))
    expect(await inDatabase()).toContain('a secret of the bot')
    await Promise.all([sealKept(node.pool, createSeal([NEW])), sealKept(node.pool, createSeal([NEW]))])
    expect(await inDatabase()).toMatch(/^sealed\.1\./)
    const sealed = await nodeWith(NEW)
    expect(sealed.list.current()).toEqual(['a secret of the bot'])
    await sealed.list.change((newest) => ({ value: [...newest, 'another'], result: undefined }))
    expect(await inDatabase()).toMatch(/^sealed\.1\./)
    expect((await nodeWith(NEW)).list.current()).toEqual(['a secret of the bot', 'another'])
  })

  test('2. are not opened without their key: that server does not start, and says what to set', async () => {
    const { list } = await nodeWith(NEW)
    await list.change(() => ({ value: ['of others'], result: undefined }))
    await expect(nodeWith()).rejects.toThrow(/document “list” of the database is encrypted; set BATON_SECRET_KEY/)
    await expect(nodeWith(OLD)).rejects.toThrow(SealedSecret)
    expect((await nodeWith(OLD, NEW)).list.current()).toEqual(['of others'])
  })

  test('3. are kept as they were known, and not written over, by a server that was not given the new key yet', async () => {
    const late = await nodeWith(OLD)
    await late.list.change(() => ({ value: ['known'], result: undefined }))
    const early = await nodeWith(NEW, OLD)
    await early.list.change(() => ({ value: ['newer'], result: undefined }))
    await late.documents.look()
    await late.documents.look()
    expect(late.list.current()).toEqual(['known'])
    expect(complaints()).toEqual([expect.stringMatching(/does not open the secret in the document “list”/)])
    await expect(late.list.change(() => ({ value: ['older'], result: undefined }))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/BATON_SECRET_KEY/),
    })
    expect((await nodeWith(NEW)).list.current()).toEqual(['newer'])
  })
})
