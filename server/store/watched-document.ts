/**
 * A JSON file that a person may edit while the server runs.
 * 1. A file that was edited counts from the next look.
 * 2. One that cannot be read does not: what was known stays known, and the log says what to correct.
 */
import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import type { Log } from '../runtime/log.ts'

export interface WatchedDocument<Value> {
  /** The document as it is now; `missing` while there is no file. */
  current(): Value
  /** The file has just been written here, and holds this. */
  wrote(value: Value): void
}

export function watchedDocument<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  missing: z.output<Schema>,
  log: Log,
): WatchedDocument<z.output<Schema>> {
  let known = missing
  let seen: string | undefined
  return {
    current() {
      const stamp = stampOf(file)
      if (stamp === seen) return known
      seen = stamp
      known = stamp === undefined ? missing : (readDocument(file, readFileSync(file, 'utf8'), schema, log) ?? known)
      return known
    },
    wrote(value) {
      known = value
      seen = stampOf(file)
    },
  }
}

/** What a text holds; undefined, and said in the log, when that cannot be read. `where` is what a person corrects. */
export function readDocument<Schema extends z.ZodType>(
  where: string,
  text: string,
  schema: Schema,
  log: Log,
): z.output<Schema> | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    log.error(
      { where, error: String(error) },
      `${where} cannot be read as JSON; correct it. Until then the former counts.`,
    )
    return undefined
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`)
  log.error(
    { where, faults },
    `${where} holds faults: ${faults.join('; ')}. Until they are corrected the former counts.`,
  )
  return undefined
}

/** Changes whenever the file does; undefined while there is none. */
export function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stat && `${stat.ino}:${stat.size}:${stat.mtimeNs}`
}
