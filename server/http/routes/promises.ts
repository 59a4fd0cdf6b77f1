import { OpenAPIHono } from '@hono/zod-openapi'
import type { CallbackView, TicketView, WholeTicket } from '#server/promises/promises.ts'
import { caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { advanceFor, shownMessage } from '../project.ts'
import { gives, mayTakeJson, route } from '../route.ts'
import { advance } from '../schemas/conversation.ts'
import { idParam, listOf } from '../schemas/list.ts'
import { callbackQuery, callbackView, takeBody, ticketQuery, ticketView, wholeTicket } from '../schemas/promises.ts'

const tags = ['Tickets and callbacks']

const ticketsRoute = route('desk.read', ['invalid', 'unavailable'], '/tickets', {
  method: 'get',
  tags,
  summary: 'List tickets',
  description: 'Those that are due first come first; resolved ones the latest first.',
  request: { query: ticketQuery },
  responses: { 200: gives('A page.', listOf(ticketView)) },
})

const ticketRoute = route('desk.read', ['not-found', 'unavailable'], '/tickets/{id}', {
  method: 'get',
  tags,
  summary: 'Read a ticket',
  request: { params: idParam },
  responses: { 200: gives('With all that was known when it was written.', wholeTicket) },
})

const takeRoute = route(
  'events.agent',
  ['not-found', 'not-owner', 'not-expected', 'closed', 'stale', 'invalid', 'unavailable'],
  '/tickets/{id}/take',
  {
    method: 'post',
    tags,
    summary: 'Take a ticket',
    description: [
      'The agent accepts its conversation, also one that has ended, and answers in it with `agent.message`: the',
      'customer reads it in the widget when that is open, else by e-mail when an address is known.',
    ].join(' '),
    request: { params: idParam, body: mayTakeJson(takeBody) },
    responses: { 200: gives('The agent has it.', advance) },
  },
)

const resolveRoute = route('events.agent', ['not-found', 'unavailable'], '/tickets/{id}/resolve', {
  method: 'post',
  tags,
  summary: 'Resolve a ticket that was answered elsewhere',
  'x-audit': 'ticket.resolved',
  description: 'The customer is told nothing more about it. One that an agent has is resolved by `agent.resolve`.',
  request: { params: idParam },
  responses: { 200: gives('It is resolved.', ticketView) },
})

const callbacksRoute = route('desk.read', ['invalid', 'unavailable'], '/callbacks', {
  method: 'get',
  tags,
  summary: 'List booked calls',
  description: 'By their time; those that are over the latest first.',
  request: { query: callbackQuery },
  responses: { 200: gives('A page.', listOf(callbackView)) },
})

const cancelRoute = route('events.agent', ['not-found', 'not-expected', 'unavailable'], '/callbacks/{id}/cancel', {
  method: 'post',
  tags,
  summary: 'Cancel a booked call',
  'x-audit': 'callback.cancelled',
  description: 'Its time is free again, and nobody is reminded of it.',
  request: { params: idParam },
  responses: { 200: gives('It is cancelled.', callbackView) },
})

/** What customers were promised for later. */
export function promises({ runtime }: Pick<Deps, 'runtime'>) {
  const { promises: kept } = runtime
  return new OpenAPIHono<Env>()
    .openapi(ticketsRoute, async (c) => {
      const { items, next } = await kept.tickets(c.req.valid('query'))
      return c.json({ items: items.map(shownTicket), next }, 200)
    })
    .openapi(ticketRoute, async (c) => c.json(shownWhole(await kept.ticket(c.req.valid('param').id)), 200))
    .openapi(takeRoute, async (c) => {
      const taken = await kept.take(c.req.valid('param').id, whoTakes(caller(c), c.req.valid('json').agent))
      return c.json(advanceFor(caller(c), taken), 200)
    })
    .openapi(resolveRoute, async (c) => c.json(shownTicket(await kept.resolve(c.req.valid('param').id)), 200))
    .openapi(callbacksRoute, async (c) => {
      const { items, next } = await kept.callbacks(c.req.valid('query'))
      return c.json({ items: items.map(shownCallback), next }, 200)
    })
    .openapi(cancelRoute, async (c) => c.json(shownCallback(await kept.cancel(c.req.valid('param').id)), 200))
}

/** An agent's key takes for that agent only; whoever is no agent names one. */
function whoTakes(who: ReturnType<typeof caller>, named: string | undefined): string {
  if (who.role !== 'agent') {
    if (named !== undefined) return named
    throw new Problem('invalid', 'Name the agent who takes it.', {
      errors: [{ pointer: '/agent', message: 'is missing' }],
    })
  }
  if (named === undefined || named === who.agent) return who.agent
  throw new Problem(
    'forbidden',
    `This key belongs to the agent “${who.agent}” and cannot take a ticket for “${named}”; leave “agent” out.`,
  )
}

function shownTicket(ticket: TicketView) {
  const { createdAt, waitingSince, due, calledAt, takenAt, resolvedAt, ...same } = ticket
  return {
    ...same,
    createdAt: iso(createdAt),
    waitingSince: iso(waitingSince),
    due: iso(due),
    calledAt: maybeIso(calledAt),
    takenAt: maybeIso(takenAt),
    resolvedAt: maybeIso(resolvedAt),
  }
}

function shownWhole({ transcript, profile, ...ticket }: WholeTicket) {
  return { ...shownTicket(ticket), transcript: transcript.map(shownMessage), profile: { ...profile } }
}

function shownCallback({ at, bookedAt, customer, ...same }: CallbackView) {
  return { ...same, customer: { ...customer }, at: iso(at), bookedAt: iso(bookedAt) }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function maybeIso(at: number | null): string | null {
  return at === null ? null : iso(at)
}
