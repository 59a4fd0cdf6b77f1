import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { documentsInFolder } from '#server/store/documents.ts'
import { openDocuments, type SharedDocuments } from '#server/store/documents-postgres.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
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

/** A node with a data folder of its own. */
async function another(
  files: Readonly<Record<string, string>> = {},
): Promise<{ documents: SharedDocuments; at: string }> {
  const at = await mkdtemp(join(folder, 'node-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(at, name), text)
  const documents = openDocuments(node.pool, at, log)
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

documentsContract('PostgreSQL', async () => {
  const documents = openDocuments(node.pool, folder, log)
  opened.push(documents)
  return {
    documents,
    reopen: async () => (await another()).documents,
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
})
