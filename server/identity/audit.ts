/**
 * Who changed what. Laws:
 * 1. Entries are only ever appended, one after another, and each one's hash covers the one before: whoever changes or
 *    removes one changes every hash after it.
 * 2. An entry holds ids, small values and hashes; never a secret, and nothing that a customer wrote.
 * 3. Anybody who may read the log can check it: `checkChain` takes nothing but what `GET /v1/audit` shows.
 * 4. No change is without an entry: before it begins there is an undertaking, durable, and a crash leaves the undertaking.
 *
 *   undertaken --done--> an entry of what was changed
 *              --refused: nothing was changed--> no entry
 *              --nobody knows whether it was, or nobody comes back for `FORSAKEN`--> an entry whose outcome is unknown
 *
 * Whoever comes back later than that appends the entry of what was changed beside that one.
 */
import { createHash } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Json } from '#engine/index.ts'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
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

/** A change that is about to be made. Its entry has the time at which it was undertaken. */
export interface Undertaking {
  /** It was made; its entry is durable when this resolves. @throws RuntimeError `unavailable` */
  done(entry: AuditEntry): Promise<void>
  /** It was not made. */
  refused(): Promise<void>
  /** Nobody can say. */
  unknown(): Promise<void>
}

export interface Audit {
  /** Durable when it resolves. @throws RuntimeError `unavailable` */
  append(entry: AuditEntry, now: number): Promise<void>
  /** Durable when it resolves: from then on there will be an entry. @throws RuntimeError `unavailable` */
  undertake(entry: AuditEntry, now: number): Promise<Undertaking>
  /** Writes the entries of undertakings that nobody came back to. @throws RuntimeError `unavailable` */
  settleForsaken(now: number): Promise<void>
  /** The latest first. */
  page(query: AuditQuery): Promise<{ readonly items: readonly AuditRecord[]; readonly next: string | null }>
}

const PAGE = 50
/** Longer than any call takes that changes something. */
const FORSAKEN = 300_000

export function createAudit(database: Database): Audit {
  const settle = async (undertaking: number, at: number, entry: string | null): Promise<void> => {
    await writing(() => sql`select baton.settle_audit(${undertaking}, ${at}, ${entry})`.execute(database))
  }

  return {
    append: (entry, now) => writing(() => appendTo(database, entry, now)),
    async undertake(wanted, now) {
      const entry = textOf(withoutOutcome(wanted, now))
      const { id } = await writing(() =>
        database.insertInto('baton.undertakings').values({ at: now, entry }).returning('id').executeTakeFirstOrThrow(),
      )
      return {
        done: (made) => settle(id, now, textOf(made)),
        refused: () => settle(id, now, null),
        unknown: () => settle(id, now, entry),
      }
    },
    async settleForsaken(now) {
      await writing(() => sql`select baton.settle_forsaken(${now - FORSAKEN}, ${now})`.execute(database))
    },
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

/** For a change that is one transaction with its entry. */
export async function appendTo(change: Database | Transaction<Tables>, entry: AuditEntry, now: number): Promise<void> {
  await sql`select baton.append_audit(${now}, ${textOf(entry)})`.execute(change)
}

/** The entry of a change of which nobody knows more than that it was begun. */
export function withoutOutcome({ actor, action, target }: AuditEntry, begun: number): AuditEntry {
  const begunAt = new Date(begun).toISOString()
  return { actor, action, target, change: { after: { outcome: 'unknown', begunAt } } }
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
