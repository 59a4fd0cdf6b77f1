/**
 * A JSON file that a person may edit while the server runs.
 * 1. A file that was edited counts from the next look.
 * 2. One that cannot be read does not: what was known stays known, and the log says what to correct.
 */
import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import type { Log } from '../runtime/log.ts'

/** The document as it is now; `missing` while there is no file. */
export function watchedDocument<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  missing: z.output<Schema>,
  log: Log,
): () => z.output<Schema> {
  let known = missing
  let seen: string | undefined

  function read(): z.output<Schema> | undefined {
    let json: unknown
    try {
      json = JSON.parse(readFileSync(file, 'utf8'))
    } catch (error) {
      log.error(
        { file, error: String(error) },
        `${file} cannot be read as JSON; correct it. Until then the former counts.`,
      )
      return undefined
    }
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    const faults = parsed.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`)
    log.error(
      { file, faults },
      `${file} holds faults: ${faults.join('; ')}. Until they are corrected the former counts.`,
    )
    return undefined
  }

  return () => {
    const stamp = stampOf(file)
    if (stamp === seen) return known
    seen = stamp
    known = stamp === undefined ? missing : (read() ?? known)
    return known
  }
}

/** Changes whenever the file does; undefined while there is none. */
function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stat && `${stat.ino}:${stat.size}:${stat.mtimeNs}`
}
