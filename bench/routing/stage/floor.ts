/**
 * A floor full of work: customers who wait with different needs, agents whose hands are full, a few who can be called
 * in, one whom only a few need. When an offer is made is looked up in the database, where it is as soon as it is
 * durable.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { cloneConversation } from '../../live/clone.ts'
import { ADMIN_KEY } from '../../live/administrator.ts'
import { onStage, withClient } from '../../live/stage.ts'
import type { Sizes } from '../figure.ts'
import { crowdFlow, FLOW, needs } from './flow.ts'

export interface Floor {
  /** Whom only those who ask for `idle` need, and nobody waits for. */
  readonly idle: string
  /** One of those who can be called in. */
  spare(round: number): string
  /** One of those with full hands, and a conversation in them. */
  busy(round: number): { readonly agent: string; readonly conversation: string }
  presence(agent: string, status: 'online' | 'away'): Promise<void>
  /** A conversation with the bot of a customer who has this need. */
  begin(need: string): Promise<string>
  tell(conversation: string, event: object): Promise<void>
  /** Milliseconds from before `work` until the agent is offered something. */
  timed(agent: string, work: () => Promise<void>): Promise<number>
  until(agent: string, offered: 'something' | 'nothing'): Promise<string | undefined>
  /** The agent accepts what is offered to them. */
  takeOver(agent: string): Promise<void>
}

const CAPACITY = 2
const SPARE = 20
const IN_FLIGHT = 16
const TEAMS = ['sales', 'service', 'billing']

export function onFloor(sizes: Sizes, play: (floor: Floor) => Promise<void>): Promise<void> {
  return onStage(async (stage) => {
    const databaseUrl = await stage.database('routing')
    const { url } = await stage.baton(databaseUrl, crowdFlow())
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    stage.endsWith(() => client.end())
    const send = sender(url)
    await people(send, sizes.agents)
    await crowd(send, databaseUrl, sizes.waiting + sizes.agents * CAPACITY)
    const floor = floorOf(send, client, await atWork(send, client, sizes.agents))
    await floor.presence(floor.idle, 'online')
    await play(floor)
  })
}

type Send = (method: 'PUT' | 'POST', path: string, body: object) => Promise<unknown>

function floorOf(send: Send, client: pg.Client, held: Map<string, string>): Floor {
  const agents = [...held.keys()]
  async function offeredTo(agent: string): Promise<string | undefined> {
    const { rows } = await client.query<{ id: string }>({
      name: 'offered',
      text: 'select id from baton.conversations where offered_to = $1 limit 1',
      values: [agent],
    })
    return rows[0]?.id
  }
  async function until(agent: string, offered: 'something' | 'nothing'): Promise<string | undefined> {
    for (;;) {
      const found = await offeredTo(agent)
      if ((found === undefined) === (offered === 'nothing')) return found
      await pause(1)
    }
  }
  const tell: Floor['tell'] = async (conversation, event) => {
    await send('POST', `conversations/${conversation}/events`, event)
  }
  return {
    idle: 'idle',
    spare: (round) => `spare${round % SPARE}`,
    busy(round) {
      const agent = agents[(round * 7) % agents.length] ?? ''
      return { agent, conversation: held.get(agent) ?? '' }
    },
    presence: (agent, status) => presence(send, agent, status),
    async begin(need) {
      const id = `c-${randomUUID()}`
      await send('POST', 'conversations', { flow: FLOW, id, variables: { need } })
      return id
    },
    tell,
    until,
    async timed(agent, work) {
      const from = performance.now()
      const working = work()
      await until(agent, 'something')
      const time = performance.now() - from
      await working
      return time
    },
    async takeOver(agent) {
      const conversation = (await until(agent, 'something')) ?? ''
      await tell(conversation, { type: 'agent.accept', agent })
      held.set(agent, conversation)
    },
  }
}

