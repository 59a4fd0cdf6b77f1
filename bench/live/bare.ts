/**
 * The yardstick: a bare Hono route that makes one event durable and does nothing else. No engine, no keys, no roles,
 * no timers. Like Baton it sends one statement, in which the key is looked up, the row locked and rewritten, and the
 * log and the key are inserted; what it writes and answers are the bytes of a real conversation of Baton.
 */
import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { z } from 'zod'

/** One event of a real conversation, as it is stored and answered. */
export type Bytes = z.infer<typeof bytes>
const bytes = z.object({ snapshot: z.string(), entries: z.string(), answer: z.string() })

const CONNECTIONS = 12

const [databaseUrl = '', example = '{}'] = process.argv.slice(2)
const { snapshot, entries, answer } = bytes.parse(JSON.parse(example))
const { messages, ...answered } = z.looseObject({ messages: z.unknown() }).parse(JSON.parse(answer))
const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS })
await pool.query(`
  create schema bare;
  create table bare.conversations (
    id text primary key, version integer not null, at bigint not null, snapshot text not null
  ) with (fillfactor = 50);
  alter table bare.conversations alter column snapshot set storage main;
  create table bare.log (
    conversation text not null, seq integer not null, at bigint not null, entries text not null,
    primary key (conversation, seq));
  create table bare.keys (
    conversation text not null, key text not null, body text not null, answer text not null, at bigint not null,
    primary key (conversation, key));
  create function bare.commit(
    p_id text, p_key text, p_body text, p_at bigint, p_snapshot text, p_entries text, p_answer text
  ) returns integer language plpgsql as $$
  declare
    v_version integer;
  begin
    perform from bare.keys where conversation = p_id and key = p_key;
    if found then return 0; end if;
    select version + 1 into v_version from bare.conversations where id = p_id for no key update;
    update bare.conversations set version = v_version, at = p_at, snapshot = p_snapshot where id = p_id;
    insert into bare.log (conversation, seq, at, entries) values (p_id, v_version, p_at, p_entries);
    insert into bare.keys (conversation, key, body, answer, at) values (p_id, p_key, p_body, p_answer, p_at);
    return v_version;
  end $$`)

const app = new Hono()
  .post('/v1/conversations', async (c) => {
    const { id } = await c.req.json<{ id: string }>()
    await pool.query('insert into bare.conversations (id, version, at, snapshot) values ($1, 1, $2, $3)', [
      id,
      Date.now(),
      snapshot,
    ])
    return c.json({ id }, 201)
  })
  .post('/v1/conversations/:id/events', async (c) => {
    const id = c.req.param('id')
    const event: unknown = await c.req.json()
    const at = Date.now()
    const now = { ...answered, at, messages }
    const text = JSON.stringify(now)
    const { rows } = await pool.query<{ version: number }>({
      name: 'commit',
      text: 'select bare.commit($1, $2, $3, $4, $5, $6, $7) as version',
      values: [
        id,
        c.req.header('idempotency-key'),
        createHash('sha256').update(JSON.stringify(event)).digest('base64url'),
        at,
        `${snapshot} ${at}`,
        `${entries} ${at}`,
        text,
      ],
    })
    return c.json({ ...now, version: rows[0]?.version })
  })

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))
process.on('disconnect', () => {
  server.close()
  void pool.end().then(() => process.exit(0))
})
