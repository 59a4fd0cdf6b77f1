/**
 * Documents of all nodes of a database: the table `baton.documents`, and a file of each node that shows it (see
 * `mirror.ts`). Laws, beside those of `documents.ts`:
 *   1. What a node has as a file when the database has none is brought over, once, by whichever node comes first.
 *   2. A change is written only on the revision that it was decided on; whoever comes second decides again.
 *   3. Every LOOK_EVERY one statement asks for all that others have changed: there is no message that could be lost.
 *   4. They lie in the database as `seal.ts` says. One that no key of this node opens does not count, and is not written
 *      over: the log says once what to set.
 *   5. A person's edit of a file that cannot be taken now, because the database is away or the document closed, is tried
 *      at every look; no other document waits for that.
 */
import { join } from 'node:path'
import type pg from 'pg'
import type { z } from 'zod'
import type { Log } from '../runtime/log.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import { reading, writingOnce } from '../runtime/write.ts'
import type { Changed, Documents, StoredDocument } from './documents.ts'
import { openMirror, type Mirror } from './mirror.ts'
import { every } from './rounds.ts'
import { SealedSecret, type Seal } from './seal.ts'
import { placeOfDocument } from './secrets.ts'
import { readDocument } from './watched-document.ts'

export interface SharedDocuments extends Documents {
  /** Takes what others, and persons in files, have changed. It happens by itself all the time. */
  look(): Promise<void>
  close(): Promise<void>
}

const LOOK_EVERY = 500
const TRIES = 50

/** A document as this node knows it; revision 0: the database has none. */
interface Known {
  revision: number
  readonly mirror: Mirror
  /** Why the newest of the database is not known. */
  closed?: SealedSecret | undefined
  take(revision: number, kept: string): void
  /** Makes what a person has written into the file the document; with `first` only while the database has none. */
  takeFile(text: string, first?: true): Promise<void>
}

/** @param folder of this node, whose files are brought over and show the documents from then on */
export function openDocuments(pool: pg.Pool, folder: string, seal: Seal, log: Log): SharedDocuments {
  const opened = new Map<string, Known>()
  /** Whose file's edit could not be taken at the last look. */
  const waiting = new Set<string>()

  async function lookAtDatabase(): Promise<void> {
    const { rows } = await pool.query<{ name: string; revision: number; document: string }>({
      name: 'documents_changed',
      text: `select name, d.revision::float8 as revision, document
        from baton.documents d join unnest($1::text[], $2::bigint[]) k (name, revision) using (name)
        where d.revision > k.revision`,
      values: [[...opened.keys()], [...opened.values()].map((each) => each.revision)],
    })
    for (const { name, revision, document } of rows) opened.get(name)?.take(revision, document)
  }

  async function look(): Promise<void> {
    for (const [name, known] of opened) await takeEdit(name, known)
    await lookAtDatabase()
  }

  async function takeEdit(name: string, { mirror, takeFile }: Known): Promise<void> {
    const edit = mirror.changed()
    if (edit === undefined) return
    try {
      await takeFile(edit.text)
    } catch (error) {
      if (!waiting.has(name))
        log.warn(
          { document: name, err: error },
          `What was written into ${name}.json cannot be taken yet; it is tried again.`,
        )
      waiting.add(name)
      return
    }
    waiting.delete(name)
    edit.seen()
  }

  /** False when another was faster. */
  async function write(name: string, kept: string, base: number): Promise<boolean> {
    const statement =
      base === 0
        ? `insert into baton.documents (name, document, revision) values ($1, $2, 1 + $3::bigint) on conflict do nothing`
        : `update baton.documents set document = $2, revision = revision + 1, changed_at = clock_timestamp()
           where name = $1 and revision = $3`
    const { rowCount } = await writingOnce(() => pool.query(statement, [name, kept, base]))
    return rowCount === 1
  }

  function openOne<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    missing: z.output<Schema>,
  ): { readonly known: Known; readonly document: StoredDocument<z.output<Schema>> } {
    const file = join(folder, `${name}.json`)
    const place = placeOfDocument(name)
    let value = missing
    const known: Known = {
      revision: 0,
      mirror: openMirror(file, log),
      take(revision, kept) {
        if (revision <= known.revision) return
        const text = unsealed(kept)
        if (text === undefined) return
        known.revision = revision
        value = readDocument(`The document “${name}” of the database`, text, schema, log) ?? value
        known.mirror.show(value)
      },
      async takeFile(text, first) {
        const edited = readDocument(file, text, schema, log)
        if (edited === undefined) return
        const counts = await change((newest) =>
          first && known.revision > 0 ? { value: newest, result: false } : { value: edited, result: true },
        )
        if (first && counts) log.info({ file }, `${file} is in the database now, which all servers share.`)
      },
    }

    function unsealed(kept: string): string | undefined {
      try {
        const text = seal.open(place, kept)
        known.closed = undefined
        return text
      } catch (error) {
        if (!(error instanceof SealedSecret)) throw error
        if (!known.closed) log.error({ document: name }, error.message)
        known.closed = error
        return undefined
      }
    }

    async function change<Result>(
      plan: (newest: z.output<Schema>) => Changed<z.output<Schema>, Result>,
    ): Promise<Result> {
      for (let tried = 0; tried < TRIES; tried++) {
        await reading(lookAtDatabase)
        if (known.closed) throw new RuntimeError('unavailable', known.closed.message)
        const base = known.revision
        const planned = plan(value)
        if (planned.value === value) return planned.result
        const kept = seal.seal(place, JSON.stringify(planned.value))
        if (!(await write(name, kept, base))) continue
        known.take(base + 1, kept)
        return planned.result
      }
      throw new RuntimeError('unavailable', `“${name}” was changed by others all the time; try again.`)
    }

    return { known, document: { current: () => value, change } }
  }

  const looking = every(LOOK_EVERY, () =>
    look().catch((error: unknown) => log.debug({ err: error }, 'The settings were not looked at; it is tried again.')),
  )

  return {
    async open(name, schema, missing) {
      const { known, document } = openOne(name, schema, missing)
      opened.set(name, known)
      await lookAtDatabase()
      if (known.closed) throw known.closed
      const { found } = known.mirror
      if (known.revision === 0 && found !== undefined) await known.takeFile(found, true)
      return document
    },
    look,
    close: looking.stop,
  }
}
