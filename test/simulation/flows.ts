/** The flows that simulated conversations run on: a desk, a desk behind a bot, random ones, and those of Baton. */
import type { Flow } from '#engine/index.ts'
import { doorsOf, scheduleOf } from './doors.ts'
import { flowOf } from './flow-store.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { readyFlow } from './ready-flows.ts'

interface Node {
  readonly type: string
  readonly data?: object
  readonly to?: Readonly<Record<string, string>>
}
type Nodes = Readonly<Record<string, Node>>

export const FLOW = 'shop'

/** The bots that have a webhook. */
export const BOTS: readonly string[] = ['support', 'robo', 'assistant', 'concierge']

/** Version `version` of the plan's flow; versions differ in what they say. */
export function simulatedFlow(plan: Plan, random: Random, version: number): Flow {
  switch (plan.flow) {
    case 'desk':
      return ownFlow(desk(version), plan, random)
    case 'bots':
      return ownFlow({ ...desk(version), ...withBot }, plan, random)
    case 'random':
      return ownFlow(drawn(random, version), plan, random)
    default:
      return flowOf({ ...readyFlow(plan.flow), id: FLOW })
  }
}

function ownFlow(drawn: Nodes, plan: Plan, random: Random): Flow {
  const { doors, skilled } = plan
  const { line, wants, ...others } = drawn
  const nodes: Nodes = {
    ...others,
    ...(line && { line: skilled ? { ...line, data: { ...line.data, ...needsOf(random) } } : line }),
    ...(doors ? behindDoors(plan) : wants && { wants }),
  }
  return flowOf({
    baton: 1,
    id: FLOW,
    name: 'Shop',
    language: 'en',
    timezone: 'UTC',
    variables: { order: { type: 'text' } },
    nodes: Object.entries(nodes).map(([id, { type, data = {} }]) => ({ id, type, position: { x: 0, y: 0 }, data })),
    edges: Object.entries(nodes).flatMap(([source, { to = {} }]) =>
      Object.entries(to).map(([sourceHandle, target]) => ({
        id: `${source}-${sourceHandle}`,
        source,
        sourceHandle,
        target: doors && target === LINE && source !== DOORS ? DOORS : target,
      })),
    ),
    viewport: { x: 0, y: 0, zoom: 1 },
  })
}

/** Whoever waits for a person waits here. */
export const LINE = 'line'
/** Business hours before it. */
export const DOORS = 'doors'
/** Who comes while nobody is to be there comes here. */
export const SHUT = 'shut'

/** Business hours before the queue. */
function behindDoors(plan: Plan): Nodes {
  return {
    wants: { type: 'trigger', data: { signals: [{ signal: 'explicitRequest' }] }, to: { fired: DOORS } },
    [DOORS]: { type: 'hours', data: { schedule: scheduleOf(doorsOf(plan)) }, to: { open: LINE, closed: SHUT } },
    [SHUT]: {
      type: 'ticket',
      data: { text: 'We are closed and write to you.', replyWithin: '4h', collect: [] },
      to: { created: 'end', failed: 'chat' },
    },
  }
}

/** What a queue asks of who is to serve it; with time it asks for less. */
function needsOf(random: Random): object {
  return {
    ...(random.chance(0.7) ? { skills: { orders: random.between(1, 4) } } : {}),
    ...(random.chance(0.3) ? { prefer: { refunds: 2 } } : {}),
    ...(random.chance(0.3) ? { language: 'de-AT' } : {}),
    ...(random.chance(0.3) ? { tier: true } : {}),
    ...(random.chance(0.3) ? { sameAgent: '8s' } : {}),
    ...(random.chance(0.6) ? { priority: 'customer.tier == "vip" ? 3 : 0', ageing: random.pick(['1s', '5s']) } : {}),
    ...(random.chance(0.4)
      ? {
          relax: [
            { after: '4s', lower: { orders: 1 }, teams: ['billing'] },
            { after: '9s', drop: ['orders', 'language'] },
          ],
        }
      : {}),
    ...(random.chance(0.3) ? { sla: { firstResponse: '6s', raise: 8 } } : {}),
  }
}

function desk(version: number): Nodes {
  return {
    start: { type: 'start', to: { next: 'hello' } },
    hello: { type: 'say', data: { text: `Hello, this is ${version}.` }, to: { next: 'chat' } },
    chat: {
      type: 'listen',
      data: { intents: [{ id: 'look' }], idleAfter: '90s' },
      to: { done: 'end', 'intent:look': 'look' },
    },
    look: {
      type: 'call',
      data: { method: 'GET', url: 'https://orders.example/1', retries: 1 },
      to: { ok: 'found', failed: 'lost' },
    },
    found: { type: 'say', data: { text: `Found it, says ${version}.` }, to: { next: 'chat' } },
    lost: { type: 'say', data: { text: 'Not found.' }, to: { next: 'chat' } },
    wants: { type: 'trigger', data: { signals: [{ signal: 'explicitRequest' }] }, to: { fired: 'line' } },
    line: {
      type: 'queue',
      data: {
        team: 'support',
        text: `You are number {{ queue.position }} of ${version}.`,
        updateText: 'Still number {{ queue.position }}.',
        updateEvery: '7s',
        maxWait: '45s',
      },
      to: { accepted: 'person', timeout: 'note' },
    },
    person: {
      type: 'agent',
      data: { goneAfter: '60s', idleAfter: '30s', wrapUp: '10s' },
      to: { resolved: 'stars', handback: 'back' },
    },
    back: { type: 'handback', data: { text: `You are back with assistant ${version}.` }, to: { next: 'chat' } },
    stars: { type: 'survey', data: { text: 'How was it?', timeout: '25s' }, to: { answered: 'end', skipped: 'end' } },
    note: {
      type: 'ticket',
      data: { text: 'We write to you.', replyWithin: '4h', collect: [] },
      to: { created: 'end', failed: 'chat' },
    },
    end: { type: 'close', data: { reason: 'solved' } },
  }
}

/** The same with a bot that answers by its webhook. */
const withBot: Nodes = {
  chat: {
    type: 'listen',
    data: { bot: 'support', intents: [{ id: 'look' }], silentAfter: '8s', idleAfter: '90s' },
    to: { done: 'end', 'intent:look': 'look', silent: 'line' },
  },
}

/** The desk with more on the way to it, in an order that chance decides. */
function drawn(random: Random, version: number): Nodes {
  const nodes: Record<string, Node> = { ...desk(version), ...(random.chance(0.5) ? withBot : {}) }
  let next = 'chat'
  for (let index = 0; index < random.between(1, 5); index++) {
    const id = `step${index}`
    nodes[id] = random.pick(STEPS)(next, random)
    next = id
  }
  nodes['hello'] = { type: 'say', data: { text: `Hello, this is ${version}.` }, to: { next } }
  return nodes
}

const STEPS: readonly [(next: string, random: Random) => Node, ...((next: string, random: Random) => Node)[]] = [
  (next) => ({ type: 'say', data: { text: 'One thing more.' }, to: { next } }),
  (next) => ({ type: 'ask', data: { text: 'Which order?', variable: 'order', as: 'text' }, to: { answered: next } }),
  (next, random) => ({
    type: 'call',
    data: { method: 'POST', url: 'https://orders.example/2', body: '{}', retries: random.below(3) },
    to: { ok: next, failed: 'chat' },
  }),
  (next, random) => ({ type: 'wait', data: { for: random.pick(['1s', '20s', '3m']) }, to: { next } }),
  (next) => ({
    type: 'branch',
    data: { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] },
    to: { 'case:vip': 'line', else: next },
  }),
]
