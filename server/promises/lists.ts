/** Tickets and callbacks as the desk lists them. A page's `next` names its last item's place. */
import { sql, type Selectable, type SqlBool } from 'kysely'
import type { Json } from '#engine/index.ts'
import type { CallbackRow, TicketRow } from '../effects/tables.ts'
import { ticketOf } from '../effects/tickets.ts'
import { RuntimeError, type Page } from '../runtime/runtime.ts'
import { readCursor, writeCursor, type Place } from '../store/cursor.ts'
import type { Database } from '../store/database.ts'
import type { CallbackQuery, CallbackView, TicketQuery, TicketView, WholeTicket } from './promises.ts'

const DEFAULT_LIMIT = 50
const MOST = 200

/** What is due first comes first; what is resolved, the latest first. */
export async function listTickets(database: Database, query: TicketQuery): Promise<Page<TicketView>> {
  const limit = limitOf(query.limit)
  const isOver = query.state === 'resolved'
  const column = isOver ? ('t.resolved_at' as const) : ('t.due' as const)
  let select = tickets(database)
    .orderBy(column, isOver ? 'desc' : 'asc')
    .orderBy('t.id', isOver ? 'desc' : 'asc')
    .limit(limit + 1)
  select =
    query.state === undefined ? select.where('t.state', '<>', 'resolved') : select.where('t.state', '=', query.state)
  if (query.team !== undefined) select = select.where('t.team', '=', query.team)
  if (query.agent !== undefined) select = select.where('t.agent', '=', query.agent)
  if (query.cursor !== undefined) select = select.where(beyond(isOver, sql.ref(column), sql.ref('t.id'), query.cursor))
  return paged(
    await select.execute(),
    limit,
    (row) => ({ at: (isOver ? row.resolved_at : row.due) ?? 0, id: row.id }),
    ticketView,
  )
}

export async function findTicket(database: Database, id: string): Promise<WholeTicket> {
  const row = await tickets(database).where('t.id', '=', id).executeTakeFirst()
  if (!row) throw noSuch('ticket', id)
  const { transcript, profile } = ticketOf(row)
  return { ...ticketView(row), transcript, profile }
}

/** By their time; those that are over, the latest first. */
export async function listCallbacks(database: Database, query: CallbackQuery): Promise<Page<CallbackView>> {
  const limit = limitOf(query.limit)
  const { state } = query
  const isOver = state === 'kept' || state === 'ticket' || state === 'cancelled'
  let select = database
    .selectFrom('baton.callbacks')
    .selectAll()
    .orderBy('at', isOver ? 'desc' : 'asc')
    .orderBy('id', isOver ? 'desc' : 'asc')
    .limit(limit + 1)
  select =
    state === undefined ? select.where('state', 'in', ['booked', 'due', 'missed']) : select.where('state', '=', state)
  if (query.team !== undefined) select = select.where('team', '=', query.team)
  if (query.cursor !== undefined) select = select.where(beyond(isOver, sql.ref('at'), sql.ref('id'), query.cursor))
  return paged(await select.execute(), limit, (row) => ({ at: row.at, id: row.id }), callbackView)
}

export async function findCallback(database: Database, id: string): Promise<CallbackView> {
  const row = await database.selectFrom('baton.callbacks').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw noSuch('callback', id)
  return callbackView(row)
}

function tickets(database: Database) {
  return database
    .selectFrom('baton.tickets as t')
    .leftJoin('baton.agents as a', 'a.id', 't.agent')
    .selectAll('t')
    .select('a.name as agent_name')
}

function ticketView(row: Selectable<TicketRow> & { readonly agent_name: string | null }): TicketView {
  const { transcript: _transcript, profile: _profile, replyWithin: _replyWithin, ...kept } = ticketOf(row)
  return {
    ...kept,
    state: row.state,
    agent: row.agent === null ? null : { id: row.agent, name: row.agent_name ?? row.agent },
    calledAt: row.called_at,
    takenAt: row.taken_at,
    resolvedAt: row.resolved_at,
  }
}

function callbackView(row: Selectable<CallbackRow>): CallbackView {
  const { id, conversation, schedule, team, at, length, state, tries, ticket } = row
  return {
    ...{ id, conversation, schedule, team, at, length, state, tries, ticket },
    // Only `createCallbackBook` writes this column, from a customer's profile.
    customer: JSON.parse(row.customer) as Readonly<Record<string, Json>>,
    bookedAt: row.booked_at,
  }
}

function noSuch(what: 'ticket' | 'callback', id: string): RuntimeError {
  return new RuntimeError('not-found', `There is no ${what} “${id}”. GET /v1/${what}s lists them.`)
}

type Reference = ReturnType<typeof sql.ref>

function beyond(isOver: boolean, column: Reference, id: Reference, cursor: string) {
  const place = readCursor(cursor)
  if (!place)
    throw new RuntimeError('invalid', 'This cursor is not one. Take “next” of the page before.', [
      { pointer: '/cursor', message: 'is not a cursor' },
    ])
  return isOver
    ? sql<SqlBool>`(${column}, ${id}) < (${place.at}::bigint, ${place.id})`
    : sql<SqlBool>`(${column}, ${id}) > (${place.at}::bigint, ${place.id})`
}

function paged<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null
  return { items: shown.map(itemOf), next }
}

function limitOf(limit = DEFAULT_LIMIT): number {
  return Math.min(Math.max(Math.trunc(limit), 1), MOST)
}
