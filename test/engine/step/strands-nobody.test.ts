import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  check,
  handoffPackage,
  start,
  step,
  view,
  type ConversationEvent,
  type Flow,
  type Stepped,
} from '#engine/index.ts'
import { simulate } from '#engine/simulate/index.ts'
import { draw, support, supportEdges, supportNodes, type Drawn } from '../draw.ts'

/** Plays events one second apart and gives back what each did. */
function play(flow: Flow, opening: object, events: readonly ConversationEvent[]): readonly Stepped[] {
  const steps = [start(flow, { id: 'c', ...opening }, 0)]
  for (const event of events)
    steps.push(step(flow, steps.at(-1)?.snapshot ?? steps[0]!.snapshot, event, steps.length * 1_000))
  return steps
}

function last(flow: Flow, events: readonly ConversationEvent[], opening: object = {}): Stepped {
  return play(flow, opening, events).at(-1)!
}

const says = (text: string): ConversationEvent => ({ type: 'customer.message', text })
const replies = (text: string, more: object = {}): ConversationEvent => ({ type: 'bot.message', text, ...more })

describe('A trigger that stays with the bot', () => {
  const nodes: Record<string, Drawn> = {
    start: ['start'],
    chat: ['listen'],
    eager: ['trigger', { signals: [{ signal: 'turns', over: 2 }] }],
    offer: ['ask', { text: 'Want our team?', variable: 'wanted', as: 'yesno' }],
    wish: ['branch', { cases: [{ id: 'yes', label: 'Yes', when: 'vars.wanted' }] }],
    team: ['queue', { team: 'team', text: 'Wait.' }],
  }
  const flow = draw(nodes, [
    'start.next > chat',
    'eager.fired > offer',
    'offer.answered > wish',
    'wish.case:yes > team',
    'wish.else > chat',
  ])

  test('fires once: its question can be answered', () => {
    expect(last(flow, [says('a'), replies('1'), says('b'), replies('2'), says('c')]).messages.at(-1)?.text).toBe(
      'Want our team?',
    )
    expect(last(flow, [says('a'), replies('1'), says('b'), replies('2'), says('c'), says('yes')]).snapshot.state).toBe(
      'queued.team',
    )
  })

  test('on a value fires when it becomes so, not as long as it is so', () => {
    const gold = draw(
      { ...nodes, eager: ['trigger', { signals: [{ signal: 'value', when: 'customer.tier == "gold"' }] }] },
      ['start.next > chat', 'eager.fired > offer', 'offer.answered > wish', 'wish.case:yes > team', 'wish.else > chat'],
    )
    const after = last(gold, [says('hi'), says('no thanks'), replies('ok'), says('more')], {
      customer: { tier: 'gold' },
    })
    expect(after.snapshot.state).toBe('bot.chat')
    expect(after.messages).toEqual([])
  })
})

describe('What fails strands nobody', () => {
  const nodes: Record<string, Drawn> = {
    start: ['start'],
    chat: ['listen'],
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    note: ['ticket', { text: 'Leave a note.', collect: [], replyWithin: '1d' }],
    bye: ['close'],
  }
  const flow = draw(nodes, ['start.next > chat', 'wants.fired > note', 'note.created > bye'])

  test('a ticket that cannot be filed gives the customer back to the bot, and says so', () => {
    const asked = last(flow, [says('a person please')])
    const ticket = asked.effects.find((effect) => effect.type === 'ticket')
    const failed = step(
      flow,
      asked.snapshot,
      { type: 'effect.done', effect: ticket?.id ?? '', ok: false, error: 'down' },
      9_000,
    )
    expect(failed.snapshot.state).toBe('bot.chat')
    expect(failed.messages[0]?.text).toMatch(/could not be filed/)
  })

  test('a callback time that was taken is not offered again', () => {
    const open = ['09:00', '17:00']
    const schedule = {
      timezone: 'UTC',
      week: { thu: [open], fri: [open], sat: [open], sun: [open], mon: [open], tue: [open], wed: [open] },
    }
    const calls = draw({ ...nodes, note: ['callback', { text: 'When?', schedule }] }, [
      'start.next > chat',
      'wants.fired > note',
      'note.booked > bye',
      'note.declined > chat',
    ])
    const offered = last(calls, [says('a person please')])
    const first = offered.messages.at(-1)?.quickReplies?.[0]
    const chosen = step(
      calls,
      offered.snapshot,
      { type: 'customer.message', text: first?.label ?? '', choice: first?.id ?? '' },
      9_000,
    )
    const taken = step(
      calls,
      chosen.snapshot,
      { type: 'effect.done', effect: chosen.snapshot.awaiting ?? '', ok: false, error: 'taken' },
      10_000,
    )
    expect(taken.messages.at(-1)?.text).toMatch(/just been taken/)
    expect(taken.messages.at(-1)?.quickReplies?.map((reply) => reply.id)).not.toContain(first?.id)
  })

  test('no timer outlives the state that set it', () => {
    const done = draw(
      {
        start: ['start'],
        chat: ['listen'],
        name: ['ask', { text: 'Name?', variable: 'name', as: 'text' }],
        bye: ['close'],
      },
      ['start.next > chat', 'chat.done > name', 'name.answered > bye'],
    )
    expect(
      last(done, [says('x'), replies('y'), { type: 'bot.done' }]).snapshot.timers.map((timer) => timer.id),
    ).toEqual(['name.timeout'])
  })

  test('the bot’s time runs from the first message it has not answered', () => {
    const [, first, second] = play(support(), {}, [says('one'), says('two')])
    expect(second?.snapshot.timers).toEqual(first?.snapshot.timers)
  })
})

