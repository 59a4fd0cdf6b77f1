/** A flow of any size with nothing wrong in it: checking it costs what the proof costs, and not what its findings do. */
import type { Flow } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '#test/engine/draw.ts'

/** @param size nodes, 14 to 1,994; the next ten are drawn whole, or not at all */
export function wholeFlow(size: number): Flow {
  const count = Math.floor((size - Object.keys(supportNodes).length) / TOPIC)
  const topics = Array.from({ length: count }, (_, topic) => topic)
  const intents = [{ id: 'refund' }, ...topics.map((topic) => ({ id: `topic${topic}` }))]
  const nodes: Record<string, Drawn> = {
    ...supportNodes,
    chat: ['listen', { intents }],
    ...Object.fromEntries(topics.flatMap((topic) => Object.entries(topicNodes(topic)))),
  }
  const edges = [...supportEdges, 'billing.empty > note', ...topics.flatMap((topic) => topicEdges(topic))]
  const asked = Object.fromEntries(topics.map((topic) => [`which${topic}`, { type: 'text' }]))
  return draw(nodes, edges, { orderNumber: { type: 'text' }, ...asked })
}

/** Nodes of one topic. */
const TOPIC = 10

function topicNodes(topic: number): Readonly<Record<string, Drawn>> {
  return {
    [`hear${topic}`]: ['listen', { intents: [{ id: 'buy' }, { id: 'ask' }] }],
    [`tell${topic}`]: ['say', { text: 'About this you should know.' }],
    [`which${topic}`]: ['ask', { text: 'Which one?', variable: `which${topic}`, as: 'text' }],
    [`grown${topic}`]: ['branch', { cases: [{ id: 'yes', label: 'yes', when: 'customer.tier == "gold"' }] }],
    [`keep${topic}`]: ['set', { assign: [{ variable: `which${topic}`, value: '"none"' }] }],
    [`pause${topic}`]: ['wait', { for: '5m' }],
    [`look${topic}`]: ['call', { method: 'GET', url: 'https://shop.example/orders' }],
    [`line${topic}`]: ['queue', { team: `team${topic}`, text: 'You are number {{ queue.position }}.' }],
    [`helper${topic}`]: ['agent'],
    [`end${topic}`]: ['close', { text: 'Goodbye.' }],
  }
}

function topicEdges(topic: number): readonly string[] {
  const own = (node: string): string => (node === 'note' ? node : `${node}${topic}`)
  return [
    `chat.intent:topic${topic} > ${own('hear')}`,
    ...TOPIC_EDGES.map((edge) => edge.replace(/^(\w+)(.*?)(\w+)$/, (_, from, by, to) => `${own(from)}${by}${own(to)}`)),
  ]
}

const TOPIC_EDGES = [
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
  'line.timeout > note',
  'line.empty > note',
  'helper.resolved > end',
  'helper.handback > tell',
]
