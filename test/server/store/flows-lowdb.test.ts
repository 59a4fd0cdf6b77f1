import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '#engine/index.ts'
import { openFlowStore } from '#server/store/flows-lowdb.ts'
import { flowNamed, flowStoreContract, unfinishedFlow } from '../../contracts/flow-store.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'baton-flows-'))

flowStoreContract('The folder of files', async () => {
  const folder = await newFolder()
  return {
    store: openFlowStore(folder),
    reopen: () => Promise.resolve(openFlowStore(folder)),
    close: () => rm(folder, { recursive: true }),
  }
})

describe('A folder of flows', () => {
  let folder: string
  beforeEach(async () => {
    folder = await newFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('is made when it is not there', async () => {
    const store = openFlowStore(join(folder, 'deep', 'flows'))
    expect(await store.list()).toEqual([])
    await store.save(flowNamed('support'))
    expect((await store.list()).map((each) => each.id)).toEqual(['support'])
  })

  test('holds one readable file a flow, and leaves nothing beside it', async () => {
    const store = openFlowStore(folder, () => Date.parse('2026-11-21T08:00:00Z'))
    await store.save(flowNamed('support'))
    await store.publish('support', 'First')
    const text = await readFile(join(folder, 'support.flow.json'), 'utf8')
    expect(text).toBe(`${JSON.stringify(flowNamed('support'), null, 2)}\n`)
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'support.flow.json',
      'versions',
      'versions/support',
      'versions/support/1.flow.json',
      'versions/support/index.json',
    ])
    expect(JSON.parse(await readFile(join(folder, 'versions/support/index.json'), 'utf8'))).toEqual({
      live: 1,
      versions: [{ version: 1, publishedAt: '2026-11-21T08:00:00.000Z', note: 'First' }],
    })
  })

  test('may be changed by others: a pull is seen at once', async () => {
    const store = openFlowStore(folder)
    const { etag } = await store.save(flowNamed('support', 'One'))
    await writeFile(join(folder, 'support.flow.json'), JSON.stringify(flowNamed('support', 'Two')))
    expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', 'Two'))
    await expect(store.save(flowNamed('support', 'Three'), etag)).rejects.toMatchObject({ code: 'version-mismatch' })
    await rm(join(folder, 'support.flow.json'))
    expect(await store.draft('support')).toBeUndefined()
  })

  test('a file laid out another way is the same flow', async () => {
    const store = openFlowStore(folder)
    const { etag } = await store.save(flowNamed('support'))
    await writeFile(
      join(folder, 'support.flow.json'),
      JSON.stringify(flowNamed('support'), null, '\t').replaceAll('\n', '\r\n'),
    )
    expect((await store.draft('support'))?.etag).toBe(etag)
  })

  test('a broken file is listed with its faults and stops nobody else', async () => {
    const store = openFlowStore(folder)
    await store.save(flowNamed('good'))
    await writeFile(join(folder, 'torn.flow.json'), '{"baton": 1, "id": "to')
    await writeFile(
      join(folder, 'wrong.flow.json'),
      JSON.stringify({ ...flowNamed('wrong'), nodes: [{ id: 'x', type: 'unheard' }] }),
    )
    await writeFile(join(folder, 'renamed.flow.json'), JSON.stringify(flowNamed('other')))
    await writeFile(join(folder, 'bad name.flow.json'), JSON.stringify(flowNamed('good')))
    const list = await store.list()
    const broken = Object.fromEntries(list.map((each) => [each.id, each.broken?.faults[0]?.message]))
    expect(broken).toEqual({
      good: undefined,
      torn: expect.stringMatching(/is not JSON/),
      wrong: expect.any(String),
      renamed: expect.stringMatching(/must be “renamed”/),
      'bad name': expect.stringMatching(/cannot be a flow’s id/),
    })
    expect(await store.draft('torn')).toBeUndefined()
    expect((await store.draft('good'))?.flow).toEqual(flowNamed('good'))
    await store.save(flowNamed('torn'))
    expect((await store.list()).find((each) => each.id === 'torn')?.broken).toBeUndefined()
  })

  test('a version that a crash left without its listing gets no second meaning', async () => {
    const store = openFlowStore(folder)
    await store.save(flowNamed('support', 'One'))
    await store.publish('support')
    await writeFile(join(folder, 'versions/support/2.flow.json'), JSON.stringify(flowNamed('support', 'Torn off')))
    expect((await openFlowStore(folder).publish('support')).version).toBe(3)
  })

  describe('that came from outside, by git or a copy', () => {
    const bring = (flow: Flow) => writeFile(join(folder, `${flow.id}.flow.json`), JSON.stringify(flow))

    test('is published by a start as version 1, once, and later changes wait for their publishing', async () => {
      await bring(flowNamed('support', 'One'))
      const store = openFlowStore(folder)
      expect(await store.live('support')).toBeUndefined()
      expect(await store.deploy()).toEqual([{ id: 'support', version: 1 }])
      expect(await store.live('support')).toEqual({ flow: flowNamed('support', 'One'), version: 1 })
      await bring(flowNamed('support', 'Two'))
      expect(await openFlowStore(folder).deploy()).toEqual([])
      expect(await store.versions('support')).toHaveLength(1)
    })

    test('while the server runs is there as a draft, and runs from the next start', async () => {
      const store = openFlowStore(folder)
      expect(await store.deploy()).toEqual([])
      await bring(flowNamed('late'))
      expect((await store.draft('late'))?.published).toBeNull()
      expect(await store.live('late')).toBeUndefined()
      expect(await openFlowStore(folder).deploy()).toEqual([{ id: 'late', version: 1 }])
    })

    test('with errors stays unpublished, each error said with its node, until a start finds it mended', async () => {
      await bring(unfinishedFlow('half'))
      const store = openFlowStore(folder)
      for (let start = 0; start < 2; start++)
        expect(await store.deploy()).toMatchObject([
          { id: 'half', errors: [{ severity: 'error', node: 'hello', message: expect.any(String) }] },
        ])
      expect(await store.live('half')).toBeUndefined()
      await bring(flowNamed('half'))
      expect(await store.deploy()).toEqual([{ id: 'half', version: 1 }])
    })

    test('and a broken file beside it changes nothing for it', async () => {
      await bring(flowNamed('good'))
      await writeFile(join(folder, 'torn.flow.json'), '{')
      expect(await openFlowStore(folder).deploy()).toEqual([{ id: 'good', version: 1 }])
    })
  })

  test('a draft that a designer saved is published by no start', async () => {
    const store = openFlowStore(folder)
    await store.save(flowNamed('mine'))
    expect(await openFlowStore(folder).deploy()).toEqual([])
    expect(await store.live('mine')).toBeUndefined()
  })

  test('a file from outside that a designer has saved anew is the designer’s', async () => {
    await writeFile(join(folder, 'support.flow.json'), JSON.stringify(flowNamed('support', 'One')))
    await openFlowStore(folder).save(flowNamed('support', 'Half an idea'))
    expect(await openFlowStore(folder).deploy()).toEqual([])
  })

  test('a draft that was removed leaves nothing; a file of its name that comes later is a new flow', async () => {
    const store = openFlowStore(folder)
    await store.save(flowNamed('support'))
    await store.remove('support')
    expect((await readdir(folder, { recursive: true })).filter((name) => name !== 'versions')).toEqual([])
    await writeFile(join(folder, 'support.flow.json'), JSON.stringify(flowNamed('support', 'New')))
    expect(await openFlowStore(folder).deploy()).toEqual([{ id: 'support', version: 1 }])
  })
})
