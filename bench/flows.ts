/** The flows that are measured: all phases, from a bot over a ladder, a queue and a person back to the bot. */
import { parseFlow, type Flow } from '#engine/index.ts'

/** A node in a line: its kind, then its data. */
type Drawn = readonly [kind: string, data?: object]
interface Drawing {
  readonly nodes: Readonly<Record<string, Drawn>>
  readonly edges: readonly string[]
}

/** Nothing is watched: the ladder is climbed because the bot itself says that it is stuck. */
export function plainFlow(): Flow {
  return drawn(conversation)
}

/** The same under the eyes of every signal there is. */
export function watchedFlow(): Flow {
  return drawn(joined(conversation, watched))
}

/** The same grown to `size` nodes: more topics of one mixture, each of them reached by an intent of the first bot. */
export function flowOf(size: number): Flow {
  const topics: Drawing[] = []
  const { nodes } = joined(conversation, watched)
  const missing = size - Object.keys(nodes).length
  for (let topic = 0; topic * TOPIC < missing; topic++) topics.push(cut(topicDrawing(topic), missing - topic * TOPIC))
  const intents = topics.slice(0, MOST_INTENTS).map((_, topic) => ({ id: `topic${topic}` }))
  const chat: Drawn = ['listen', { intents: [...INTENTS, ...intents] }]
  return drawn(
    joined(joined(conversation, watched), { nodes: { chat }, edges: [] }, ...topics, {
      nodes: {},
      edges: intents.map(({ id }, topic) => `chat.intent:${id} > hear${topic}`),
    }),
  )
}

const INTENTS = [{ id: 'refund' }, { id: 'stuck' }]
/** A list of a flow holds 200 items at most; two are taken. */
const MOST_INTENTS = 198

const conversation: Drawing = {
  nodes: {
    start: ['start'],
    hello: ['say', { text: 'Hello {{ customer.name | default: "there" }}, ask away.' }],
    chat: ['listen', { intents: INTENTS }],
    order: ['ask', { text: 'Which order is it about?', variable: 'orderNumber', as: 'text' }],
    dear: ['branch', { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] }],
    ladder: [
      'ladder',
      {
        rungs: [
          { kind: 'rephrase', text: 'Could you put it another way?' },
          {
            kind: 'selfService',
            text: 'This page may help.',
            links: [{ label: 'Returns', url: 'https://shop.example/returns' }],
          },
          { kind: 'offerHuman', text: 'Shall I bring in a colleague?' },
        ],
      },
    ],
    billing: [
      'queue',
      {
        team: 'billing',
        skills: { refunds: 3 },
        text: 'You are number {{ queue.position }}, about {{ queue.eta }}.',
        updateText: 'Still number {{ queue.position }}.',
        updateEvery: '1m',
        maxWait: '10m',
        relax: [{ after: '2m', drop: ['refunds'] }],
      },
    ],
    person: ['agent', { intro: '{{ agent.name }} here, I have read everything.' }],
    back: ['handback', { text: 'You are back with the assistant.' }],
    stars: ['survey', { text: 'How was it?' }],
    note: ['ticket', { text: 'Leave us a note.', replyWithin: '1d' }],
    bye: ['close', { text: 'Goodbye.', reason: 'resolved' }],
  },
  edges: [
    'start.next > hello',
    'hello.next > chat',
    'chat.intent:refund > order',
    'chat.intent:stuck > ladder',
    'chat.done > stars',
    'order.answered > dear',
    'order.failed > ladder',
    'dear.case:vip > billing',
    'dear.else > chat',
    'ladder.human > billing',
    'billing.accepted > person',
    'billing.timeout > note',
    'person.resolved > stars',
    'person.handback > back',
    'stars.answered > bye',
    'stars.skipped > bye',
    'note.created > bye',
  ],
}

const watched: Drawing = {
  nodes: {
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    lost: [
      'trigger',
      {
        signals: [
          { signal: 'fallbacks', times: 3 },
          { signal: 'lowConfidence', times: 3 },
          { signal: 'sentiment' },
          { signal: 'loop', times: 3 },
          { signal: 'shouting' },
          { signal: 'shrinking', times: 5 },
          { signal: 'turns', over: 1_000 },
          { signal: 'topic', words: ['lawyer', 'press'] },
          { signal: 'value', when: 'customer.tier == "vip" && vars.orderNumber != ""' },
          { signal: 'botSilent' },
          { signal: 'botAsked' },
        ],
      },
    ],
  },
  edges: ['wants.fired > billing', 'lost.fired > ladder'],
}

/** Nodes of one topic. */
const TOPIC = 10

function topicDrawing(topic: number): Drawing {
  const nodes: Record<string, Drawn> = {
    hear: ['listen', { intents: [{ id: 'buy' }, { id: 'ask' }] }],
    tell: ['say', { text: 'About this, {{ customer.name }}, you should know.' }],
    which: ['ask', { text: 'Which one?', variable: 'orderNumber', as: 'text' }],
    grown: ['branch', { cases: [{ id: 'yes', label: 'yes', when: 'customer.tier == "gold"' }] }],
    keep: ['set', { assign: [{ variable: 'orderNumber', value: '"none"' }] }],
    pause: ['wait', { for: '5m' }],
    look: ['call', { method: 'GET', url: 'https://shop.example/orders' }],
    line: ['queue', { team: `team${topic}`, text: 'You are number {{ queue.position }}.', maxWait: '10m' }],
    helper: ['agent'],
    end: ['close', { text: 'Goodbye.' }],
  }
  const edges = [
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
  ]
  return {
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [`${id}${topic}`, node])),
    edges: edges.map((edge) => edge.replace(/^(\w+)(.*)$/, `$1${topic}$2${topic}`)),
  }
}

/** The first `most` nodes and the edges between them. */
function cut({ nodes, edges }: Drawing, most: number): Drawing {
  const kept = Object.fromEntries(Object.entries(nodes).slice(0, most))
  return {
    nodes: kept,
    edges: edges.filter((edge) => {
      const { source, target } = ends(edge)
      return source in kept && target in kept
    }),
  }
}

function joined(...drawings: readonly Drawing[]): Drawing {
  return {
    nodes: Object.assign({}, ...drawings.map((each) => each.nodes)),
    edges: drawings.flatMap((each) => each.edges),
  }
}

function drawn({ nodes, edges }: Drawing): Flow {
  const parsed = parseFlow({
    baton: 1,
    id: 'bench',
    name: 'Bench',
    language: 'en',
    timezone: 'Europe/Berlin',
    variables: { orderNumber: { type: 'text' } },
    nodes: Object.entries(nodes).map(([id, [type, data]]) => ({
      id,
      type,
      position: { x: 0, y: 0 },
      data: data ?? {},
    })),
    edges: edges.map((edge, index) => ({ id: `e${index}`, ...ends(edge) })),
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`).join('\n'))
  return parsed.flow
}

function ends(edge: string): { readonly source: string; readonly sourceHandle: string; readonly target: string } {
  const [, source = '', sourceHandle = '', target = ''] = /^(\w+)\.(\S+) > (\w+)$/.exec(edge) ?? []
  return { source, sourceHandle, target }
}