describe('A queue strands nobody', () => {
  const some = <Value>(value: Value) => fc.option(fc.constant(value), { nil: undefined })
  const asked = fc.record({
    maxWaiting: some(3),
    sameAgent: some('30s'),
    tier: some(true),
    skills: some({ french: 5 }),
    sla: fc.constantFrom(
      undefined,
      { firstResponse: '5m' },
      { firstResponse: '5m', schedule: 'office' },
      { firstResponse: '5m', schedule: 'unknown', raise: 100 },
    ),
    relax: some([
      { after: '1m', lower: { french: 1 } },
      { after: '2m', teams: ['duty'], drop: ['tier'] },
    ]),
  })
  const drawn = fc.subarray([
    'people.full > late',
    'people.empty > note',
    'people.breached > duty',
    'people.left > late',
  ])
  const around = fc.record({
    waiting: fc.integer({ min: 0, max: 5 }),
    online: fc.boolean(),
    last: some('ada'),
    fits: fc.boolean(),
  })

  test('whatever it asks for and wherever it leads, who waits in vain comes to a promise', () => {
    const schedules = { office: { timezone: 'Europe/Berlin', week: { wed: [['09:00', '17:00']] } } } as const
    fc.assert(
      fc.property(asked, drawn, around, (data, more, { waiting, online, last, fits }) => {
        const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
        const possible = more.filter(
          (edge) =>
            (data.maxWaiting !== undefined || !edge.includes('full')) &&
            (data.sla !== undefined || !edge.includes('breached')),
        )
        const note = { text: 'Leave a note.', collect: [], replyWithin: '1d' }
        const flow = draw(
          {
            start: ['start'],
            chat: ['listen'],
            wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
            people: ['queue', { team: 'people', text: 'Wait.', maxWait: '1h', ...given }],
            duty: ['queue', { team: 'duty', text: 'Wait.', maxWait: '1h' }],
            person: ['agent'],
            back: ['handback'],
            note: ['ticket', note],
            late: ['ticket', note],
            end: ['close'],
          },
          [
            'start.next > chat',
            'wants.fired > people',
            'people.accepted > person',
            'people.timeout > note',
            'duty.accepted > person',
            'duty.timeout > late',
            'person.resolved > end',
            'person.handback > back',
            'back.next > chat',
            'note.created > end',
            'late.created > end',
            ...possible,
          ],
        )
        expect(check(flow).filter(({ severity }) => severity === 'error')).toEqual([])
        const agents = [{ id: 'ada', name: 'Ada', teams: ['people'], online, skills: fits ? { french: 5 } : {} }]
        const waits = simulate(flow, {
          agents,
          last,
          schedules,
          customer: { tier: 'gold' },
          queues: { people: { position: waiting + 1, waiting } },
        }).send({ type: 'customer.message', text: 'I want to talk to a person' })
        expect(waits.skip('3h').snapshot.closed?.reason).toBe('done')
      }),
      { numRuns: 60 },
    )
  })
})

