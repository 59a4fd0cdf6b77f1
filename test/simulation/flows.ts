/** The flows that simulated conversations run on: a desk, a desk behind a bot, and random ones. */
import type { Flow } from '#engine/index.ts'
import { flowOf } from './flow-store.ts'
import type { Random } from './random.ts'

interface Node {
  readonly type: string
  readonly data?: object
  readonly to?: Readonly<Record<string, string>>
}

export const FLOW = 'shop'

/** Version `version` of the flow of this kind; versions differ in what they say. */
export function simulatedFlow(kind: 'desk' | 'bots' | 'random', random: Random, version: number): Flow {
  const nodes =
    kind === 'desk' ? desk(version) : kind === 'bots' ? { ...desk(version), ...withBot } : drawn(random, version)
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
        target,
      })),
    ),
    viewport: { x: 0, y: 0, zoom: 1 },
  })
}

function desk(version: number): Readonly<Record<string, Node>> {
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
const withBot: Readonly<Record<string, Node>> = {
  chat: {
    type: 'listen',
    data: { bot: 'support', intents: [{ id: 'look' }], silentAfter: '8s', idleAfter: '90s' },
    to: { done: 'end', 'intent:look': 'look', silent: 'line' },
  },
}

/** The desk with more on the way to it, in an order that chance decides. */
function drawn(random: Random, version: number): Readonly<Record<string, Node>> {
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
