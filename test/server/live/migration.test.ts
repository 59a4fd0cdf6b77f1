/** Moving running conversations to a version that was published since, over HTTP, on a real PostgreSQL. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFlow, replay, type ConversationView, type Flow, type Message, type Snapshot } from '#engine/index.ts'
import type { ShownEntry } from '#server/http/schemas/conversation.ts'
import { freePort } from '#server/store/embedded/port.ts'
import { freshDatabase } from '#test/driver/postgres.ts'
import { serverAt, startServer, type Caller, type TestServer } from '#test/driver/server.ts'
import type { MigrationPreview, Moved } from '#ui/migration.ts'
import { document, type Drawn } from '../../engine/draw.ts'
import { startServer as startProcess } from '../crash/started-server.ts'

type Nodes = Readonly<Record<string, Drawn>>
const nodes: Nodes = {
  start: ['start'],
  talk: ['listen', { intents: [{ id: 'size' }, { id: 'order' }] }],
  pick: [
    'ask',
    {
      text: 'Which size?',
      variable: 'size',
      as: 'choice',
      choices: [
        { id: 's', label: 'Small' },
        { id: 'm', label: 'Medium' },
      ],
    },
  ],
  order: ['ask', { text: 'Which order?', variable: 'number', as: 'text' }],
  thanks: ['say', { text: 'Noted.' }],
  wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  billing: ['queue', { team: 'billing', text: 'Please wait.', maxWait: '10m' }],
  person: ['agent', { goneAfter: '30m' }],
  back: ['handback', { text: 'The bot is back.' }],
  note: ['ticket', { text: 'We write to you.', replyWithin: '4h', collect: [] }],
  end: ['close', {}],
}
const edges = [
  'start.next > talk',
  'talk.intent:size > pick',
  'talk.intent:order > order',
  'talk.done > end',
  'pick.answered > thanks',
  'order.answered > thanks',
  'thanks.next > talk',
  'wants.fired > billing',
  'billing.accepted > person',
  'billing.timeout > note',
  'person.resolved > end',
  'person.handback > back',
  'note.created > end',
]

/** The flow of that id, with some nodes otherwise; undefined takes a node out, with its edges. */
function drawn(
  id: string,
  changed: Readonly<Record<string, Drawn | undefined>> = {},
  more: readonly string[] = [],
): Flow {
  const all: Nodes = Object.fromEntries(
    Object.entries({ ...nodes, ...changed }).flatMap(([name, node]) => (node === undefined ? [] : [[name, node]])),
  )
  const left = edges.filter(
    (edge) => Object.hasOwn(all, edge.split('.')[0] ?? '') && Object.hasOwn(all, edge.split(' > ')[1] ?? ''),
  )
  const parsed = parseFlow({ ...document(all, [...left, ...more]), id })
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`).join('\n'))
  return parsed.flow
}
const asksOtherwise: Drawn = ['ask', { text: 'What is the number of the order?', variable: 'number', as: 'text' }]
const waitsLonger: Drawn = ['queue', { team: 'billing', text: 'A moment, please.', maxWait: '1h' }]

/** A conversation of one flow, as its customer and its bot hold it. */
interface Held {
  readonly path: string
  /** What a new event answers to the customer. */
  say(event: object): Promise<readonly string[]>
  view(): Promise<ConversationView>
  snapshot(at?: number): Promise<Snapshot>
  entries(): Promise<readonly ShownEntry[]>
}

function desk({ admin }: Pick<TestServer, 'admin'>, flow: string) {
  return {
    async publishes(next: Flow): Promise<void> {
      await admin.call('PUT', `/v1/flows/${flow}`, next)
      await admin.call('POST', `/v1/flows/${flow}/publish`)
    },
    async begins(id: string): Promise<Held> {
      await admin.call('POST', '/v1/conversations', { flow, id })
      return heldAt(admin, `/v1/conversations/${id}`)
    },
    // What the routes promise; their schemas are in server/http/schemas/migration.ts.
    preview: async (body: object = {}) =>
      (await admin.call('POST', `/v1/flows/${flow}/migration/preview`, body)) as MigrationPreview,
    moves: async (body: object = {}) => (await admin.call('POST', `/v1/flows/${flow}/migration`, body)) as Moved,
    rollsBack: (version: number) => admin.call('POST', `/v1/flows/${flow}/rollback`, { version }),
  }
}

function heldAt(admin: Caller, path: string): Held {
  return {
    path,
    // API.md's answers: an Advance, a view, a snapshot, a list of entries.
    say: async (event) =>
      ((await admin.call('POST', `${path}/events`, event)) as { readonly messages: readonly Message[] }).messages.map(
        (each) => each.text,
      ),
    view: async () => (await admin.call('GET', path)) as ConversationView,
    snapshot: async (at) =>
      (await admin.call('GET', `${path}/snapshot${at === undefined ? '' : `?at=${at}`}`)) as Snapshot,
    entries: async () =>
      ((await admin.call('GET', `${path}/log?limit=200`)) as { readonly items: readonly ShownEntry[] }).items,
  }
}

const wantsPerson = { type: 'customer.message', text: 'I want to talk to a person' }

let server: TestServer
beforeAll(async () => {
  server = await startServer([])
  await server.admin.call('PUT', '/v1/teams/billing', { name: 'Billing' })
  await server.admin.call('PUT', '/v1/agents/sarah', {
    name: 'Sarah',
    teams: ['billing'],
    skills: {},
    languages: [],
    channels: [],
    capacity: 9,
  })
})
afterAll(() => server.close())

describe('A conversation that runs while a new version is published', () => {
  test('stays on the version it began with until somebody asks for the move', async () => {
    const shop = desk(server, 'stays')
    await shop.publishes(drawn('stays'))
    const ann = await shop.begins('stays-1')
    await shop.publishes(drawn('stays', { order: asksOtherwise }))
    expect(await ann.say({ type: 'bot.intent', intent: 'order' })).toEqual(['Which order?'])
    expect((await ann.view()).flow.version).toBe(1)
  })

  test('in the queue: keeps its place and the minute it was promised, and the customer hears nothing of the move', async () => {
    const shop = desk(server, 'queue')
    await shop.publishes(drawn('queue'))
    const ann = await shop.begins('queue-1')
    await ann.say(wantsPerson)
    const before = {
      snapshot: await ann.snapshot(),
      view: await ann.view(),
      said: (await ann.entries()).filter((entry) => entry.kind === 'message'),
    }
    await shop.publishes(drawn('queue', { billing: waitsLonger }))
    const moves = [
      {
        from: 1,
        state: 'queued.billing',
        to: 'queued.billing',
        count: 1,
        notes: ['1 deadline “billing.maxWait” keeps the 10m given; the new version gives 1h'],
      },
    ]
    expect(await shop.preview({ version: 2 })).toEqual({ moves, stays: [] })
    expect((await ann.view()).flow.version).toBe(1)
    expect(await shop.moves()).toEqual({ moved: ['queue-1'], stayed: [], left: 0 })
    const after = await ann.snapshot()
    expect(after.flow.version).toBe(2)
    expect(after.timers).toEqual(before.snapshot.timers)
    expect(after.machine).toEqual(before.snapshot.machine)
    expect((await ann.view()).queue).toEqual(before.view.queue)
    expect((await ann.entries()).filter((entry) => entry.kind === 'message')).toEqual(before.said)
    expect(await shop.preview({ version: 2 })).toEqual({ moves: [], stays: [] })
  })

  test('at a question that is half asked: the answer is taken by the new version', async () => {
    const shop = desk(server, 'question')
    await shop.publishes(drawn('question'))
    const ann = await shop.begins('question-1')
    await ann.say({ type: 'bot.intent', intent: 'order' })
    await shop.publishes(drawn('question', { thanks: ['say', { text: 'We look for {{ vars.number }}.' }] }))
    await shop.moves()
    expect(await ann.say({ type: 'customer.message', text: 'A-17' })).toEqual(['We look for A-17.'])
  })

  test('in an agent’s hands: keeps its agent, and goes on in the new version after the handback', async () => {
    const shop = desk(server, 'hands')
    await shop.publishes(drawn('hands'))
    const ann = await shop.begins('hands-1')
    await ann.say(wantsPerson)
    await ann.say({ type: 'agent.accept', agent: 'sarah' })
    await shop.publishes(drawn('hands', { back: ['handback', { text: 'Here is the bot again.' }] }))
    expect(await shop.moves()).toMatchObject({ moved: ['hands-1'] })
    expect(await ann.view()).toMatchObject({
      owner: 'agent:sarah',
      agent: { id: 'sarah', name: 'Sarah' },
      flow: { version: 2 },
    })
    expect(await ann.say({ type: 'agent.message', text: 'Done.' })).toEqual(['Done.'])
    expect(await ann.say({ type: 'agent.handback' })).toEqual(['Here is the bot again.'])
  })

  test('on a node that is gone: is listed with the reason, not moved, and goes on to its end on its own version', async () => {
    const shop = desk(server, 'gone')
    await shop.publishes(drawn('gone'))
    const [ann, ben] = [await shop.begins('gone-1'), await shop.begins('gone-2')]
    await ann.say({ type: 'bot.intent', intent: 'size' })
    await ben.say({ type: 'bot.intent', intent: 'order' })
    await shop.publishes(drawn('gone', { pick: undefined }, ['talk.intent:size > order']))
    const why = '“pick”, where it stands, is not in the new version'
    expect(await shop.preview({ version: 2 })).toEqual({
      moves: [{ from: 1, state: 'bot.order', to: 'bot.order', count: 1, notes: [] }],
      stays: [{ from: 1, state: 'bot.pick', count: 1, why, conversations: ['gone-1'] }],
    })
    expect(await shop.moves()).toEqual({ moved: ['gone-2'], stayed: [{ conversation: 'gone-1', why }], left: 0 })
    expect(await ann.say({ type: 'customer.message', text: 'Small', choice: 's' })).toEqual(['Noted.'])
    expect((await ann.view()).flow.version).toBe(1)
  })

  test('may be moved back after a rollback, and its log is replayed on all versions that it ran on', async () => {
    const shop = desk(server, 'forth')
    const [first, second] = [drawn('forth'), drawn('forth', { order: asksOtherwise })]
    await shop.publishes(first)
    const ann = await shop.begins('forth-1')
    await shop.publishes(second)
    await shop.moves({ version: 2 })
    expect(await ann.say({ type: 'bot.intent', intent: 'order' })).toEqual(['What is the number of the order?'])
    await shop.rollsBack(1)
    expect(await shop.moves()).toEqual({ moved: ['forth-1'], stayed: [], left: 0 })
    await ann.say({ type: 'customer.message', text: 'A-17' })
    const entries = await ann.entries()
    const events = entries.flatMap((entry) =>
      entry.kind === 'event' ? [{ event: entry.event, at: Date.parse(entry.at) }] : [],
    )
    expect(
      events.flatMap(({ event }) => (event.type === 'conversation.migrated' ? [[event.from, event.version]] : [])),
    ).toEqual([
      [1, 2],
      [2, 1],
    ])
    const again = replay((version) => (version === 1 ? first : second), 1, events).snapshot
    expect(JSON.stringify(again)).toBe(JSON.stringify(await ann.snapshot()))
    expect((await ann.snapshot(1)).flow.version).toBe(1)
    expect(
      (await ann.snapshot(entries.find((entry) => entry.kind === 'moved' && entry.to === 'bot.order')?.seq)).flow
        .version,
    ).toBe(2)
  })
})

describe('Asking for a move', () => {
  test('of a draft that nobody has saved says who would move to it', async () => {
    const shop = desk(server, 'draft')
    await shop.publishes(drawn('draft'))
    await shop.begins('draft-1')
    expect(await shop.preview()).toMatchObject({ moves: [{ state: 'bot.talk', count: 1 }] })
    const other = drawn('draft', { talk: ['listen', { bot: 'other', intents: [{ id: 'size' }, { id: 'order' }] }] })
    expect(await shop.preview({ flow: other })).toMatchObject({
      moves: [],
      stays: [{ why: '“talk” is held by the bot “other” now, not by whoever calls the API' }],
    })
    await expect(shop.preview({ flow: drawn('elsewhere') })).rejects.toMatchObject({ status: 422 })
    await expect(shop.preview({ version: 9 })).rejects.toMatchObject({ status: 404 })
  })

  test('again does no harm; who is named gets an answer, whatever has become of them', async () => {
    const shop = desk(server, 'named')
    await shop.publishes(drawn('named'))
    for (const id of ['named-1', 'named-2', 'named-3']) await shop.begins(id)
    await desk(server, 'stranger').publishes(drawn('stranger'))
    await desk(server, 'stranger').begins('stranger-1')
    await shop.publishes(drawn('named', { order: asksOtherwise }))
    await server.admin.call('POST', '/v1/conversations/named-3/events', { type: 'bot.done' })
    const asked = { conversations: ['named-1', 'named-3', 'nobody', 'stranger-1'] }
    const answer = {
      moved: ['named-1'],
      stayed: [
        { conversation: 'nobody', why: 'there is no such conversation' },
        { conversation: 'stranger-1', why: 'it runs on the flow “stranger”' },
        { conversation: 'named-3', why: 'it has ended' },
      ],
      left: 0,
    }
    expect(await shop.moves(asked)).toEqual(answer)
    expect(await shop.moves(asked)).toEqual(answer)
    expect((await heldAt(server.admin, '/v1/conversations/named-2').view()).flow.version).toBe(1)
  })

  test('moves as many at once as are asked for, and says how many are left', async () => {
    const shop = desk(server, 'limit')
    await shop.publishes(drawn('limit'))
    for (let each = 0; each < 5; each++) await shop.begins(`limit-${each}`)
    await shop.publishes(drawn('limit', { order: asksOtherwise }))
    expect(await shop.moves({ limit: 2 })).toEqual({ moved: ['limit-0', 'limit-1'], stayed: [], left: 3 })
    expect(await shop.moves({ limit: 9 })).toEqual({ moved: ['limit-2', 'limit-3', 'limit-4'], stayed: [], left: 0 })
    expect(await shop.moves()).toEqual({ moved: [], stayed: [], left: 0 })
  })

  test('is the designers’ to do: an agent may not, and nobody sends the event itself', async () => {
    const shop = desk(server, 'rights')
    await shop.publishes(drawn('rights'))
    const ann = await shop.begins('rights-1')
    const agent = await server.as('agent', 'sarah')
    for (const path of ['/v1/flows/rights/migration', '/v1/flows/rights/migration/preview'])
      await expect(agent.call('POST', path, {})).rejects.toMatchObject({ status: 403 })
    await expect(ann.say({ type: 'conversation.migrated', from: 1, version: 1 })).rejects.toMatchObject({
      status: 403,
      code: 'server-event',
    })
    await expect(server.admin.call('POST', '/v1/flows/nothing/migration', {})).rejects.toMatchObject({ status: 404 })
  })
})

describe('While the conversation goes on', () => {
  test('each move and each message comes before or after the other, whole', async () => {
    const shop = desk(server, 'meanwhile')
    const versions = [drawn('meanwhile'), drawn('meanwhile', { order: asksOtherwise })]
    await shop.publishes(drawn('meanwhile'))
    const ids = Array.from({ length: 12 }, (_, index) => `meanwhile-${String(index).padStart(2, '0')}`)
    const all = await Promise.all(ids.map((id) => shop.begins(id)))
    await shop.publishes(drawn('meanwhile', { order: asksOtherwise }))
    const [moved] = await Promise.all([
      shop.moves(),
      ...all.flatMap((each) => [
        each.say({ type: 'customer.message', text: 'Hello?' }),
        each.say({ type: 'bot.message', text: 'Yes?' }),
      ]),
    ])
    expect(moved.moved).toEqual(ids)
    for (const each of all) await isWhole(each, versions)
  })

  test('law: killed in the middle, every conversation has moved or has not, and the rest move when it is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-move-'))
    const database = await freshDatabase()
    const flowsDir = join(folder, 'flows')
    await mkdir(flowsDir)
    const versions = [drawn('killed'), drawn('killed', { order: asksOtherwise })]
    await writeFile(join(flowsDir, 'killed.flow.json'), JSON.stringify(versions[0]))
    const settings = {
      port: await freePort(),
      flowsDir,
      dataDir: join(folder, 'data'),
      adminKey: 'the-key-of-the-tests-admin',
      databaseUrl: database.url,
    }
    let running = await startProcess(settings)
    const { admin } = serverAt(running.url, settings.adminKey)
    try {
      const shop = desk({ admin }, 'killed')
      const all: Held[] = []
      for (let each = 0; each < 60; each++) all.push(await shop.begins(`killed-${String(each).padStart(2, '0')}`))
      await shop.publishes(drawn('killed', { order: asksOtherwise }))
      const asked = shop.moves({ limit: 1_000 }).then(
        () => undefined,
        () => undefined,
      )
      const [first] = all
      if (first === undefined) throw new Error('Nobody has begun.')
      while ((await first.view()).flow.version === 1);
      await running.kill()
      await asked
      running = await startProcess(settings)
      const moved = await Promise.all(all.map((each) => isWhole(each, versions)))
      expect(moved[0]).toBe(2)
      const rest = await shop.moves({ limit: 1_000 })
      expect(rest.moved).toHaveLength(moved.filter((version) => version === 1).length)
      expect(await Promise.all(all.map((each) => isWhole(each, versions)))).toEqual(all.map(() => 2))
    } finally {
      await running.stop()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    }
  }, 120_000)
})

/** The row, its log and its snapshot say the same version, and moved at most once; resolves to that version. */
async function isWhole(held: Held, versions: readonly Flow[]): Promise<number> {
  const [entries, snapshot, view] = await Promise.all([held.entries(), held.snapshot(), held.view()])
  const events = entries.flatMap((entry) =>
    entry.kind === 'event' ? [{ event: entry.event, at: Date.parse(entry.at) }] : [],
  )
  const moves = events.filter(({ event }) => event.type === 'conversation.migrated').length
  expect([snapshot.flow.version, view.flow.version]).toEqual([1 + moves, 1 + moves])
  const replayed = replay((version) => versions[version - 1] ?? drawn('none'), 1, events).snapshot
  expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot))
  return snapshot.flow.version
}
