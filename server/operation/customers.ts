/**
 * What is kept of one customer: given out whole, or forgotten whole. Laws:
 * 1. A customer is all conversations that are known by one id or address: the profile's `id` or `email` (`customer_key` is
 *    the first of them), the address of a ticket or of replies that were mailed. Who never said either is the
 *    conversations whose transcript went to an address, and the one conversation of an id. Of somebody who is known a
 *    transcript may have gone to anybody: it proves nothing.
 * 2. Forgetting is one transaction, and its record is a part of it. The record names nobody: it holds a hash over a
 *    salt, and the salt (the `proof`) is given to who asked, once, and kept nowhere.
 * 3. After it every node lets go of what it held in memory: it is told so, and one that was not there to hear it forgets
 *    all that it keeps when its line is back.
 */
import { hash, randomBytes } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { noSuchCustomer } from '../runtime/refusals.ts'
import { reading, writingOnce } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'

/** The record of an erasure. */
export interface Erasure {
  /** SHA-256 of the proof, a line break and the customer's id or address in small letters; base64url. */
  readonly customer: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly conversations: number
  /** How many rows went, by table; of `handoffs` the figures stay. */
  readonly rows: Readonly<Record<string, number>>
}

export interface Customers {
  /** Everything of a customer, as the text of one JSON document, in pieces. Rejects with `not-found`. */
  export(customer: string): Promise<AsyncIterable<string>>
  /** Forgets a customer. Conversations that are open end by it. Rejects with `not-found`. */
  erase(customer: string): Promise<Erasure & { readonly proof: string }>
  /** The latest first. */
  erasures(): Promise<readonly Erasure[]>
}

interface Deps {
  readonly database: Database
  readonly clock: { now(): number }
  /** After COMMIT, with the conversations that are no more. */
  forgotten(conversations: readonly string[]): void
}

const MOST = 1_000

export function createCustomers({ database, clock, forgotten }: Deps): Customers {
  async function conversationsOf(customer: string, from: Database = database): Promise<readonly string[]> {
    const { rows } = await lookFor(customer).execute(from)
    return rows.map((row) => row.id)
  }

  return {
    async export(customer) {
      const ids = await reading(() => conversationsOf(customer))
      if (ids.length === 0) throw noSuchCustomer()
      return bundle(database, customer, ids, clock.now())
    },
    async erase(customer) {
      const proof = randomBytes(32).toString('base64url')
      const record = await writingOnce(() =>
        database.transaction().execute(async (transaction) => {
          const ids = await conversationsOf(customer, transaction)
          if (ids.length === 0) return undefined
          const at = clock.now()
          const rows = await forget(transaction, ids, at)
          const erasure = { customer: hashOf(proof, customer), at, conversations: ids.length, rows }
          await transaction
            .insertInto('baton.erasures')
            .values({ ...erasure, rows: JSON.stringify(rows) })
            .execute()
          return { ids, erasure }
        }),
      )
      if (!record) throw noSuchCustomer()
      forgotten(record.ids)
      return { ...record.erasure, proof }
    },
    erasures: () =>
      reading(() =>
        database
          .selectFrom('baton.erasures')
          .select(['customer', 'at', 'conversations', 'rows'])
          .orderBy('id', 'desc')
          .limit(MOST)
          .execute(),
      ),
  }
}

/** The conversations of a customer, in the order in which they began (law 1). */
export function lookFor(customer: string): RawBuilder<{ id: string }> {
  const key = customer.toLowerCase()
  return sql<{ id: string }>`
    select c.id from baton.conversations c join (
      select id from baton.conversations where customer_key = ${key}
      union select id from baton.conversations
        where baton.email_in(customer) = ${key} and customer_key is distinct from baton.email_in(customer)
      union select id from baton.conversations where id = ${customer} and customer_key is null
      union select conversation from baton.tickets where lower(email) = ${key}
      union select m.conversation from baton.mails m join baton.conversations o on o.id = m.conversation
        where lower(m.recipient) = ${key} and (m.kind = 'reply' or (m.kind = 'transcript' and o.customer_key is null))
    ) found using (id) order by c.started_at, c.id`
}

