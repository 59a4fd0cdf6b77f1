/** What every KeyStore keeps, whatever it stands on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KeyStore } from '#server/identity/keys.ts'
import { hashOf } from '#server/identity/secret.ts'

export interface OpenedKeyStore {
  readonly store: KeyStore
  close(): Promise<void>
}

const NOW = Date.parse('2026-03-02T10:00:00.000Z')
const HOUR = 3_600_000

export function keyStoreContract(name: string, open: () => Promise<OpenedKeyStore>): void {
  describe(`${name} keeps the contract of a key store`, () => {
    let opened: OpenedKeyStore
    let store: KeyStore
    const find = (secret: string, now = NOW) => store.opened(hashOf(secret), now)

    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.close())

    test('a key opens what it was made for, and its secret is nowhere in the list', async () => {
      const scopes = ['conversations.list', 'conversations.read'] as const
      const agents = await store.create({ role: 'agent', agent: 'anna', name: 'Anna’s desk' }, NOW)
      const { record, secret } = await store.create({ role: 'bot', scopes: ['conversations.read'] }, NOW)
      expect((await find(agents.secret))?.record).toEqual(agents.record)
      expect((await find(secret))?.record).toEqual(record)
      expect(record.scopes).toEqual(scopes.slice(1))
      expect(await store.list()).toEqual(expect.arrayContaining([agents.record, record]))
      expect(JSON.stringify(await store.list())).not.toContain(secret)
      expect(await find(`${secret}x`)).toBeUndefined()
    })

    test('a key ends at the moment that it was said to', async () => {
      const expiresAt = new Date(NOW + HOUR).toISOString()
      const { secret } = await store.create({ role: 'bot', expiresAt }, NOW)
      expect(await find(secret, NOW + HOUR - 1)).toMatchObject({ until: NOW + HOUR })
      expect(await find(secret, NOW + HOUR)).toBeUndefined()
    })

    test('after a rotation the new secret works at once, and the earlier one until the overlap ends', async () => {
      const { record, secret } = await store.create({ role: 'bot', name: 'shop' }, NOW)
      const rotated = await store.rotate(record.id, HOUR, NOW)
      expect(rotated?.record).toEqual(record)
      expect((await find(rotated?.secret ?? ''))?.record).toEqual(record)
      expect(await find(secret, NOW + HOUR - 1)).toMatchObject({ until: NOW + HOUR })
      expect(await find(secret, NOW + HOUR)).toBeUndefined()
    })

    test('a second rotation gives no earlier secret longer than the first one did', async () => {
      const { record, secret } = await store.create({ role: 'bot' }, NOW)
      const second = await store.rotate(record.id, HOUR, NOW)
      const third = await store.rotate(record.id, 10 * HOUR, NOW + 1)
      expect(await find(secret, NOW + HOUR)).toBeUndefined()
      expect(await find(second?.secret ?? '', NOW + 10 * HOUR)).toBeDefined()
      expect(await find(second?.secret ?? '', NOW + 10 * HOUR + 1)).toBeUndefined()
      expect(await find(third?.secret ?? '', NOW + 100 * HOUR)).toBeDefined()
    })

    test('a rotation without an overlap ends the earlier secret there and then', async () => {
      const { record, secret } = await store.create({ role: 'bot' }, NOW)
      await store.rotate(record.id, 0, NOW)
      expect(await find(secret)).toBeUndefined()
    })

    test('a revoked key opens nothing with any of its secrets, and is not there to be revoked again', async () => {
      const { record, secret } = await store.create({ role: 'bot' }, NOW)
      const rotated = await store.rotate(record.id, HOUR, NOW)
      expect(await store.revoke(record.id)).toBe(true)
      expect(await find(secret)).toBeUndefined()
      expect(await find(rotated?.secret ?? '')).toBeUndefined()
      expect(await store.revoke(record.id)).toBe(false)
      expect(await store.rotate(record.id, HOUR, NOW)).toBeUndefined()
      expect(await store.read(record.id)).toBeUndefined()
    })

    test('when keys were used last is noted for those that are there', async () => {
      const { record } = await store.create({ role: 'bot' }, NOW)
      await store.used(
        new Map([
          [record.id, NOW + HOUR],
          ['key_gone', NOW],
        ]),
      )
      expect(await store.read(record.id)).toEqual({ ...record, lastUsedAt: new Date(NOW + HOUR).toISOString() })
    })
  })
}
