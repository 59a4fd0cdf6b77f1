import { parseFlow, type Flow } from '#engine/index.ts'

/** A node as a test writes it: its kind, then its data. */
export type Drawn = readonly [kind: string, data?: object]

/** A flow document in a few lines: nodes by id, edges as `node.outlet > node`. */
export function document(
  nodes: Readonly<Record<string, Drawn>>,
  edges: readonly string[],
  variables: object = {},
): { nodes: object[]; edges: object[]; [key: string]: unknown } {
  return {
    baton: 1,
    id: 'test',
    name: 'Test',
    language: 'en',
    timezone: 'Europe/Berlin',
    variables,
    nodes: Object.entries(nodes).map(([id, [type, data]]) => ({
      id,
      type,
      position: { x: 0, y: 0 },
      data: data ?? {},
    })),
    edges: edges.map((edge, index) => {
      const [, source, sourceHandle, target] = /^(\w+)\.(\S+) > (\w+)$/.exec(edge) ?? []
      if (source === undefined) throw new Error(`“${edge}” is not “node.outlet > node”`)
      return { id: `e${index}`, source, sourceHandle, target }
    }),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}

/** The same, parsed; a fault in a test's own drawing is an error of the test. */
export function draw(nodes: Readonly<Record<string, Drawn>>, edges: readonly string[], variables: object = {}): Flow {
  const parsed = parseFlow(document(nodes, edges, variables))
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`).join('\n'))
  return parsed.flow
}

/** A small flow with all six phases: a bot, two triggers, a ladder, a queue, a person, a handback, a survey, the end. */
export const supportNodes: Readonly<Record<string, Drawn>> = {
  start: ['start'],
  hello: ['say', { text: 'Hello {{ customer.name | default: "there" }}, ask away.' }],
  chat: ['listen', { intents: [{ id: 'refund' }] }],
  order: ['ask', { text: 'Which order?', variable: 'orderNumber', as: 'text' }],
  size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] }],
  wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  lost: ['trigger', { signals: [{ signal: 'fallbacks', times: 2 }, { signal: 'lowConfidence' }] }],
  ladder: [
    'ladder',
    {
      rungs: [
        { kind: 'rephrase', text: 'Could you put it another way?' },
        {
          kind: 'selfService',
          text: 'Perhaps this page helps.',
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
      text: 'You are number {{ queue.position }}, about {{ queue.eta }}.',
      updateText: 'Still number {{ queue.position }}.',
      updateEvery: '1m',
      maxWait: '5m',
    },
  ],
  person: ['agent', { goneAfter: '3m' }],
  back: ['handback', { text: 'You are back with the assistant.' }],
  stars: ['survey', { text: 'How was it?' }],
  note: ['ticket', { text: 'Leave us a note.', replyWithin: '1d' }],
  bye: ['close', { text: 'Goodbye.', reason: 'resolved' }],
}

export const supportEdges: readonly string[] = [
  'start.next > hello',
  'hello.next > chat',
  'chat.intent:refund > order',
  'order.answered > size',
  'size.case:vip > billing',
  'size.else > chat',
  'wants.fired > billing',
  'lost.fired > ladder',
  'ladder.human > billing',
  'billing.accepted > person',
  'billing.timeout > note',
  'person.resolved > stars',
  'person.handback > back',
  'stars.answered > bye',
  'stars.skipped > bye',
  'note.created > bye',
]

export function support(): Flow {
  return draw(supportNodes, supportEdges, { orderNumber: { type: 'text' } })
}
