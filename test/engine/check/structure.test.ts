import { describe, expect, test } from 'vitest'
import { check, replay, type Flow, type Problem } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'

const wholeEdges = [...supportEdges, 'billing.empty > note']

/** The support flow with other nodes, and with edges that take the place of those that leave by the same outlet. */
function changed(
  nodes: Readonly<Record<string, Drawn>>,
  edges: readonly string[],
  without: readonly string[] = [],
): Flow {
  const left = [...edges.map((edge) => edge.split(' ')[0]), ...without]
  const kept = wholeEdges.filter((edge) => !left.includes(edge.split(' ')[0]))
  return draw({ ...supportNodes, ...nodes }, [...kept, ...edges], { orderNumber: { type: 'text' } })
}

function found(flow: Flow, rule: string): readonly Problem[] {
  return check(flow).filter((each) => each.rule === rule)
}

describe('Every problem', () => {
  test('1. carries a way to it that the engine plays to the place it names', () => {
    const flow = changed({}, ['wants.fired > chat'])
    const [problem] = found(flow, 'explicit')
    expect(problem).toMatchObject({ confirmed: true, node: 'wants' })
    expect(replay(flow, 1, problem?.path ?? []).snapshot.state).toBe(problem?.path?.at(-1)?.state)
    expect(problem?.path?.at(-1)?.ways).toContainEqual({ node: 'wants', outlet: 'fired' })
  })

  test('2. that no conversation was found for is said to be possible, with the way as near to it as one came', () => {
    const flow = changed(
      {
        size: [
          'branch',
          { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip" && customer.tier == "gold"' }] },
        ],
        vip: ['queue', { team: 'vip', text: 'Wait.' }],
      },
      ['size.case:vip > vip', 'vip.accepted > person', 'vip.timeout > note'],
    )
    const [problem] = found(flow, 'queues')
    expect(problem).toMatchObject({ confirmed: false, node: 'vip' })
    expect(problem?.message).toMatch(/^Possible: /)
    expect(replay(flow, 1, problem?.path ?? []).snapshot.state).toMatch(/^bot\./)
  })
})

describe('Whoever asks for a person', () => {
  test('may be led over business hours, a message, a question and one ladder', () => {
    const flow = changed(
      {
        open: ['hours', { schedule: { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } } }],
        soon: ['say', { text: 'One moment.' }],
      },
      ['wants.fired > open', 'open.open > soon', 'open.closed > note', 'soon.next > ladder'],
    )
    expect(found(flow, 'explicit')).toEqual([])
  })

  test('is not argued with twice', () => {
    const again: Drawn = ['ladder', { rungs: [{ kind: 'offerHuman', text: 'Really?' }] }]
    expect(
      found(changed({ again }, ['wants.fired > ladder', 'ladder.human > again', 'again.human > billing']), 'explicit'),
    ).toMatchObject([{ node: 'wants', severity: 'warning' }])
  })

  test('is not led astray by a trigger that fires before', () => {
    const upset: Drawn = ['trigger', { signals: [{ signal: 'shouting' }] }]
    const { wants, ...others } = supportNodes
    const nodes = { ...others, upset, ...(wants ? { wants } : {}) }
    const flow = (to: string) => draw(nodes, [...wholeEdges, `upset.fired > ${to}`], { orderNumber: { type: 'text' } })
    expect(found(flow('chat'), 'explicit')).toMatchObject([
      { node: 'upset', message: expect.stringContaining('put “wants” before it') },
    ])
    expect(found(flow('billing'), 'explicit')).toEqual([])
  })

  test('is heard at all', () => {
    const flow = changed(
      { wants: ['trigger', { signals: [{ signal: 'explicitRequest' }, { signal: 'fallbacks' }], match: 'all' }] },
      [],
    )
    expect(found(flow, 'explicit')).toMatchObject([{ node: 'chat', message: expect.stringContaining('is not heard') }])
  })
})

