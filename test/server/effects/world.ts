/** All that the effects stand on: one conversation and its tables in memory, and a real server on loopback outside. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { advance, handoffPackage, parseFlow, start, type Effect, type Flow } from '#engine/index.ts'
import { createChannels } from '#server/channels/index.ts'
import { createEffects, type Booking, type EffectDeps, type Ticket } from '#server/effects/index.ts'
import { createNetwork, openEndpoints } from '#server/network/index.ts'
import type { EffectContext, EffectHandler, EffectHandlers } from '#server/runtime/runtime.ts'
import { openOutside, type Outside } from '../network/outside.ts'
import { keptConversation, type KeptConversation } from './conversation.ts'
import { keptLog, type KeptLog } from './kept-log.ts'

export const noon = Date.parse('2026-03-02T12:00:00Z')

export interface World {
  readonly deps: EffectDeps
  readonly effects: EffectHandlers
  readonly conversation: KeptConversation
  readonly outside: Outside
  readonly log: KeptLog
  readonly tickets: ReadonlyMap<string, Ticket>
  readonly bookings: Booking[]
  /** Conversations whose customers must be reached outside of the chat. */
  readonly followed: readonly string[]
  /** Pauses between tries, in milliseconds: they take no time here. */
  readonly pauses: readonly number[]
  run(effect: Effect, context?: Partial<EffectContext>): Promise<void>
  gaveUp(effect: Effect, error: string): Promise<void>
  /** Makes the conversation wait for the effect's end. */
  awaits(effect: Effect): void
  close(): Promise<void>
}

export async function openWorld(): Promise<World> {
  const outside = await openOutside()
  outside.answer((_, response) => response.writeHead(204).end())
  const folder = mkdtempSync(join(tmpdir(), 'baton-effects-'))
  const network = createNetwork({ allow: new Set([`127.0.0.1:${outside.port}`]), resolve: async () => [] })
  const log = keptLog()
  const conversation = begun()
  const tickets = new Map<string, Ticket>()
  const bookings: Booking[] = []
  const followed: string[] = []
  const pauses: number[] = []
  const clock = { now: () => Date.now() }
  const endpoints = (name: string): EffectDeps['bots'] => openEndpoints(join(folder, name), log)
  const channels = endpoints('channels.json')
  const deps: EffectDeps = {
    conversations: conversation.conversations,
    network,
    log,
    clock,
    bots: endpoints('bots.json'),
    webhooks: endpoints('webhooks.json'),
    channels: createChannels({ network, clock, endpoints: channels }),
    pause: async (milliseconds, signal) => {
      signal.throwIfAborted()
      pauses.push(milliseconds)
    },
    tickets: {
      find: async (id) => tickets.get(id),
      save: async (ticket) => {
        if (!tickets.has(ticket.id)) tickets.set(ticket.id, ticket)
      },
      markWebhook: async (id, webhook) => {
        const ticket = tickets.get(id)
        if (ticket) tickets.set(id, { ...ticket, webhook })
      },
    },
    callbacks: {
      book: async (booking) => {
        const clash = bookings.find(({ schedule, at }) => schedule === booking.schedule && at === booking.at)
        if (clash) return clash.id === booking.id ? 'booked' : 'taken'
        bookings.push(booking)
        return 'booked'
      },
    },
    followUps: {
      begin: async (id) => {
        followed.push(id)
      },
    },
    teamOf: async () => 'parcels',
  }
  deps.bots.put({ name: 'helper', url: `${outside.origin}/bot` })
  channels.put({ name: 'whatsapp', url: `${outside.origin}/whatsapp` })
  const effects = createEffects(deps)
  const handlerOf = (effect: Effect): EffectHandler<Effect['type']> =>
    effects[effect.type] as EffectHandler<Effect['type']> // The list holds under each type the handler of that type.
  const contextOf = (effect: Effect, more: Partial<EffectContext> = {}): EffectContext => ({
    conversation: conversation.snapshot.conversation,
    epoch: conversation.snapshot.epoch,
    attempt: 1,
    maxAttempts: handlerOf(effect).maxAttempts,
    signal: new AbortController().signal,
    ...more,
  })
  return {
    deps,
    effects,
    conversation,
    outside,
    log,
    tickets,
    bookings,
    followed,
    pauses,
    run: (effect, context) => handlerOf(effect).run(effect, contextOf(effect, context)),
    gaveUp: (effect, error) => handlerOf(effect).gaveUp(effect, contextOf(effect), error),
    awaits: (effect) => {
      conversation.snapshot = { ...conversation.snapshot, awaiting: effect.id }
    },
    async close() {
      await network.close()
      await outside.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A conversation on a small flow, as the engine begins it. */
function begun(): KeptConversation {
  const opening = {
    id: 'c-1',
    flowVersion: 1,
    channel: 'web',
    language: 'en',
    page: '/orders',
    customer: { name: 'Rosa Lind', email: 'rosa@example.com', tier: 'gold' },
    variables: { orderNumber: '4711' },
  }
  const { snapshot, messages } = start(flow, opening, noon)
  const kept = keptConversation(
    snapshot,
    advance(flow, snapshot, messages),
    handoffPackage(flow, snapshot, { transcript: [], earlier: [] }),
  )
  kept.transcript = [
    { seq: 2, at: noon, from: 'bot', text: 'Good day, how may I help?' },
    { seq: 4, at: noon + 5_000, from: 'customer', text: 'My parcel “4711” is lost,\nplease look.' },
  ]
  return kept
}

const flow: Flow = read({
  baton: 1,
  id: 'support',
  name: 'Support',
  language: 'en',
  timezone: 'Europe/Berlin',
  variables: { orderNumber: { type: 'text' } },
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
    { id: 'talk', type: 'listen', position: { x: 0, y: 100 }, data: { bot: 'helper' } },
    { id: 'end', type: 'close', position: { x: 0, y: 200 }, data: {} },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'talk' },
    { id: 'e2', source: 'talk', sourceHandle: 'done', target: 'end' },
  ],
  viewport: { x: 0, y: 0, zoom: 1 },
})

function read(document: unknown): Flow {
  const parsed = parseFlow(document)
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  return parsed.flow
}
