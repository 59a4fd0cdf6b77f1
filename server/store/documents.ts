/**
 * The settings of a workspace: one readable JSON document each, such as `bots.json`. On one machine they are files that
 * a person may edit while the server runs; for several nodes the same port stands on PostgreSQL. Laws:
 *   1. What was changed elsewhere counts soon: a file at the next look, another node's change within a second or so.
 *   2. A document that cannot be read does not count: what was known stays known, and the log says what to correct.
 *   3. Changes are decided on the newest, one after the other, whoever makes them.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import type { Log } from '../runtime/log.ts'
import { asUnavailable } from './json-file.ts'
import { watchedDocument } from './watched-document.ts'

export interface Changed<Value, Result> {
  readonly value: Value
  readonly result: Result
}

export interface StoredDocument<Value> {
  /** As it is known here: the same object until it changes. */
  current(): Value
  /** Resolves when it is durable. `plan` may refuse by throwing, may be asked again, and changes nothing by the same. */
  change<Result>(plan: (newest: Value) => Changed<Value, Result>): Promise<Result>
}

export interface Documents {
  /** @param name of the file without `.json`; `missing` counts until there is a document */
  open<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    missing: z.output<Schema>,
  ): Promise<StoredDocument<z.output<Schema>>>
}

/** Documents as the files `<folder>/<name>.json`, of one machine. */
export function documentsInFolder(folder: string, log: Log): Documents {
  return {
    open: (name, schema, missing) =>
      Promise.resolve(documentInFile(join(folder, `${name}.json`), schema, missing, log)),
  }
}

/** One file, which need not exist yet. Only its owner may read it: some of them hold secrets. */
export function documentInFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  missing: z.output<Schema>,
  log: Log,
): StoredDocument<z.output<Schema>> {
  const watched = watchedDocument(file, schema, missing, log)
  return {
    current: watched.current,
    // Nothing is waited for between reading and writing, so the changes of this process follow one another.
    async change(plan) {
      const newest = watched.current()
      const { value, result } = plan(newest)
      if (value === newest) return result
      writeWhole(file, `${JSON.stringify(value, null, 2)}\n`)
      watched.wrote(value)
      return result
    },
  }
}

/** Whole or not there: a temporary file, forced to disk, takes the old one's place. */
export function writeWhole(file: string, text: string): void {
  const folder = dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
    const draft = `${file}.${process.pid}.new`
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    renameSync(draft, file)
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch (error) {
    throw asUnavailable(error, folder)
  }
}