/** All of them registered, nobody online. Who has more of the skill is rarer. */
async function people(send: Send, count: number): Promise<void> {
  for (const team of [...TEAMS, 'specialists']) await send('PUT', `teams/${team}`, { name: team, offerFor: '10m' })
  const hands = Array.from({ length: count }, (_, index) => ({ id: `agent${index}`, index }))
  const spare = Array.from({ length: SPARE }, (_, index) => ({ id: `spare${index}`, index }))
  await atOnce([...hands, ...spare], ({ id, index }) =>
    send('PUT', `agents/${id}`, {
      name: id,
      teams: [TEAMS[index % TEAMS.length], ...(index % 5 === 0 ? [TEAMS[(index + 1) % TEAMS.length]] : [])],
      skills: { returns: index % 4, ...(index % 7 === 0 ? { returns: 4 } : {}) },
      languages: index % 3 === 0 ? ['en', 'de'] : [index % 2 === 0 ? 'en' : 'de'],
      capacity: CAPACITY,
    }),
  )
  await send('PUT', 'agents/idle', { name: 'Idle', teams: ['specialists'], skills: { rare: 1 }, capacity: CAPACITY })
}

/** Customers who wait, as many with each need that busy agents can meet. */
async function crowd(send: Send, databaseUrl: string, count: number): Promise<void> {
  const asked = needs.filter(({ id }) => id !== 'idle')
  for (const { id: need } of asked) {
    const original = `q-${randomUUID()}`
    await send('POST', 'conversations', { flow: FLOW, id: original, variables: { need } })
    await send('POST', `conversations/${original}/events`, {
      type: 'customer.message',
      text: 'I want to talk to a person',
    })
    const clones = await cloneConversation(databaseUrl, original, Math.ceil(count / asked.length), 10)
    await withClient(databaseUrl, (client) => client.query(COPY_PLACE, [original, clones]))
  }
}

const COPY_PLACE = `insert into baton.queue select copy.* from baton.queue place, unnest($2::text[]) as clone,
  jsonb_populate_record(place, jsonb_build_object('id', clone)) copy where place.id = $1`

/** All come online, are offered what there is, and take it; one conversation of each. */
async function atWork(send: Send, client: pg.Client, count: number): Promise<Map<string, string>> {
  const ids = Array.from({ length: count }, (_, index) => `agent${index}`)
  await atOnce(ids, (id) => presence(send, id, 'online'))
  const held = new Map<string, string>()
  for (let idle = 0; idle < 20 && held.size < count;) {
    const { rows } = await client.query<{ id: string; agent: string }>(
      'select id, offered_to as agent from baton.conversations where offered_to is not null',
    )
    idle = rows.length === 0 ? idle + 1 : 0
    await atOnce(rows, ({ id, agent }) => send('POST', `conversations/${id}/events`, { type: 'agent.accept', agent }))
    for (const { id, agent } of rows) held.set(agent, id)
    await pause(100)
  }
  await untilQuiet(client, send)
  return held
}

/** Until nothing is offered to anybody any more: all hands are full. */
async function untilQuiet(client: pg.Client, send: Send): Promise<void> {
  for (let quiet = 0; quiet < 10;) {
    const { rows } = await client.query<{ id: string; agent: string }>(
      'select id, offered_to as agent from baton.conversations where offered_to is not null',
    )
    quiet = rows.length === 0 ? quiet + 1 : 0
    await atOnce(rows, ({ id, agent }) => send('POST', `conversations/${id}/events`, { type: 'agent.accept', agent }))
    await pause(100)
  }
}

async function presence(send: Send, agent: string, status: 'online' | 'away'): Promise<void> {
  await send('PUT', `agents/${agent}/presence`, { status })
}

function sender(url: string): Send {
  return async (method, path, body) => {
    const response = await fetch(new URL(`/v1/${path}`, url), {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return z.unknown().parse(JSON.parse(text))
  }
}

async function atOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const waiting = items.values()
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
}
