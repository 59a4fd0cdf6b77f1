import { describe, expect, test } from 'vitest'
import { renderReply, replyFaults } from '#engine/index.ts'
import { draw, support } from '../draw.ts'
import { Told } from '../step/told.ts'

/** Has looked at the hours of the shop. */
const closed = new Told(
  draw({ start: ['start'], shut: ['hours', { schedule: 'shop' }], desk: ['queue', { team: 'desk', text: 'Wait.' }] }, [
    'start.next > shut',
    'shut.open > desk',
    'shut.closed > desk',
  ]),
)

describe('A text that is kept for many conversations', () => {
  const told = new Told(support(), { customer: { name: 'Ann' } })
  const { snapshot } = told.last
  const sarah = { id: 'sarah', name: 'Sarah' }
  const reply = (text: string, agent: typeof sarah | null = sarah, facts = {}) =>
    renderReply(told.flow, snapshot, text, agent, told.now, facts)

  test('is filled in for one, as the agent who sends it', () => {
    expect(reply('Hello {{ customer.name }}, {{ agent.name }} here.')).toBe('Hello Ann, Sarah here.')
  })

  test('is signed by who holds the conversation when nobody else sends it', () => {
    const held = new Told(support())
    held.customer('a person please')
    held.send({ type: 'agent.accept', agent: 'tom', facts: { agents: { tom: { id: 'tom', name: 'Tom' } } } })
    expect(renderReply(held.flow, held.last.snapshot, '{{ agent.name }} here.', null, held.now)).toBe('Tom here.')
  })

  test('tells of queue and hours what is known now, in words, and is vague where nothing is', () => {
    const waits = new Told(support())
    waits.customer('a person please')
    const say = (text: string, facts = {}) =>
      renderReply(waits.flow, waits.last.snapshot, text, sarah, waits.now, facts)
    const queues = { billing: { position: 3, eta: 360_000, within: null, online: 2, waiting: 2 } }
    expect(say('Number {{ queue.position }}, about {{ queue.eta }}.', { queues })).toBe('Number 3, about 6 minutes.')
    expect(say('About {{ queue.eta }}.')).toBe('About a few minutes.')
    const hours = { shop: { open: false, opens: told.now + 3_600_000, timezone: 'Europe/Berlin' } }
    expect(renderReply(closed.flow, closed.last.snapshot, '{{ hours.opens }}', sarah, closed.now, { hours })).toMatch(
      /11:00/,
    )
  })

  test('that says nothing of the conversation stays as it is', () => {
    expect(reply('Thank you!')).toBe('Thank you!')
  })

  test('that cannot be filled in is told to be so, and is sent as it stands', () => {
    expect(replyFaults('Hello {{ customer.name }}')).toEqual([])
    expect(replyFaults('Hello {{ customer.name')).toHaveLength(1)
    expect(reply('Hello {{ customer.name')).toBe('Hello {{ customer.name')
  })
})
