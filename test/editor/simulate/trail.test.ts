import { describe, expect, test } from 'vitest'
import type { SentEvent, Simulation } from '#engine/simulate/index.ts'
import { simulate, standIns, type SimulationOptions } from '#engine/simulate/index.ts'
import { trailOf, type Passed } from '#editor/simulate/run/trail.ts'
import { ready, play } from '../../engine/flows/library.ts'
import { draw, support } from '../../engine/draw.ts'

function trail(flow = support(), events: readonly SentEvent[] = [], options: SimulationOptions = {}) {
  const simulation = events.reduce(
    (current, event) => current.send(event),
    simulate(flow, { agents: standIns(flow), ...options }),
  )
  const { active, nodes, edges } = trailOf(flow, passedIn(simulation))
  const drawn = flow.edges
    .filter((edge) => edges.has(edge.id))
    .map((edge) => `${edge.source}.${edge.sourceHandle} > ${edge.target}`)
  return { active, nodes: [...nodes], edges: drawn }
}

function passedIn({ steps }: Simulation): readonly Passed[] {
  return steps.map(({ snapshot: { state }, ways }) => ({ state, ways }))
}

describe('The path that is lit', () => {
  test('begins at the start and holds what was passed on the way', () => {
    expect(trail()).toEqual({
      active: 'chat',
      nodes: ['start', 'hello', 'chat'],
      edges: ['start.next > hello', 'hello.next > chat'],
    })
  })

  test('goes through the trigger that fired', () => {
    const { active, nodes, edges } = trail(undefined, [
      { type: 'customer.message', text: 'I want to talk to a person' },
    ])
    expect(active).toBe('billing')
    expect(nodes).toContain('wants')
    expect(edges).toContain('wants.fired > billing')
  })

  test('goes by the intent that the bot reported, and by the branch that was taken', () => {
    const events = [
      { type: 'bot.intent', intent: 'refund' },
      { type: 'customer.message', text: '4711' },
    ] as const
    const vip = trail(undefined, [{ type: 'customer.message', text: 'Money back' }, ...events], {
      customer: { tier: 'vip' },
    })
    expect(vip.edges).toEqual(
      expect.arrayContaining(['chat.intent:refund > order', 'order.answered > size', 'size.case:vip > billing']),
    )
    const other = trail(undefined, [{ type: 'customer.message', text: 'Money back' }, ...events])
    expect(other.edges).toContain('size.else > chat')
    expect(other.edges).not.toContain('size.case:vip > billing')
  })

  test('of an answer that could not be understood leaves by no way that was drawn for an answer', () => {
    const flow = draw(
      {
        start: ['start'],
        age: ['ask', { text: 'How old?', variable: 'age', as: 'number', attempts: 1 }],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        desk: ['queue', { team: 'desk', text: 'Wait.' }],
        person: ['agent'],
        bye: ['close'],
      },
      [
        'start.next > age',
        'age.answered > desk',
        'wants.fired > desk',
        'desk.accepted > person',
        'person.resolved > bye',
        'person.handback > bye',
      ],
      { age: { type: 'number' } },
    )
    expect(trail(flow, [{ type: 'customer.message', text: '42' }]).edges).toContain('age.answered > desk')
    const { active, edges } = trail(flow, [{ type: 'customer.message', text: 'who knows' }])
    expect(active).toBe('desk')
    expect(edges).toEqual(['start.next > age'])
  })

  test('tells two ways between the same nodes apart by what was said and assigned', () => {
    const flow = draw(
      {
        start: ['start'],
        size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] }],
        dear: ['set', { assign: [{ variable: 'rank', value: '1' }] }],
        kind: ['say', { text: 'Welcome back, {{ customer.name }}!' }],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        desk: ['queue', { team: 'desk', text: 'Wait.' }],
        person: ['agent'],
        bye: ['close'],
      },
      [
        'start.next > size',
        'size.case:vip > dear',
        'size.else > chat',
        'dear.next > kind',
        'kind.next > chat',
        'wants.fired > desk',
        'desk.accepted > person',
        'person.resolved > bye',
        'person.handback > bye',
      ],
      { rank: { type: 'number' } },
    )
    expect(trail(flow, [], { customer: { tier: 'vip', name: 'Ann' } }).nodes).toEqual([
      'start',
      'size',
      'dear',
      'kind',
      'chat',
    ])
    expect(trail(flow).nodes).toEqual(['start', 'size', 'chat'])
  })

  test('goes through the handback to the step that is resumed', () => {
    const { active, nodes } = trail(undefined, [
      { type: 'customer.message', text: 'I want to talk to a person' },
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.handback' },
    ])
    expect(active).toBe('chat')
    expect(nodes).toEqual(expect.arrayContaining(['person', 'back', 'chat']))
  })

  test.each(ready)(
    'of every scenario of $id is connected: what is lit was led to by a lit edge, a trigger or a return',
    ({ flow, scenarios }) => {
      for (const scenario of scenarios) {
        const simulation = play(flow, scenario)
        const { active, nodes, edges } = trailOf(flow, passedIn(simulation))
        const led = new Set(flow.edges.filter((edge) => edges.has(edge.id)).map((edge) => edge.target))
        const free = new Set(
          flow.nodes.filter((node) => node.type === 'start' || node.type === 'trigger').map((node) => node.id),
        )
        const left = flow.edges.filter((edge) => edges.has(edge.id) && !nodes.has(edge.source))
        expect(nodes.has(active)).toBe(true)
        expect(left).toEqual([])
        expect(
          [...nodes].filter((id) => !led.has(id) && !free.has(id)),
          scenario.name,
        ).toEqual([])
      }
    },
  )
})
