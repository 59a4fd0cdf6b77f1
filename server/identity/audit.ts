/**
 * Who changed what. Laws:
 * 1. Entries are only ever appended, one after another, and each one's hash covers the one before: whoever changes or
 *    removes one changes every hash after it.
 * 2. An entry holds ids, small values and hashes; never a secret, and nothing that a customer wrote.
 * 3. Anybody who may read the log can check it: `checkChain` takes nothing but what `GET /v1/audit` shows.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Json } from '#engine/index.ts'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import { writing } from './writing.ts'

export interface Actor {
  /** `system`: nobody who is known, such as who fails to sign in. */
  readonly kind: 'key' | 'user' | 'system'
  readonly id: string
  readonly name?: string
}
export interface AuditEntry {
  readonly actor: Actor
  /** What happened, such as `flow.published`. */
  readonly action: string
  readonly target: { readonly kind: string; readonly id: string }
  readonly change?: { readonly before?: Json; readonly after?: Json }
}
export interface AuditRecord extends AuditEntry {
  readonly id: string
  readonly at: string
  /** SHA-256, in hexadecimal. */
  readonly hash: string
}
export interface AuditQuery {
  readonly actor?: string
  /** Such as `flow.published`, or `flow` for all that happened to flows. */
  readonly action?: string
  readonly target?: string
  readonly since?: string
  readonly cursor?: string
  readonly limit?: number
}

export interface Audit {
  /** Durable when it resolves. @throws RuntimeError `unavailable` */
  append(entry: AuditEntry, now: number): Promise<void>
  /** The latest first. */
  page(query: AuditQuery): Promise<{ readonly items: readonly AuditRecord[]; readonly next: string | null }>
}

const PAGE = 50

export function createAudit(database: Database): Audit {
  return {
    append: ({ actor, action, target, change }, now) =>
      writing(async () => {
        const entry = textOf({ actor, action, target, ...(change === undefined ? {} : { change }) })
        await sql`select baton.append_audit(${now}, ${entry})`.execute(database)
      }),
    async page({ actor, action, target, since, cursor, limit = PAGE }) {
      let select = database.selectFrom('baton.audit').select(['id', 'at', 'entry', 'hash']).orderBy('id', 'desc')
      if (actor !== undefined) select = select.where('actor', '=', actor)
      if (target !== undefined) select = select.where('target', '=', target)
      if (since !== undefined) select = select.where('at', '>=', Date.parse(since))
      if (cursor !== undefined) select = select.where('id', '<', Number(cursor))
      if (action !== undefined)
        select = select.where((of) =>
          of.or([of('action', '=', action), of(sql`split_part(action, '.', 1)`, '=', action)]),
        )
      const rows = await reading(() => select.limit(limit + 1).execute())
      const shown = rows.slice(0, limit)
      return {
        // Only `append` writes this column, from an AuditEntry.
        items: shown.map(({ id, at, entry, hash }) => ({
          id: String(id),
          at: new Date(at).toISOString(),
          ...(JSON.parse(entry) as AuditEntry),
          hash,
        })),
        next: rows.length > limit ? String(shown.at(-1)?.id) : null,
      }
    },
  }
}

/**
 * What is wrong with the log, given the latest first from `newest` on; undefined when nothing is. `older` is the entry
 * after the last one given, null at the beginning of the log.
 */
export function checkChain(newest: readonly AuditRecord[], older: AuditRecord | null): string | undefined {
  for (const [index, record] of newest.entries()) {
    const before = newest[index + 1] ?? older
    if (Number(record.id) !== Number(before?.id ?? 0) + 1)
      return `Between entry ${before?.id ?? 0} and entry ${record.id} there is one missing.`
    if (hashOf(record, before?.hash ?? '') !== record.hash)
      return `Entry ${record.id} of ${record.at}, or the one before it, is not as it was written.`
  }
  return undefined
}

function hashOf({ id, at, actor, action, target, change, hash: _ }: AuditRecord, previous: string): string {
  const entry = textOf({ actor, action, target, ...(change === undefined ? {} : { change }) })
  return createHash('sha256')
    .update([previous, id, Date.parse(at), entry].join('\n'))
    .digest('hex')
}

/** One way to write an entry, whatever order its parts came in. */
function textOf({ actor: { kind, id, name }, action, target, change }: AuditEntry): string {
  return JSON.stringify({
    actor: { kind, id, ...(name === undefined ? {} : { name }) },
    action,
    target: { kind: target.kind, id: target.id },
    ...(change === undefined ? {} : { change: { ...change } }),
  })
}
