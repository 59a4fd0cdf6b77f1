/** A flow whose every text is an attack: what the editor draws and the customer is told. */
import { parseFlow, type Flow } from '#engine/index.ts'

/** How many of the messages are said at the beginning, less one. */
const BEGINNING = 20

/** `texts` are spread over names, messages, labels, links and notes; what is Liquid in them is left out. */
export function flowOf(id: string, texts: readonly string[]): Flow {
  const plain = texts.filter((text) => !/\{[{%]/.test(text))
  let next = 0
  const text = (longest = 10_000): string => (plain[next++ % plain.length] ?? 'x').slice(0, longest)
  const name = (): string => text(200)
  const at = (index: number) => ({ x: (index % 10) * 320, y: Math.floor(index / 10) * 220 })
  const says = plain.map((_, index) => ({
    id: `say${index}`,
    type: 'say',
    position: at(index),
    data: {
      text: text(),
      ...(index % 5 === 0 ? { quickReplies: [1, 2, 3].map((reply) => ({ id: `r${reply}`, label: name() })) } : {}),
    },
  }))
  const node = (own: string, type: string, data: object, index: number) => ({
    id: own,
    type,
    data,
    position: at(says.length + index),
  })
  const others = [
    node('start', 'start', {}, 0),
    node('listen', 'listen', { intents: [{ id: 'one', label: name() }] }, 1),
    node('wants', 'trigger', { signals: [{ signal: 'explicitRequest' }] }, 2),
    node(
      'ladder',
      'ladder',
      {
        rungs: [
          { kind: 'rephrase', text: text() },
          {
            kind: 'selfService',
            text: text(),
            links: [{ label: name(), url: 'https://example.com/"onmouseover="batonCanary(0)' }],
          },
          { kind: 'offerHuman', text: text() },
        ],
      },
      3,
    ),
    node('line', 'queue', { team: 'help', text: text(), updateText: text(), updateEvery: '1m' }, 4),
    node('person', 'agent', { intro: text() }, 5),
    node('back', 'handback', { text: text() }, 6),
    node('branch', 'branch', { cases: [{ id: 'one', label: name(), when: 'customer.name == "<script>"' }] }, 7),
    node('later', 'ticket', { text: text(), replyWithin: '1d' }, 8),
    node('how', 'survey', { text: text(), commentText: text() }, 9),
    node('end', 'close', { text: text(), reason: name() }, 10),
  ]
  const edges = [
    ['start', 'next', 'say0'],
    // A conversation goes through a hundred steps by itself at most: the rest of them comes at the end.
    ...says.map(({ id: own }, index) => [own, 'next', index === BEGINNING ? 'listen' : (says[index + 1]?.id ?? 'end')]),
    ['listen', 'done', 'branch'],
    ['listen', 'intent:one', 'ladder'],
    ['branch', 'case:one', 'how'],
    ['branch', 'else', says[BEGINNING + 1]?.id ?? 'end'],
    ['wants', 'fired', 'line'],
    ['ladder', 'human', 'line'],
    ['line', 'accepted', 'person'],
    ['line', 'timeout', 'later'],
    ['person', 'resolved', 'how'],
    ['person', 'handback', 'back'],
    ['back', 'next', 'listen'],
    ['later', 'created', 'end'],
    ['later', 'failed', 'end'],
    ['how', 'answered', 'end'],
    ['how', 'skipped', 'end'],
  ].map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target }))
  const parsed = parseFlow({
    baton: 1,
    id,
    name: name(),
    description: text(2_000),
    variables: { one: { type: 'text', label: name() } },
    nodes: [...others, ...says],
    notes: [1, 2, 3].map((index) => ({ id: `note${index}`, text: text(), position: { x: -400, y: index * 200 } })),
    groups: [{ id: 'group', name: name(), nodes: ['listen', 'branch'] }],
    edges,
  })
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  return parsed.flow
}
