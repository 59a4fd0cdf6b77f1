import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { keptSecret, readPrivate } from './private-file.ts'
import { roles } from './rights.ts'

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

/** A key as it was kept before keys were in the database. */
export type FiledKey = z.output<typeof document>['keys'][number]

/**
 * Brings what `<folder>/keys.json` holds to where keys are now, once: the file is `keys.json.moved` after, since a key
 * that is revoked must not come back with the next start.
 */
export async function moveKeys(folder: string, keep: (keys: readonly FiledKey[]) => Promise<void>): Promise<number> {
  const file = join(folder, 'keys.json')
  const text = await readPrivate(file)
  if (text === undefined) return 0
  const { keys } = read(text, file)
  await keep(keys)
  await rename(file, `${file}.moved`)
  return keys.length
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

function read(text: string, file: string): z.output<typeof document> {
  try {
    return document.parse(JSON.parse(text))
  } catch {
    throw new Error(
      `The keys in ${file} cannot be read; restore it from a backup, or delete it to revoke all keys but the admin’s.`,
    )
  }
}