describe('A queue', () => {
  const untold: Drawn = ['queue', { team: 'billing', text: 'Please wait.' }]

  test('says a time before the wait: itself, or what was said on every way to it', () => {
    expect(found(changed({ billing: untold }, []), 'queues')).toMatchObject([
      { node: 'billing', message: expect.stringContaining('not told how long') },
    ])
    const soon: Drawn = ['say', { text: 'About {{ queue.eta }}.' }]
    const led = ['wants.fired > soon', 'ladder.human > soon', 'size.case:vip > soon', 'soon.next > billing']
    expect(found(changed({ billing: untold, soon }, led), 'queues')).toEqual([])
    expect(found(changed({ billing: untold, soon }, led.slice(1)), 'queues')).toHaveLength(1)
  })

  test('leads nobody to a closed house: its way for nobody ends in a promise, or business hours stand before it', () => {
    const alone = changed({}, ['billing.empty > chat', 'billing.timeout > chat', 'chat.done > chat'], ['note.created'])
    expect(found(alone, 'queues').map(({ message }) => message)).toEqual([
      expect.stringContaining('leads to no promise'),
    ])
    const open: Drawn = ['hours', { schedule: { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } } }]
    const behindHours = changed({ open }, [
      'billing.empty > chat',
      'wants.fired > open',
      'ladder.human > open',
      'size.case:vip > open',
      'open.open > billing',
      'open.closed > note',
    ])
    expect(found(behindHours, 'queues')).toEqual([])
  })
})

describe('A person', () => {
  test('who hands back, resolves, hears no more or goes leads the customer on', () => {
    const nodes = {
      start: ['start'],
      person: ['agent'],
      room: ['queue', { team: 'a', text: 'About 5 minutes.' }],
    } as const
    const flow = draw(nodes, [
      'start.next > room',
      'room.accepted > person',
      'room.timeout > room',
      'person.resolved > room',
      'person.handback > room',
    ])
    expect(found(flow, 'endings').map(({ message }) => message.replace(/;.*/, ''))).toEqual([
      'When the person at “person” resolves it, the conversation comes to “room” and from there neither back to the bot nor to an end',
      'When the person at “person” hands back, the conversation comes to “room” and from there neither back to the bot nor to an end',
      'When the person at “person” hears no more from the customer, the conversation comes to “room” and from there neither back to the bot nor to an end',
      'When the person at “person” goes, the conversation comes to “room” and from there neither back to the bot nor to an end',
    ])
  })
})

describe('A circle', () => {
  const asked = (text: string): Drawn => ['ask', { text, variable: 'orderNumber', as: 'text' }]
  const right: Drawn = ['branch', { cases: [{ id: 'yes', label: 'Yes', when: 'vars.orderNumber == "A-1"' }] }]

  test('is also one in which a question is passed because its answer is known', () => {
    const flow = changed({ order: asked('Which order?'), right }, [
      'order.answered > right',
      'right.case:yes > size',
      'right.else > order',
    ])
    expect(found(flow, 'circles')).toMatchObject([
      { severity: 'warning', node: 'order', message: expect.stringContaining('known is not asked again') },
    ])
  })

  test('is none when the answer is forgotten on the way round', () => {
    const forget: Drawn = ['set', { assign: [{ variable: 'orderNumber', value: 'null' }] }]
    const flow = changed({ order: asked('Which order?'), right, forget }, [
      'order.answered > right',
      'right.case:yes > size',
      'right.else > forget',
      'forget.next > order',
    ])
    expect(found(flow, 'circles')).toEqual([])
  })
})

describe('What is never taken', () => {
  test('is named: an outlet that no event leads by, a rung behind an offer', () => {
    const ladder: Drawn = [
      'ladder',
      {
        rungs: [
          { kind: 'offerHuman', text: 'Shall I?' },
          { kind: 'rephrase', text: 'In other words?' },
        ],
      },
    ]
    expect(found(changed({ ladder }, []), 'unreachable').map(({ message }) => message)).toEqual([
      expect.stringContaining('“rephrase”'),
    ])
    const only: Drawn = ['ladder', { rungs: [{ kind: 'rephrase', text: 'In other words?' }] }]
    expect(
      found(changed({ ladder: only }, ['ladder.declined > chat']), 'unreachable').map(({ message }) => message),
    ).toEqual([expect.stringContaining('“declined”')])
  })

  test('is a step to which only a way back would lead: nobody comes back to where nobody has been', () => {
    expect(found(changed({ lonely: ['listen'] }, ['lonely.done > bye']), 'unreachable')).toMatchObject([
      { node: 'lonely' },
    ])
  })
})

test('A flow without an end is told so where its customers may fall silent, though people watch over a silent bot', () => {
  const endless = draw(
    {
      start: ['start'],
      chat: ['listen'],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      people: ['queue', { team: 'people', text: 'About {{ queue.eta }}.' }],
      person: ['agent'],
      back: ['handback'],
      note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
    },
    [
      'start.next > chat',
      'wants.fired > people',
      'people.accepted > person',
      'people.timeout > note',
      'people.empty > note',
      'note.created > chat',
      'person.resolved > back',
      'person.handback > back',
      'back.next > chat',
    ],
  )
  expect(found(endless, 'bounded')).toMatchObject([
    { node: 'chat', severity: 'warning', message: expect.stringContaining('add a “close” to the flow') },
  ])
})
