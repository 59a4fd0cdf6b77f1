/**
 * A backup is one file: gzip around lines. A line is a record (a JSON object) or a row of the table that was named last (a
 * JSON array of texts, as PostgreSQL writes values). In order:
 *
 *   {"baton-backup": 1, at, migrations}     what it is of
 *   {"table", "columns"} and its rows       for each table
 *   {"file", "base64"}                      for each file
 *   {"sequences"}
 *   {"end": true, rows, "sha256"}           of all bytes before
 *
 * Law: a file without its end, or with another byte in it, is none.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline as connected } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'

export const head = z.object({
  'baton-backup': z.literal(1),
  at: z.string(),
  migrations: z.array(z.string()),
})
export type Head = z.output<typeof head>

const table = z.object({ table: z.string(), columns: z.array(z.string()) })
const file = z.object({ file: z.string(), base64: z.string() })
const sequences = z.object({ sequences: z.record(z.string(), z.object({ last: z.string(), called: z.boolean() })) })
const end = z.object({ end: z.literal(true), rows: z.int(), sha256: z.string() })
const row = z.array(z.string().nullable())

export type Row = z.output<typeof row>
export type Record =
  Head | z.output<typeof table> | z.output<typeof file> | z.output<typeof sequences> | z.output<typeof end> | Row

const record = z.union([row, head, table, file, sequences, end])

/** What is the matter with a backup, in a sentence. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
}

/** Writes lines to a file that only its owner reads; it bears its name once it is whole and on the disk. */
export async function writeArchive(path: string, lines: AsyncIterable<string>): Promise<void> {
  const draft = `${path}.part`
  try {
    await pipeline(sealed(lines), createGzip(), createWriteStream(draft, { mode: 0o600, flush: true }))
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function* sealed(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const line of lines) {
    if (line.startsWith('[')) rows++
    const bytes = Buffer.from(`${line}\n`)
    hash.update(bytes)
    yield bytes
  }
  yield Buffer.from(`${JSON.stringify({ end: true, rows, sha256: hash.digest('base64url') })}\n`)
}

/**
 * The records of a backup, in order. @throws BackupFault where it is none; only who has read to the end knows that it is
 * whole
 */
export async function* readArchive(path: string): AsyncGenerator<Record> {
  const hash = createHash('sha256')
  let whole = false
  try {
    // A fault of the file ends the reading, which throws it.
    const stream = connected(createReadStream(path), createGunzip(), () => undefined)
    for await (const line of linesOf(stream)) {
      if (whole) throw new BackupFault(`${path} goes on after its end; it is no backup.`)
      const read = record.safeParse(JSON.parse(line.toString('utf8')))
      if (!read.success) throw new BackupFault(`${path} is no backup of Baton, or one of a newer release.`)
      if ('end' in read.data) {
        whole = true
        if (read.data.sha256 !== hash.digest('base64url'))
          throw new BackupFault(`${path} has been changed since it was written: its checksum is another.`)
      } else hash.update(line).update('\n')
      yield read.data
    }
  } catch (error) {
    if (error instanceof BackupFault || isMissing(error)) throw error
    throw new BackupFault(`${path} cannot be read as a backup; take another copy of it.`, { cause: error })
  }
  if (!whole) throw new BackupFault(`${path} ends too early; it was not written whole.`)
}

/** Node's own reader of lines parts them at U+2028 too, which texts may hold. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  for await (const chunk of stream) {
    let from = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, at))
      yield Buffer.concat(held)
      held = []
      from = at + 1
    }
    if (from < chunk.length) held.push(chunk.subarray(from))
  }
  if (held.length > 0) yield Buffer.concat(held)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
