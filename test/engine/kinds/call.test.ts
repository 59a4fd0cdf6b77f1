import { expect, test } from 'vitest'
import { start, step } from '#engine/index.ts'
import { draw } from '../draw.ts'

const flow = draw(
  {
    start: ['start'],
    ask: ['ask', { text: 'Which order?', variable: 'order', as: 'text' }],
    look: [
      'call',
      {
        method: 'POST',
        url: 'https://shop.example/orders/{{ vars.order }}',
        body: '{{ vars.order }}',
        headers: { 'X-Customer': '{{ customer.name }}' },
        save: 'found',
      },
    ],
    tell: ['say', { text: 'It is {{ vars.found.state }}.' }],
    bye: ['close'],
    help: ['queue', { team: 'support', text: 'A person comes.' }],
  },
  ['start.next > ask', 'ask.answered > look', 'look.ok > tell', 'tell.next > bye'],
  { order: { type: 'text' }, found: { type: 'map' } },
)

function calling(order: string) {
  const asked = start(flow, { id: 'c', customer: { name: 'Ann' } }, 0)
  return step(flow, asked.snapshot, { type: 'customer.message', text: order }, 1)
}

test('a value filled into an address cannot become another path', () => {
  const [effect] = calling('../admin?x=1#\ud800').effects
  expect(effect).toMatchObject({
    type: 'http',
    url: 'https://shop.example/orders/..%2Fadmin%3Fx%3D1%23%EF%BF%BD',
    body: '../admin?x=1#\ud800',
    headers: { 'X-Customer': 'Ann' },
  })
})

test('the answer is kept and spoken of; a failure leads to a person', () => {
  const {
    snapshot,
    effects: [effect],
  } = calling('A-17')
  const answered = step(
    flow,
    snapshot,
    { type: 'effect.done', effect: effect?.id ?? '', ok: true, value: { status: 200, body: { state: 'on its way' } } },
    2,
  )
  expect(answered.messages.map((message) => message.text)).toEqual(['It is on its way.'])
  const failed = step(flow, snapshot, { type: 'effect.done', effect: effect?.id ?? '', ok: false, error: 'timeout' }, 2)
  expect(failed.snapshot.state).toBe('queued.help')
  expect(failed.snapshot.machine.context.reason?.sentence).toMatch(/did not answer/)
})

test('a customer who writes while the system is asked is not refused, and the bot still owes the answer', () => {
  const { snapshot } = calling('A-17')
  const { snapshot: after } = step(flow, snapshot, { type: 'customer.message', text: 'hello?' }, 2)
  expect(after.state).toBe('bot.look')
  expect(after.machine.context.owes).toBe(true)
})

/** A person is asked for while a system is asked, takes over and gives back. */
function interrupted(method: 'GET' | 'POST') {
  const watched = draw(
    {
      start: ['start'],
      look: ['call', { method, url: 'https://shop.example/orders', save: 'found' }],
      tell: ['say', { text: 'Done.' }],
      bye: ['close'],
      sorry: ['say', { text: 'That did not work.' }],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      line: ['queue', { team: 'support', text: 'A person comes.' }],
      person: ['agent'],
      back: ['handback'],
    },
    [
      'start.next > look',
      'look.ok > tell',
      'tell.next > bye',
      'look.failed > sorry',
      'sorry.next > bye',
      'wants.fired > line',
      'line.accepted > person',
      'person.handback > back',
      'person.resolved > bye',
    ],
    { found: { type: 'map' } },
  )
  const asked = start(watched, { id: 'c' }, 0)
  const events = [
    { type: 'customer.message', text: 'I want to talk to a person' },
    { type: 'agent.accept', agent: 'sarah' },
    { type: 'agent.handback' },
  ] as const
  return {
    asked,
    watched,
    back: events.reduce((stepped, event, index) => step(watched, stepped.snapshot, event, index + 1), asked),
  }
}

test('a question to a system that a person interrupted is asked again after the handback', () => {
  const { asked, back, watched } = interrupted('GET')
  expect(back.snapshot.state).toBe('bot.look')
  const [first] = asked.effects
  const [again] = back.effects.filter((effect) => effect.type === 'http')
  expect(again?.id).not.toBe(first?.id)
  expect(() => step(watched, back.snapshot, { type: 'effect.done', effect: first?.id ?? '', ok: true }, 9)).toThrow(
    /Nothing waits/,
  )
  const answered = step(
    watched,
    back.snapshot,
    { type: 'effect.done', effect: again?.id ?? '', ok: true, value: { status: 200, body: {} } },
    9,
  )
  expect(answered.messages.map(({ text }) => text)).toContain('Done.')
})

test('an order to a system that a person interrupted is never sent twice: the flow goes on by “failed”', () => {
  const { back } = interrupted('POST')
  expect(back.effects.filter((effect) => effect.type === 'http')).toEqual([])
  expect(back.messages.map(({ text }) => text)).toContain('That did not work.')
})
