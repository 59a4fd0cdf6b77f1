/** What every store of settings keeps, whatever it stands on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Documents, StoredDocument } from '#server/store/documents.ts'

export interface OpenedDocuments {
  readonly documents: Documents
  /** The same documents as another process has them: after a restart, or on another node. */
  reopen(): Promise<Documents>
  /** Writes into the file that a person edits. */
  edit(name: string, text: string): Promise<void>
  /** Lets everybody look at what others have changed. */
  look(): Promise<void>
  /** What the log has said to be wrong. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

const schema = z.array(z.string())

export function documentsContract(name: string, open: () => Promise<OpenedDocuments>): void {
  describe(`${name} keeps the contract of settings`, () => {
    let opened: OpenedDocuments
    let list: StoredDocument<string[]>
    beforeEach(async () => {
      opened = await open()
      list = await opened.documents.open('list', schema, ['missing'])
    })
    afterEach(() => opened.close())

    const add = (document: StoredDocument<string[]>, item: string) =>
      document.change((newest) => ({ value: [...newest, item], result: newest.length }))

    test('1. what is missing is what the opener says, until it is written', async () => {
      expect(list.current()).toEqual(['missing'])
      expect(await add(list, 'a')).toBe(1)
      expect(list.current()).toEqual(['missing', 'a'])
    })

    test('2. what is changed is there at once, after a restart, and soon for everybody', async () => {
      const other = await (await opened.reopen()).open('list', schema, ['missing'])
      await add(list, 'a')
      expect(list.current()).toEqual(['missing', 'a'])
      await opened.look()
      expect(other.current()).toEqual(['missing', 'a'])
      expect((await (await opened.reopen()).open('list', schema, [])).current()).toEqual(['missing', 'a'])
    })

    test('3. changes are decided on the newest, whoever makes them: none is lost', async () => {
      await Promise.all(Array.from({ length: 12 }, (_, index) => add(list, `${index}`)))
      expect([...list.current()].sort()).toEqual(
        ['missing', ...Array.from({ length: 12 }, (_, index) => `${index}`)].sort(),
      )
    })

    test('4. a refusal changes nothing, and neither does a plan that leaves it as it is', async () => {
      await add(list, 'a')
      const before = list.current()
      await expect(
        list.change(() => {
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await list.change((newest) => ({ value: newest, result: 'same' }))).toBe('same')
      expect(list.current()).toBe(before)
    })

    test('5. a file that a person edits counts from the next look on', async () => {
      await add(list, 'a')
      await opened.edit('list', '["by hand"]')
      await opened.look()
      expect(list.current()).toEqual(['by hand'])
      expect(await add(list, 'b')).toBe(1)
    })

    test.each(['["by', '{"list": []}'])('6. one with a fault (%s) does not, and the log names it', async (text) => {
      await add(list, 'a')
      await opened.edit('list', text)
      await opened.look()
      expect(list.current()).toEqual(['missing', 'a'])
      expect(opened.complaints).toEqual([expect.stringContaining('list.json')])
    })

    test('7. until it changes it is the same object', async () => {
      await add(list, 'a')
      const known = list.current()
      await opened.look()
      expect(list.current()).toBe(known)
    })
  })
}
