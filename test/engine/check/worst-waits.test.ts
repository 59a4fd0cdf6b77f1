import { describe, expect, test } from 'vitest'
import { compiledFlow, milliseconds, worstWait, worstWaits } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'

const around: Readonly<Record<string, Drawn>> = {
  start: ['start'],
  chat: ['listen', { silentAfter: '30s' }],
  wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  people: ['queue', { team: 'a', text: 'About {{ queue.eta }}.', maxWait: '5m' }],
  person: ['agent'],
  note: ['ticket', { text: 'A note?', replyWithin: '1d' }],
  bye: ['close'],
}
const edges = [
  'start.next > chat',
  'wants.fired > people',
  'people.accepted > person',
  'people.timeout > note',
  'note.created > bye',
  'person.resolved > bye',
  'person.handback > bye',
]
const waitsOf = (nodes: Readonly<Record<string, Drawn>>, more: readonly string[], from = edges) =>
  worstWaits(compiledFlow(draw({ ...around, ...nodes }, [...from, ...more], { v: { type: 'text' } })))

describe('The worst wait', () => {
  test('1. adds up what everybody on the way may take: a silent bot, then a queue in which nobody accepts', () => {
    expect(waitsOf({}, []).get('chat')).toEqual({
      wait: milliseconds('5m') + milliseconds('30s'),
      end: 'person',
      way: [
        { node: 'chat', wait: 30_000 },
        { node: 'people', wait: 300_000 },
        { node: 'person', wait: 0 },
      ],
    })
  })

  test('2. ends where the customer has the word: what they take is theirs', () => {
    const waits = waitsOf({ which: ['ask', { text: 'Which?', variable: 'v', as: 'text', timeout: '8h' }] }, [
      'chat.silent > which',
      'which.answered > people',
    ])
    expect(waits.get('which')).toMatchObject({ wait: milliseconds('5m'), end: 'person' })
    const saying = waitsOf(
      { sorry: ['say', { text: 'Sorry, once more?' }] },
      ['chat.silent > sorry', 'chat.failed > sorry', 'sorry.next > chat', 'wants.fired > note'],
      edges.filter((edge) => !edge.startsWith('wants')),
    )
    expect(saying.get('chat')).toMatchObject({ wait: 30_000, end: 'customer' })
  })

  test('3. takes the longer of several ways, and the way of whoever asks for a person where that is longer', () => {
    const slow: Drawn = ['queue', { team: 'b', text: 'About {{ queue.eta }}.', maxWait: '1h' }]
    const onward = waitsOf(
      { slow },
      ['people.timeout > slow', 'slow.accepted > person', 'slow.timeout > note'],
      edges.filter((edge) => !edge.startsWith('people.timeout')),
    )
    expect(onward.get('chat')?.wait).toBe(milliseconds('1h') + milliseconds('5m') + 30_000)
    const asked = waitsOf(
      { slow },
      ['wants.fired > slow', 'slow.accepted > person', 'slow.timeout > note', 'chat.failed > people'],
      edges.filter((edge) => !edge.startsWith('wants')),
    )
    expect(asked.get('chat')).toMatchObject({
      wait: milliseconds('1h'),
      way: [{ node: 'wants' }, { node: 'slow' }, { node: 'person' }],
    })
  })

  test('4. has no bound where waits lead to each other, and shows the circle once round', () => {
    const waits = waitsOf(
      { later: ['queue', { team: 'b', text: 'About {{ queue.eta }}.', maxWait: '1m' }] },
      ['people.timeout > later', 'later.timeout > people', 'later.accepted > person'],
      edges.filter((edge) => !edge.startsWith('people.timeout')),
    )
    expect(waits.get('chat')).toMatchObject({ wait: 'unbounded', end: 'nobody' })
    expect(waits.get('chat')?.way.map(({ node }) => node)).toEqual(['chat', 'people', 'later', 'people'])
  })

  test('of a flow is the longest of its steps, and none where no bot ever rests', () => {
    expect(worstWait(compiledFlow(draw(supportNodes, supportEdges, { orderNumber: { type: 'text' } })))).toMatchObject({
      from: 'chat',
      wait: milliseconds('6m'),
    })
    expect(worstWait(compiledFlow(draw({ start: ['start'], bye: ['close'] }, ['start.next > bye'])))).toBeUndefined()
  })
})
