/** A runtime with its real effects, a clock that is moved by hand, and a real mail server on loopback. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect } from 'vitest'
import { teamOf, type Flow } from '#engine/index.ts'
import { createChannels } from '#server/channels/index.ts'
import { createCallbackBook, createEffects, createFollowUps, createTicketStore } from '#server/effects/index.ts'
import { createMailer } from '#server/mail/mailer.ts'
import { createNetwork, openEndpoints } from '#server/network/index.ts'
import { createRuntime, type RunningRuntime } from '#server/runtime/create.ts'
import { migrated } from '#test/driver/postgres.ts'
import { startMailServer, type MailServer, type Received } from '../live/mail-server.ts'
import { agent, handClock, publishedFlows, silent, type HandClock } from '../runtime/running.ts'
import { supportFlow } from '../runtime/support-flow.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Monday at ten. */
export const monday = Date.parse('2026-11-23T10:00:00Z')

export interface Keeping {
  readonly node: RunningRuntime
  readonly clock: HandClock
  readonly mail: MailServer
  /** Lets time pass, and all that is due by it. */
  later(milliseconds: number): Promise<void>
  /** The next day at ten, with all that was due until then done. */
  nextMorning(): Promise<void>
  /** A second node on the same database, by the same clock. */
  another(): Promise<RunningRuntime>
  /** Lets a conversation rest once it is known that something was said in it, so that what is unseen is mailed. */
  rest(conversation: string): Promise<void>
  query(text: string, ...values: readonly unknown[]): Promise<readonly unknown[]>
  /** Begins a conversation whose customer waits for billing, in vain, and leaves a ticket. Resolves to the ticket's id. */
  ticketOf(id: string, customer?: Readonly<Record<string, string>>, page?: string): Promise<string>
  /** Begins a conversation whose customer books the first time that is offered. Resolves to it. */
  callbackOf(id: string, customer?: Readonly<Record<string, string>>): Promise<number>
  online(id: string, capacity?: number): Promise<void>
  mailsTo(address: string): readonly Received[]
  phase(id: string): Promise<string>
  said(id: string): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Kept {
  /** The data of nodes by id, as of `supportFlow`. */
  readonly over?: Readonly<Record<string, object>>
  readonly flow?: Flow
  /** Undefined: pages of any origin may be linked to. */
  readonly mayLink?: (origin: string) => boolean
  /** Whether mails can be sent; they can unless said otherwise. */
  readonly mails?: boolean
}

export async function openKeeping(
  databaseUrl: string,
  { over = {}, flow, mayLink, mails = true }: Kept = {},
): Promise<Keeping> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-promises-'))
  const mail = await startMailServer()
  const clock = handClock(monday)
  const flows = publishedFlows([flow ?? supportFlow(over)])
  const network = createNetwork({ allow: new Set() })
  const mailers = mails ? [await createMailer({ url: mail.url, from: 'Shop <chat@shop.example>' })] : []
  const nodes: RunningRuntime[] = []
  const open = async (): Promise<RunningRuntime> => {
    const node = await createRuntime({
      databaseUrl: await migrated(databaseUrl),
      flows,
      clock,
      log: silent,
      mailer: mailers[0],
      ...(mayLink === undefined ? {} : { mayLink }),
      effects: ({ conversations, database }) =>
        createEffects({
          conversations,
          network,
          clock,
          log: silent,
          bots: openEndpoints(join(folder, 'bots.json'), silent),
          webhooks: openEndpoints(join(folder, 'webhooks.json'), silent),
          channels: createChannels({ network, clock, endpoints: openEndpoints(join(folder, 'channels.json'), silent) }),
          tickets: createTicketStore(database),
          callbacks: createCallbackBook(database),
          followUps: createFollowUps(database, clock),
          async teamOf(snapshot) {
            const its = await flows.version(snapshot.flow.id, 1)
            return its ? teamOf(its, snapshot) : null
          },
        }),
    })
    nodes.push(node)
    return node
  }
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const query: Keeping['query'] = async (text, ...values) => (await client.query(text, [...values])).rows
  const node = await open()
  const { conversations, desk } = node
  await desk.putSchedule({ id: 'office', schedule: { timezone: 'UTC', week: WEEK } })
  const later = async (milliseconds: number): Promise<void> => {
    clock.skip(milliseconds)
    await node.settle()
  }
  const phase = async (id: string): Promise<string> => (await conversations.view(id)).phase
  return {
    node,
    clock,
    mail,
    later,
    another: open,
    async nextMorning() {
      const then = monday + (Math.floor((clock.now() - monday) / DAY) + 1) * DAY
      while (clock.now() < then) await later(Math.min(HOUR / 2, then - clock.now()))
    },
    phase,
    query,
    async rest(conversation) {
      const jobs = () =>
        query(`select from graphile_worker.jobs where task_identifier = 'effect' and key like $1`, `${conversation}:%`)
      await expect.poll(async () => (await jobs()).length).toBe(0)
      await later(MINUTE)
    },
    async ticketOf(id, customer = { name: 'Ann', email: `${id}@home.example` }, page = 'https://shop.example/orders') {
      await conversations.start({ flow: 'support', id, customer, page })
      await conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
      await later(10 * MINUTE)
      await expect.poll(() => phase(id)).toBe('closed')
      const { items } = await node.promises.tickets({ limit: 200 })
      return items.find((each) => each.conversation === id)?.id ?? ''
    },
    async callbackOf(id, customer = { name: 'Ann', email: `${id}@home.example` }) {
      await conversations.start({ flow: 'support', id, customer })
      const { messages } = await conversations.accept(id, { type: 'bot.intent', intent: 'book' })
      const [first] = messages.at(-1)?.quickReplies ?? []
      await conversations.accept(id, { type: 'customer.message', text: 'That one', choice: first?.id ?? '' })
      await expect.poll(() => phase(id)).toBe('closed')
      return Date.parse(first?.id ?? '')
    },
    async online(id, capacity = 2) {
      await desk.putAgent(agent(id, { capacity }))
      await desk.setPresence(id, 'online')
    },
    mailsTo: (address) => mail.received.filter((each) => each.to.includes(address)),
    said: async (id) => (await conversations.transcript(id)).map((message) => message.text),
    async close() {
      for (const each of nodes) await each.close()
      await client.end()
      for (const each of mailers) each.close()
      await network.close()
      await mail.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const ALL_DAY = [['08:00', '20:00']] as const
const WEEK = { mon: ALL_DAY, tue: ALL_DAY, wed: ALL_DAY, thu: ALL_DAY, fri: ALL_DAY, sat: ALL_DAY, sun: ALL_DAY }
