import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '#engine/index.ts'
import { bringFlows } from '#server/store/flows-brought.ts'
import { openFlowStore } from '#server/store/flows-lowdb.ts'
import { flowsInDatabase } from '#server/store/flows-postgres.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { flowNamed, flowStoreContract, unfinishedFlow } from '../../contracts/flow-store.ts'
import { testDatabase } from '../../driver/postgres.ts'

const database = testDatabase()
let nodes: readonly [Pool, Pool]
let folder: string
beforeAll(async () => {
  const open = () => openPool({ connectionString: database.url, max: 4 }, () => undefined)
  nodes = [open(), open()]
  await migrate(nodes[0].pool)
})
afterAll(() => Promise.all(nodes.map((node) => node.close())))
beforeEach(async () => {
  await nodes[0].pool.query('truncate baton.flows, baton.flow_versions, baton.flow_files')
  folder = await mkdtemp(join(tmpdir(), 'baton-brought-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

flowStoreContract('PostgreSQL', async () => ({
  store: flowsInDatabase(nodes[0].pool),
  reopen: async () => flowsInDatabase(nodes[1].pool),
  close: async () => undefined,
}))

const stores = () => nodes.map(({ pool }) => flowsInDatabase(pool))
const write = (flow: Flow) => writeFile(join(folder, `${flow.id}.flow.json`), JSON.stringify(flow))
const bring = (pool: pg.Pool, from = folder) => bringFlows(pool, openFlowStore(from))

describe('Two nodes on one database', () => {
  test('1. publish at once: each gets a number of its own, and both see the same one live', async () => {
    const [one, other] = stores()
    await one?.save(flowNamed('support'))
    const made = await Promise.all([one, other, one, other].map((store) => store?.publish('support')))
    expect(made.map((each) => each?.version).sort()).toEqual([1, 2, 3, 4])
    expect(await one?.live('support')).toEqual(await other?.live('support'))
    expect((await other?.live('support'))?.version).toBe(4)
  })

  test('2. one publishes and the other begins on it at once, also when it goes back to an earlier one', async () => {
    const [one, other] = stores()
    await one?.save(flowNamed('support', 'One'))
    await one?.publish('support')
    expect((await other?.live('support'))?.version).toBe(1)
    await other?.save(flowNamed('support', 'Two'))
    await other?.publish('support')
    expect((await one?.live('support'))?.flow).toEqual(flowNamed('support', 'Two'))
    await one?.rollback('support', 1)
    expect((await other?.live('support'))?.flow).toEqual(flowNamed('support', 'One'))
  })

  test('3. save on one etag: one wins, and the other is told to read again', async () => {
    const [one, other] = stores()
    const draft = await one?.save(flowNamed('support', 'Start'))
    const answers = await Promise.allSettled(
      [one, other].map((store, index) => store?.save(flowNamed('support', `${index}`), draft?.etag ?? null)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('4. what is published is what was checked, though somebody saves meanwhile', async () => {
    const [one, other] = stores()
    await one?.save(flowNamed('support', 'Start'))
    const [version] = await Promise.all([one?.publish('support'), other?.save(unfinishedFlow('support'))]).catch(
      () => [],
    )
    for (const { version: number } of (await one?.versions('support')) ?? [])
      expect(await one?.version('support', number)).toEqual(flowNamed('support', 'Start'))
    expect(version?.version ?? 1).toBe(1)
  })
})

describe('The files of a folder', () => {
  test('5. are brought once with their versions, however many nodes start with them at once', async () => {
    const files = openFlowStore(folder)
    await files.save(flowNamed('support', 'One'))
    await files.publish('support', 'The first')
    await files.save(flowNamed('support', 'Two'))
    await files.publish('support')
    await files.rollback('support', 1)
    await files.save(flowNamed('support', 'Three'))
    const brought = await Promise.all([...nodes, ...nodes].map(({ pool }) => bring(pool)))
    expect(brought.flat()).toEqual([{ id: 'support', brought: 2 }])
    const [store] = stores()
    expect(await store?.versions('support')).toEqual(await files.versions('support'))
    expect(await store?.live('support')).toEqual({ flow: flowNamed('support', 'One'), version: 1 })
    expect((await store?.draft('support'))?.flow).toEqual(flowNamed('support', 'Three'))
    expect((await store?.publish('support'))?.version).toBe(3)
    expect(await bring(nodes[1].pool)).toEqual([])
  })

  test('6. that came by git run from the start; one with errors waits until it is mended', async () => {
    await write(flowNamed('good'))
    await write(unfinishedFlow('half'))
    const [{ pool }] = nodes
    expect(await bring(pool)).toMatchObject([
      { id: 'good', version: 1 },
      { id: 'half', errors: [{ severity: 'error' }] },
    ])
    await write(flowNamed('half'))
    expect(await bring(pool)).toEqual([{ id: 'half', version: 1 }])
  })

  test('7. that changed are the draft, and nobody’s work in the editor is written over', async () => {
    const [{ pool }] = nodes
    const store = flowsInDatabase(pool)
    await write(flowNamed('support', 'One'))
    await bring(pool)
    await write(flowNamed('support', 'Two'))
    expect(await bring(pool)).toEqual([{ id: 'support', draft: 'taken' }])
    expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', 'Two'))
    expect((await store.live('support'))?.flow).toEqual(flowNamed('support', 'One'))
    await store.save(flowNamed('support', 'By hand'))
    await write(flowNamed('support', 'Three'))
    expect(await bring(pool)).toEqual([{ id: 'support', draft: 'kept' }])
    expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', 'By hand'))
  })

  test('8. of a node that is behind bring nothing back, and neither does one whose flow was removed', async () => {
    const [{ pool }] = nodes
    const store = flowsInDatabase(pool)
    await write(flowNamed('support', 'One'))
    await bring(pool)
    await write(flowNamed('support', 'Two'))
    await bring(pool)
    await write(flowNamed('support', 'One'))
    expect(await bring(pool)).toEqual([])
    expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', 'Two'))
    await store.remove('support')
    expect(await bring(pool)).toEqual([])
    expect(await store.list()).toEqual([])
  })

  test('9. of a flow whose draft is gone bring the versions that conversations may run on', async () => {
    const files = openFlowStore(folder)
    await files.save(flowNamed('old'))
    await files.publish('old')
    await files.remove('old')
    const [{ pool }] = nodes
    await bring(pool)
    const store = flowsInDatabase(pool)
    expect(await store.version('old', 1)).toEqual(flowNamed('old'))
    expect([await store.list(), await store.live('old')]).toEqual([[], undefined])
  })

  test('10. that cannot be read are listed with what to mend, beside the flows that run', async () => {
    await write(flowNamed('good'))
    await writeFile(join(folder, 'broken.flow.json'), '{"baton":1,')
    const [{ pool }] = nodes
    const files = openFlowStore(folder)
    await bringFlows(pool, files)
    const store = flowsInDatabase(pool, async () => (await files.list()).filter((each) => each.broken))
    expect(await store.list()).toMatchObject([{ id: 'broken', broken: { file: 'broken.flow.json' } }, { id: 'good' }])
  })
})