describe('Whoever takes over knows', () => {
  test('a bot that understands the new wording goes on by its intent', () => {
    const flow = support()
    const lost = [says('a'), replies('?', { fallback: true }), says('a'), replies('?', { fallback: true })]
    const after = last(flow, [...lost, says('I want my money back'), { type: 'bot.intent', intent: 'refund' }])
    expect(after.snapshot.state).toBe('bot.order')
  })

  test('an insistent customer’s words are part of the reason', () => {
    const lost = [says('a'), replies('?', { fallback: true }), says('a'), replies('?', { fallback: true })]
    const after = last(support(), [...lost, says('just give me a human')])
    expect(after.snapshot.machine.context.reason?.sentence).toMatch(/then asked for a person: “just give me a human”/)
  })

  test('a reason does not outlive its escalation', () => {
    const flow = draw(
      { ...supportNodes, chat: ['listen', { intents: [{ id: 'refund' }, { id: 'desk' }] }] },
      [...supportEdges, 'chat.intent:desk > billing'],
      { orderNumber: { type: 'text' } },
    )
    const after = last(flow, [
      says('a human please'),
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.handback' },
      says('now something else'),
      { type: 'bot.intent', intent: 'desk' },
    ])
    expect(after.snapshot.machine.context.reason?.sentence).toBe('The flow leads to a person here')
  })

  test('a note given with a transfer, and the summary in an introduction', () => {
    const flow = draw(
      { ...supportNodes, person: ['agent', { intro: '{{ agent.name }}: {{ handoff.summary }}' }] },
      supportEdges,
      { orderNumber: { type: 'text' } },
    )
    const steps = play(flow, { customer: { name: 'Ann' } }, [
      says('a human please'),
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.transfer', team: 'vip', note: 'knows the case' },
    ])
    expect(steps[2]?.messages.at(-1)?.text).toMatch(/^sarah: Ann: asked for a person/)
    expect(handoffPackage(flow, steps[3]!.snapshot, { transcript: [], earlier: [] }).note).toBe('knows the case')
  })

  test('what the bot understood is not asked again', () => {
    const after = last(support(), [
      { type: 'customer.message', text: 'refund for 77', nlu: { entities: { orderNumber: '77' } } },
      { type: 'bot.intent', intent: 'refund' },
    ])
    expect(after.messages).toEqual([])
    expect(after.snapshot.machine.context.vars).toEqual({ orderNumber: '77' })
  })

  test('a customer who wrote to the person last is answered by the bot after the handback', () => {
    const flow = draw(
      { ...supportNodes, chat: ['listen', { bot: 'guide' }] },
      supportEdges.filter((edge) => !edge.startsWith('chat.intent')),
      { orderNumber: { type: 'text' } },
    )
    const after = last(flow, [
      says('a human please'),
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.message', text: 'Done.' },
      says('and my balance?'),
      { type: 'agent.handback' },
    ])
    expect(after.effects.find((effect) => effect.type === 'bot.turn')).toMatchObject({
      bot: 'guide',
      text: 'and my balance?',
    })
  })
})

describe('The survey', () => {
  const flow = support()
  const before: readonly ConversationEvent[] = [
    says('a human please'),
    { type: 'agent.accept', agent: 'sarah' },
    { type: 'agent.resolve', resolution: 'paid' },
  ]

  test.each(['5', '4/5', '4 out of 5', '4 stars', '⭐⭐⭐', 'I give a 4'])('takes “%s” as a score', (said) => {
    expect(last(flow, [...before, says(said)]).snapshot.phase).toBe('closed')
  })

  test('asks once more for a number that is not on its scale', () => {
    expect(last(flow, [...before, says('10')]).messages[0]?.text).toMatch(/from the scale/)
  })

  test('takes thanks for no answer, and a question to the bot', () => {
    expect(last(flow, [...before, says('thanks!')]).snapshot.phase).toBe('closed')
    expect(last(flow, [...before, says('what about my other order?')]).snapshot.state).toBe('bot.chat')
  })
})

test('declining is expected only while there is an offer', () => {
  const flow = support()
  const waiting = last(flow, [says('a human please')])
  expect(view(flow, waiting.snapshot).expects).not.toContain('agent.decline')
  const offered = step(
    flow,
    waiting.snapshot,
    { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: 9_000 },
    5_000,
  )
  expect(view(flow, offered.snapshot).expects).toContain('agent.decline')
})
