/** What every FlowStore keeps, whatever it stands on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseFlow, type Flow } from '#engine/index.ts'
import type { FlowStore } from '#server/store/flows.ts'

export interface OpenedFlowStore {
  readonly store: FlowStore
  /** The same store, opened again from what it has kept. */
  reopen(): Promise<FlowStore>
  close(): Promise<void>
}

/** A small flow that has no errors. */
export function flowNamed(id: string, text = 'Hello.'): Flow {
  return parsed({
    id,
    nodes: [node('start', 'start', {}), node('hello', 'say', { text }), node('end', 'close', {})],
    edges: [edge('start', 'hello'), edge('hello', 'end')],
  })
}

/** A flow that may be saved and not be published: nothing follows the greeting. */
export function unfinishedFlow(id: string): Flow {
  return parsed({
    id,
    nodes: [node('start', 'start', {}), node('hello', 'say', { text: 'Hello.' })],
    edges: [edge('start', 'hello')],
  })
}

export function flowStoreContract(name: string, open: () => Promise<OpenedFlowStore>): void {
  describe(`${name} keeps the contract of a flow store`, () => {
    let opened: OpenedFlowStore
    let store: FlowStore

    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.close())

    test('1. what is saved is read again, also after a restart', async () => {
      const flow = flowNamed('support')
      const { etag } = await store.save(flow)
      for (const each of [store, await opened.reopen()]) {
        expect(await each.draft('support')).toEqual({ flow, etag, published: null })
        expect(await each.list()).toMatchObject([{ id: 'support', name: 'support', etag, published: null }])
      }
      expect(await store.draft('nothing')).toBeUndefined()
      expect(await store.live('nothing')).toBeUndefined()
      expect(await store.version('nothing', 1)).toBeUndefined()
    })

    test('2. an etag is of the content: the same content has the same, another has another', async () => {
      const first = await store.save(flowNamed('support', 'One'))
      const second = await store.save(flowNamed('support', 'Two'))
      const third = await store.save(flowNamed('support', 'One'))
      expect(second.etag).not.toBe(first.etag)
      expect(third.etag).toBe(first.etag)
    })

    test('3. who has not seen the last change does not overwrite it', async () => {
      const { etag } = await store.save(flowNamed('support', 'One'), null)
      await expect(store.save(flowNamed('support', 'Two'), null)).rejects.toMatchObject({ code: 'version-mismatch' })
      await store.save(flowNamed('support', 'Two'), etag)
      await expect(store.save(flowNamed('support', 'Three'), etag)).rejects.toMatchObject({ code: 'version-mismatch' })
      await expect(store.save(flowNamed('gone', 'One'), etag)).rejects.toMatchObject({ code: 'version-mismatch' })
      await expect(store.remove('support', etag)).rejects.toMatchObject({ code: 'version-mismatch' })
      expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', 'Two'))
    })

    test('4. of many who save at once on one etag, one wins', async () => {
      const { etag } = await store.save(flowNamed('support', 'Start'))
      const answers = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => store.save(flowNamed('support', `Try ${index}`), etag)),
      )
      expect(answers.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
      const won = answers.findIndex((each) => each.status === 'fulfilled')
      expect((await store.draft('support'))?.flow).toEqual(flowNamed('support', `Try ${won}`))
    })

    test('5. published versions count up and never change, whatever happens to the draft', async () => {
      await store.save(flowNamed('support', 'One'))
      expect(await store.publish('support', 'The first')).toMatchObject({ version: 1, note: 'The first', live: true })
      await store.save(flowNamed('support', 'Two'))
      expect(await store.publish('support')).toMatchObject({ version: 2, live: true })
      await store.save(flowNamed('support', 'Three'))
      for (const each of [store, await opened.reopen()]) {
        expect(await each.version('support', 1)).toEqual(flowNamed('support', 'One'))
        expect(await each.live('support')).toEqual({ flow: flowNamed('support', 'Two'), version: 2 })
        expect((await each.versions('support')).map(({ version, live }) => [version, live])).toEqual([
          [2, true],
          [1, false],
        ])
        expect(await each.version('support', 3)).toBeUndefined()
      }
      expect((await store.draft('support'))?.published).toBe(2)
    })

    test('who publishes a draft that was seen publishes that one, or is told that it is another', async () => {
      const { etag } = await store.save(flowNamed('support', 'Seen'))
      await store.save(flowNamed('support', 'Saved since'))
      await expect(store.publish('support', undefined, etag)).rejects.toMatchObject({ code: 'version-mismatch' })
      expect(await store.live('support')).toBeUndefined()
      const draft = await store.draft('support')
      expect(await store.publish('support', undefined, draft?.etag)).toMatchObject({ version: 1 })
    })

    test('6. of many who publish at once, each gets a version of its own', async () => {
      await store.save(flowNamed('support'))
      const published = await Promise.all(Array.from({ length: 8 }, () => store.publish('support')))
      expect(published.map((each) => each.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    })

    test('7. a flow with errors is saved and not published, with every error said', async () => {
      await store.save(unfinishedFlow('half'))
      await expect(store.publish('half')).rejects.toMatchObject({
        code: 'flow-problems',
        errors: [{ message: expect.any(String), pointer: expect.any(String) }],
      })
      expect(await store.live('half')).toBeUndefined()
      expect(await store.versions('half')).toEqual([])
      await expect(store.publish('nothing')).rejects.toMatchObject({ code: 'not-found' })
    })

    test('8. a draft never runs before it is published, however clean it is', async () => {
      await store.save(flowNamed('fresh'))
      for (const each of [store, await opened.reopen()]) {
        expect(await each.live('fresh')).toBeUndefined()
        expect(await each.versions('fresh')).toEqual([])
      }
      await store.publish('fresh')
      await store.save(flowNamed('fresh', 'Changed'))
      expect(await store.live('fresh')).toEqual({ flow: flowNamed('fresh'), version: 1 })
    })

    test('9. an earlier version is made the live one again, and the next published is a new number', async () => {
      await store.save(flowNamed('support', 'One'))
      await store.publish('support')
      await store.save(flowNamed('support', 'Two'))
      await store.publish('support')
      expect(await store.rollback('support', 1)).toMatchObject({ version: 1, live: true })
      expect((await store.live('support'))?.version).toBe(1)
      expect((await store.publish('support')).version).toBe(3)
      await expect(store.rollback('support', 9)).rejects.toMatchObject({ code: 'not-found' })
    })

    test('10. what is removed starts no conversation, and those that run keep their version', async () => {
      const { etag } = await store.save(flowNamed('support'))
      await store.publish('support')
      expect(await store.remove('support', etag)).toBe(true)
      expect(await store.remove('support')).toBe(false)
      expect(await store.list()).toEqual([])
      expect(await store.live('support')).toBeUndefined()
      expect(await store.version('support', 1)).toEqual(flowNamed('support'))
      await store.save(flowNamed('support', 'New'))
      expect((await store.publish('support')).version).toBe(2)
    })

    test('11. a version that is asked for often is the same object: its compiled machine is used again', async () => {
      await store.save(flowNamed('support'))
      await store.publish('support')
      expect(await store.version('support', 1)).toBe(await store.version('support', 1))
      expect((await store.live('support'))?.flow).toBe(await store.version('support', 1))
    })

    test.each(['../support', 'a/b', '', '.', '__proto__', 'x'.repeat(200), 'a\0b'])(
      '12. the id “%s” is nothing, and nothing happens',
      async (id) => {
        expect(await store.draft(id)).toBeUndefined()
        expect(await store.live(id)).toBeUndefined()
        expect(await store.version(id, 1)).toBeUndefined()
        expect(await store.versions(id)).toEqual([])
        expect(await store.remove(id)).toBe(false)
        await expect(store.publish(id)).rejects.toMatchObject({ code: 'not-found' })
        await expect(store.rollback(id, 1)).rejects.toMatchObject({ code: 'not-found' })
      },
    )
  })
}

function parsed(document: {
  readonly id: string
  readonly nodes: readonly object[]
  readonly edges: readonly object[]
}): Flow {
  const result = parseFlow({
    baton: 1,
    name: document.id,
    language: 'en',
    timezone: 'UTC',
    variables: {},
    viewport: { x: 0, y: 0, zoom: 1 },
    ...document,
  })
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.flow
}

function node(id: string, type: string, data: object): object {
  return { id, type, position: { x: 0, y: 0 }, data }
}

function edge(source: string, target: string): object {
  return { id: `${source}-${target}`, source, sourceHandle: 'next', target }
}
