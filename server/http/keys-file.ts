import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { Recent } from '../runtime/recent.ts'
import { hashOf, isLive, mint, recordOf, type KeyRecord, type KeyStore, type StoredKey } from './keys.ts'
import { keptSecret, readPrivate, writePrivate } from './private-file.ts'
import { roles } from './rights.ts'

const OPENED_IN_MEMORY = 10_000

const document = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      role: z.enum(roles),
      agent: z.string().exactOptional(),
      name: z.string().exactOptional(),
      createdAt: z.string(),
      expiresAt: z.string().exactOptional(),
      hash: z.string(),
    }),
  ),
})

/**
 * Keys of one machine: `<folder>/keys.json`, held in memory, written whole. Beside them stands the admin's key, which
 * is configuration and therefore neither listed as a record nor revoked here.
 */
export async function openKeys(folder: string, adminKey: string): Promise<KeyStore> {
  const file = join(folder, 'keys.json')
  const stored = new Map((await load(file)).map((key) => [key.hash, key]))
  // Hashing costs a request more than all else that is asked of its key; only secrets that opened something are kept.
  const opened = new Recent<{ readonly hash: string; readonly record: KeyRecord }>(OPENED_IN_MEMORY)
  const admin: StoredKey = { id: 'admin', role: 'admin', createdAt: new Date(0).toISOString(), hash: hashOf(adminKey) }
  let writing = Promise.resolve()

  /** Changes the keys on the disk first: a key that is not kept is never given out, a revoked one never comes back. */
  function change<Result>(plan: () => { keys: readonly StoredKey[]; done(): Result }): Promise<Result> {
    const result = writing.then(async () => {
      const { keys, done } = plan()
      await writePrivate(file, `${JSON.stringify({ keys }, null, 2)}\n`)
      return done()
    })
    writing = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  const live = (now: number): readonly StoredKey[] => [...stored.values()].filter((key) => isLive(key, now))

  function lookUp(secret: string) {
    const hash = hashOf(secret)
    const key = hash === admin.hash ? admin : stored.get(hash)
    if (!key) return undefined
    const found = { hash, record: recordOf(key) }
    opened.set(secret, found)
    return found
  }

  return {
    async find(secret, now) {
      const known = opened.get(secret) ?? lookUp(secret)
      if (!known || !(known.hash === admin.hash || stored.has(known.hash)) || !isLive(known.record, now))
        return undefined
      return known.record
    },
    async list() {
      return [...stored.values()].map(recordOf)
    },
    create(key, now) {
      const { stored: made, secret } = mint(key, now)
      return change(() => ({
        // Sign-in links are made daily; what has expired opens nothing any more and would only fill the file.
        keys: [...live(now), made],
        done() {
          for (const [hash, each] of stored) if (!isLive(each, now)) stored.delete(hash)
          stored.set(made.hash, made)
          return { record: recordOf(made), secret }
        },
      }))
    },
    async revoke(id) {
      const key = [...stored.values()].find((each) => each.id === id)
      if (!key) return false
      return change(() => ({
        keys: [...stored.values()].filter((each) => each.id !== id),
        done: () => stored.delete(key.hash),
      }))
    },
  }
}

/** The admin's key: the one configured, else the one of `<folder>/admin.key`, made at the first start. */
export async function adminKeyOf(
  folder: string,
  configured: string | undefined,
): Promise<{ key: string; made: boolean }> {
  if (configured !== undefined) return { key: configured, made: false }
  let made = false
  const key = await keptSecret(join(folder, 'admin.key'), () => {
    made = true
    return `baton_admin_${randomBytes(32).toString('base64url')}`
  })
  return { key, made }
}

async function load(file: string): Promise<readonly StoredKey[]> {
  const text = await readPrivate(file)
  if (text === undefined) return []
  try {
    return document.parse(JSON.parse(text)).keys
  } catch {
    throw new Error(
      `The keys in ${file} cannot be read; restore it from a backup, or delete it to revoke all keys but the admin’s.`,
    )
  }
}
