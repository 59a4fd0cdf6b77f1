/**
 * The flows that the editor is measured with: a bot that asks what it is about, a menu for each field, ten topics to a
 * menu, and in each topic all phases. Every node can be reached, and none stands upon another.
 */
import type { FlowDocument, FlowEdge, FlowNode } from '#editor/document/document.ts'

const COLUMN = 360
const ROW = 260
/** A field is a row of topics behind its menu; a topic is five columns wide and two rows high. */
const FIELD = 10
const ACROSS = 5
const TOPIC_WIDTH = ACROSS * COLUMN + 120
const FIELD_HEIGHT = 2 * ROW + 80

type Drawn = readonly [id: string, type: string, data: object]

const topic: readonly Drawn[] = [
  ['hear', 'listen', { intents: [{ id: 'buy' }, { id: 'ask' }] }],
  ['tell', 'say', { text: 'About this, {{ customer.name | default: "friend" }}, you should know.' }],
  ['which', 'ask', { text: 'Which one?', variable: 'orderNumber', as: 'text' }],
  ['grown', 'branch', { cases: [{ id: 'yes', label: 'yes', when: 'customer.tier == "gold"' }] }],
  ['pause', 'wait', { for: '5m' }],
  ['keep', 'set', { assign: [{ variable: 'orderNumber', value: '"none"' }] }],
  ['look', 'call', { method: 'GET', url: 'https://shop.example/orders' }],
  ['line', 'queue', { team: 'billing', text: 'You are number {{ queue.position }}.', maxWait: '10m' }],
  ['helper', 'agent', {}],
  ['end', 'close', { text: 'Goodbye.' }],
]
const ways = [
  'hear.intent:buy > tell',
  'hear.intent:ask > which',
  'hear.done > end',
  'tell.next > which',
  'which.answered > grown',
  'which.failed > line',
  'grown.case:yes > keep',
  'grown.else > pause',
  'keep.next > look',
  'pause.next > look',
  'look.ok > hear',
  'look.failed > line',
  'line.accepted > helper',
  'line.timeout > end',
  'helper.resolved > end',
  'helper.handback > tell',
].map((way) => {
  const [, source = '', sourceHandle = '', target = ''] = /^(\w+)\.(\S+) > (\w+)$/.exec(way) ?? []
  return { source, sourceHandle, target }
})

/** A flow of about so many nodes: whole topics, so that nothing in it leads nowhere. */
export function documentOf(id: string, size: number): FlowDocument {
  const topics = Math.round(size / (topic.length + 1 / FIELD))
  const fields = Math.ceil(topics / FIELD)
  const menus = Array.from({ length: fields }, (_, field) => menu(field, Math.min(FIELD, topics - field * FIELD)))
  const all = Array.from({ length: topics }, (_, number) => topicAt(number))
  const chat = Array.from({ length: fields }, (_, field) => ({ id: `field${field}` }))
  const nodes: FlowNode[] = [
    { id: 'start', type: 'start', position: { x: -4 * COLUMN, y: 0 }, data: {} },
    { id: 'hello', type: 'say', position: { x: -3 * COLUMN, y: 0 }, data: { text: 'What is it about?' } },
    { id: 'chat', type: 'listen', position: { x: -2 * COLUMN, y: 0 }, data: { intents: chat } },
    {
      id: 'wants',
      type: 'trigger',
      position: { x: -4 * COLUMN, y: ROW },
      data: { signals: [{ signal: 'explicitRequest' }] },
    },
    ...menus,
    ...all.flatMap((each) => each.nodes),
  ]
  const edges: Omit<FlowEdge, 'id'>[] = [
    { source: 'start', sourceHandle: 'next', target: 'hello' },
    { source: 'hello', sourceHandle: 'next', target: 'chat' },
    { source: 'wants', sourceHandle: 'fired', target: 'line0' },
    ...chat.map((each, field) => ({ source: 'chat', sourceHandle: `intent:${each.id}`, target: `menu${field}` })),
    ...all.map((_, number) => ({
      source: `menu${Math.floor(number / FIELD)}`,
      sourceHandle: `intent:topic${number}`,
      target: `hear${number}`,
    })),
    ...all.flatMap((each) => each.edges),
  ]
  return {
    baton: 1,
    id,
    name: id,
    language: 'en',
    timezone: 'Europe/Berlin',
    variables: { orderNumber: { type: 'text' } },
    nodes,
    edges: edges.map((edge, index) => ({ id: `e${index}`, ...edge })),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}

function menu(field: number, topics: number): FlowNode {
  const intents = Array.from({ length: topics }, (_, index) => ({ id: `topic${field * FIELD + index}` }))
  return { id: `menu${field}`, type: 'listen', position: { x: -COLUMN, y: field * FIELD_HEIGHT }, data: { intents } }
}

function topicAt(number: number): {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly Omit<FlowEdge, 'id'>[]
} {
  const left = (number % FIELD) * TOPIC_WIDTH
  const top = Math.floor(number / FIELD) * FIELD_HEIGHT
  return {
    nodes: topic.map(([id, type, data], index) => ({
      id: `${id}${number}`,
      type,
      position: { x: left + (index % ACROSS) * COLUMN, y: top + Math.floor(index / ACROSS) * ROW },
      data,
    })),
    edges: ways.map(({ source, sourceHandle, target }) => ({
      source: `${source}${number}`,
      sourceHandle,
      target: `${target}${number}`,
    })),
  }
}