/** What `customer` of a record must be for this customer, by the proof that was given out. */
export function hashOf(proof: string, customer: string): string {
  return hash('sha256', `${proof}\n${customer.toLowerCase()}`, 'base64url')
}

/** Deletes conversations with all that belongs to them; the caller's transaction. Answers how many rows, by table. */
export async function forget(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ rows: Readonly<Record<string, number>> }>`
    select baton.forget_conversations(${ids}::text[], ${now}::bigint) as rows`.execute(database)
  return rows[0]?.rows ?? {}
}

/** One conversation and one file at a time, so that years of talk do not have to fit into memory. */
async function* bundle(
  database: Database,
  customer: string,
  ids: readonly string[],
  now: number,
): AsyncGenerator<string> {
  yield `{"customer":${JSON.stringify(customer)},"at":"${new Date(now).toISOString()}","conversations":[`
  let comma = ''
  for (const id of ids) {
    const written = await reading(() => conversation(database, id))
    if (written === undefined) continue
    yield `${comma}${written.slice(0, -1)},"attachments":[`
    yield* files(database, id)
    yield ']}'
    comma = ','
  }
  yield ']}\n'
}

async function* files(database: Database, conversation: string): AsyncGenerator<string> {
  const ids = await reading(() =>
    database
      .selectFrom('baton.attachments')
      .select('id')
      .where('conversation', '=', conversation)
      .orderBy('at')
      .execute(),
  )
  let comma = ''
  for (const { id } of ids) {
    const { rows } = await reading(() =>
      sql<{ document: string }>`
        select json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'sender', a.sender, 'at', ${iso('a.at')},
          'base64', translate(encode(a.bytes, 'base64'), E'\n', ''))::text as document
        from baton.attachments a where a.conversation = ${conversation} and a.id = ${id}`.execute(database),
    )
    const [file] = rows
    if (!file) continue
    yield `${comma}${file.document}`
    comma = ','
  }
}

/** An object as PostgreSQL writes it, without its files: rows as they are stored, documents as documents. */
async function conversation(database: Database, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ document: string }>`
    select json_build_object(
      'id', c.id, 'flow', c.flow, 'version', c.flow_version, 'channel', c.channel, 'language', c.language,
      'startedAt', ${iso('c.started_at')}, 'closedAt', ${iso('c.closed_at')},
      'customer', c.customer::json, 'variables', c.snapshot::json->'machine'->'context'->'vars',
      'known', c.snapshot::json->'memory',
      'log', (select coalesce(json_agg(e order by (e->>'seq')::int), '[]') from baton.log l,
        json_array_elements(l.entries::json) e where l.conversation = c.id),
      'tickets', (select coalesce(json_agg(json_build_object('id', t.id, 'subject', t.subject, 'name', t.name,
        'email', t.email, 'page', t.page, 'brief', t.brief, 'summary', t.summary, 'profile', t.profile::json,
        'createdAt', ${iso('t.created_at')}, 'state', t.state) order by t.created_at), '[]')
        from baton.tickets t where t.conversation = c.id),
      'callbacks', (select coalesce(json_agg(json_build_object('id', b.id, 'at', ${iso('b.at')},
        'customer', b.customer::json, 'state', b.state) order by b.at), '[]')
        from baton.callbacks b where b.conversation = c.id),
      'mails', (select coalesce(json_agg(json_build_object('kind', m.kind, 'to', m.recipient, 'subject', m.subject,
        'body', m.body, 'at', ${iso('m.at')}, 'state', m.state) order by m.at), '[]')
        from baton.mails m where m.conversation = c.id)
    )::text as document
    from baton.conversations c where c.id = ${id}`.execute(database)
  return rows[0]?.document
}

/** Epoch milliseconds as the API writes times. */
function iso(column: string): RawBuilder<unknown> {
  return sql`to_char(to_timestamp(${sql.ref(column)} / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
