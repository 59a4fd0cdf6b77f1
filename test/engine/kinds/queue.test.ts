import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  start,
  step,
  type ConversationEvent,
  type Facts,
  type QueueFacts,
  type Snapshot,
  type Stepped,
  type Waiting,
} from '#engine/index.ts'
import { addOpenMillis } from '#engine/hours/index.ts'
import { draw } from '../draw.ts'

const MINUTE = 60_000
/** A Monday, 10:00 in Berlin. */
const MONDAY = Date.UTC(2026, 2, 2, 9)
const ask: ConversationEvent = { type: 'customer.message', text: 'I want to talk to a person' }
const accept: ConversationEvent = { type: 'agent.accept', agent: 'ada' }

/** A conversation that waits in a queue with this data, told as events; every step goes through JSON. */
class Waits {
  readonly flow
  now = MONDAY
  last: Stepped

  constructor(data: object, facts: Facts = {}, edges: readonly string[] = [], customer: object = {}) {
    this.flow = draw(
      {
        start: ['start'],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        people: [
          'queue',
          {
            team: 'people',
            text: 'Number {{ queue.position }}, about {{ queue.eta }}, within {{ queue.within }}.',
            maxWait: '1h',
            ...data,
          },
        ],
        person: ['agent'],
        back: ['handback'],
        note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
        late: ['ticket', { text: 'That was long.', replyWithin: '1h' }],
        end: ['close'],
      },
      [
        'start.next > chat',
        'wants.fired > people',
        'people.accepted > person',
        'people.timeout > note',
        'note.created > end',
        'late.created > end',
        'person.resolved > end',
        'person.handback > back',
        'back.next > chat',
        ...edges,
      ],
    )
    this.last = start(this.flow, { id: 'c', customer: { ...customer } }, this.now)
    this.send({ ...ask, facts }, 0)
  }

  send(event: ConversationEvent, after = 1_000): this {
    this.now += after
    const snapshot: Snapshot = JSON.parse(JSON.stringify(this.last.snapshot))
    this.last = step(this.flow, snapshot, event, this.now)
    return this
  }

  /** Lets a deadline come, at its time. */
  comes(name: string, facts: Facts = {}): this {
    const timer = this.last.snapshot.timers.find(({ id }) => id === `people.${name}`)
    if (timer === undefined) throw new Error(`${name} is not set; set are ${this.timers.join(', ')}`)
    return this.send({ type: 'timer', id: timer.id, gen: timer.gen, facts }, Math.max(0, timer.due - this.now))
  }

  get waiting(): Waiting {
    const { waiting } = this.last.snapshot.machine.context
    if (waiting === null) throw new Error('It does not wait.')
    return waiting
  }

  get state(): string {
    return this.last.snapshot.state
  }
  get timers(): readonly string[] {
    return this.last.snapshot.timers.map(({ id }) => id.replace('people.', ''))
  }
  get told(): readonly string[] {
    return this.last.effects.flatMap((effect) => (effect.type === 'notify' ? [effect.what] : []))
  }
  due(name: string): number | undefined {
    return this.last.snapshot.timers.find(({ id }) => id === `people.${name}`)?.due
  }
}

const queue = (more: Partial<QueueFacts> = {}): Facts => ({
  queues: { people: { position: 1, eta: null, within: null, online: 1, waiting: 0, ...more } },
})

describe('What is asked of the person', () => {
  test('is told to who looks for one: skills, preferences, language, tier, and what priority is worth', () => {
    const { waiting } = new Waits(
      { skills: { refunds: 3 }, prefer: { german: 5 }, language: 'en', tier: true, ageing: '30s', priority: 7 },
      {},
      [],
      { tier: 'gold' },
    )
    expect(waiting).toMatchObject({
      skills: { refunds: 3 },
      prefer: { german: 5 },
      language: 'en',
      tier: 'gold',
      ageing: 30_000,
      priority: 7,
      teams: [],
      dropped: [],
    })
  })

  test('no tier is asked for where the queue does not say so, or the customer has none', () => {
    expect(new Waits({}, {}, [], { tier: 'gold' }).waiting.tier).toBeNull()
    expect(new Waits({ tier: true }).waiting.tier).toBeNull()
  })

  test('becomes less with time, step by step: a skill lower, another team, a need dropped', () => {
    const waits = new Waits({
      skills: { refunds: 5, german: 2 },
      language: 'en',
      relax: [
        { after: '3m', drop: ['language'] },
        { after: '1m', lower: { refunds: 2 } },
        { after: '2m', drop: ['german'], teams: ['others', 'people'] },
      ],
    })
    expect(waits.timers).toContain('relax')
    expect(waits.comes('relax').now).toBe(MONDAY + MINUTE)
    expect(waits.waiting).toMatchObject({ skills: { refunds: 2, german: 2 }, dropped: [], teams: [] })
    expect(waits.comes('relax').now).toBe(MONDAY + 2 * MINUTE)
    expect(waits.waiting).toMatchObject({ dropped: ['german'], teams: ['others'] })
    expect(waits.comes('relax').now).toBe(MONDAY + 3 * MINUTE)
    expect(waits.waiting).toMatchObject({ dropped: ['german', 'language'] })
    expect(waits.timers).toEqual(['maxWait'])
  })

  test('stays as low as it was for a place that comes back; only the steps that are left begin anew', () => {
    const waits = new Waits({
      skills: { refunds: 5 },
      relax: [
        { after: '1m', lower: { refunds: 2 } },
        { after: '3m', drop: ['refunds'] },
      ],
    }).comes('relax')
    waits.send(accept, MINUTE).send({ type: 'agent.gone', agent: 'ada' }, MINUTE)
    expect(waits.waiting).toMatchObject({
      since: MONDAY,
      skills: { refunds: 2 },
      skip: [{ agent: 'ada', why: 'lost' }],
    })
    expect(waits.due('relax')).toBe(waits.now + 3 * MINUTE)
  })

  test('never grows, whatever the steps and their order', () => {
    const level = fc.integer({ min: 1, max: 10 })
    const one = fc.record({
      after: fc.integer({ min: 1, max: 50 }).map((minutes) => `${minutes}m`),
      lower: fc.record({ a: level, b: level }, { requiredKeys: [] }),
      drop: fc.subarray(['a', 'b', 'language']),
      teams: fc.subarray(['x', 'y'], { minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.record({ a: level, b: level }), fc.array(one, { minLength: 1, maxLength: 6 }), (skills, relax) => {
        const waits = new Waits({ skills, relax, language: 'en' })
        for (let before = waits.waiting; waits.timers.includes('relax'); before = waits.waiting) {
          const { skills: asked, dropped, teams } = waits.comes('relax').waiting
          for (const skill of ['a', 'b']) expect(asked[skill]).toBeLessThanOrEqual(before.skills[skill] ?? 0)
          expect(dropped).toEqual(expect.arrayContaining([...before.dropped]))
          expect(teams).toEqual(expect.arrayContaining([...before.teams]))
        }
        expect(waits.waiting.relaxed).toBe(relax.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('The person of last time', () => {
  const sameAgent = { sameAgent: '30s' }
  const sarah = { id: 'sarah', name: 'Sarah' }

  test('is waited for while online, and then everybody is asked; that person still goes first', () => {
    const waits = new Waits(sameAgent, { last: { ...sarah, online: true } })
    expect(waits.waiting.preferred).toEqual({ agent: 'sarah', why: 'lastTime', until: MONDAY + 30_000 })
    expect(waits.comes('sameAgent').waiting.preferred).toEqual({ agent: 'sarah', why: 'lastTime', until: null })
    expect(waits.now).toBe(MONDAY + 30_000)
  })

  test('is not waited for while offline', () => {
    const waits = new Waits(sameAgent, { last: { ...sarah, online: false } })
    expect(waits.waiting.preferred).toEqual({ agent: 'sarah', why: 'lastTime', until: null })
    expect(waits.timers).toEqual(['maxWait'])
  })

  test('is asked for from the world only where the queue says so', () => {
    expect(new Waits(sameAgent).last.wants).toContain('last:')
    expect(new Waits({}).last.wants).not.toContain('last:')
    expect(new Waits(sameAgent, { last: null }).waiting.preferred).toBeNull()
  })

  test('who declines is preferred no longer; another’s decline changes nothing', () => {
    const offered = (agent: string) =>
      new Waits(sameAgent, { last: { ...sarah, online: true } })
        .send({ type: 'offer.made', agent: { id: agent, name: agent }, until: MONDAY + MINUTE })
        .send({ type: 'agent.decline', agent }).waiting
    expect(offered('sarah')).toMatchObject({ preferred: null, skip: [{ agent: 'sarah', why: 'declined' }] })
    expect(offered('tom')).toMatchObject({ preferred: { agent: 'sarah' }, skip: [{ agent: 'tom', why: 'declined' }] })
  })
})

describe('An offer that comes to nothing', () => {
  const offered = () =>
    new Waits({}).send({
      type: 'offer.made',
      agent: { id: 'tom', name: 'Tom' },
      until: MONDAY + MINUTE,
      reason: 'Tom: idle 2 min',
      skipped: [{ agent: { id: 'sarah', name: 'Sarah' }, why: 'full, 3 of 3' }],
    })

  test.each(['declined', 'expired', 'vanished'] as const)('is kept with why: %s', (why) => {
    const { waiting } = offered().send({ type: 'offer.ended', agent: 'tom', why })
    expect(waiting).toMatchObject({
      offered: null,
      skip: [{ agent: 'tom', why: why === 'declined' ? 'declined' : 'missed' }],
    })
  })

  test('is told as missed only when it passed unanswered', () => {
    const facts = { agents: { tom: { id: 'tom', name: 'Tom' } } }
    expect(offered().send({ type: 'offer.ended', agent: 'tom', why: 'expired', facts }).last.effects).toEqual([
      expect.objectContaining({ type: 'notify', what: 'missed', agent: { id: 'tom', name: 'Tom' }, team: 'people' }),
    ])
    expect(offered().send({ type: 'offer.ended', agent: 'tom', why: 'vanished' }).told).toEqual([])
  })

  test('stands in the log with who was asked, why, and why not others', () => {
    const [entry] = offered().last.log
    expect(entry).toMatchObject({
      kind: 'event',
      event: { reason: 'Tom: idle 2 min', skipped: [{ why: 'full, 3 of 3' }] },
    })
  })
})

describe('The wait that is told', () => {
  test('says about how long, and within which time nine of ten are served, never rounded down', () => {
    const waits = new Waits({}, queue({ position: 3, eta: 4 * MINUTE, within: 7 * MINUTE + 1 }))
    expect(waits.last.messages[0]?.text).toBe('Number 3, about 4 minutes, within 8 minutes.')
    expect(waits.waiting).toMatchObject({ expected: 4 * MINUTE, within: 7 * MINUTE + 1 })
  })

  test('promises nothing where nobody can say', () => {
    const waits = new Waits({}, queue({ position: 3 }))
    expect(waits.last.messages[0]?.text).toBe('Number 3, about a few minutes, within a while.')
    expect(waits.waiting).toMatchObject({ expected: null, within: null })
  })
})

describe('The fullest queue', () => {
  test('takes nobody else in: who comes goes the way that is drawn, and hears of no queue', () => {
    const waits = new Waits({ maxWaiting: 3 }, queue({ waiting: 3 }), ['people.full > late'])
    expect(waits.state).toBe('queued.late')
    expect(waits.last.effects.filter(({ type }) => type.startsWith('queue.') || type === 'handoff')).toEqual([])
    expect(waits.last.messages.map(({ text }) => text)).not.toContainEqual(expect.stringContaining('Number'))
  })

  test('leads where the longest wait does when no way is drawn', () => {
    expect(new Waits({ maxWaiting: 3 }, queue({ waiting: 3 })).state).toBe('queued.note')
  })

  test('lets in while fewer wait', () => {
    expect(new Waits({ maxWaiting: 3 }, queue({ waiting: 2 })).state).toBe('queued.people')
  })

  test('goes by “nobody is there” where that holds too', () => {
    expect(
      new Waits({ maxWaiting: 3 }, queue({ waiting: 3, online: 0 }), ['people.full > late', 'people.empty > note'])
        .state,
    ).toBe('queued.note')
  })

  test('never turns away who comes back to a place', () => {
    const waits = new Waits({ maxWaiting: 3 }, queue(), ['people.full > late']).send(accept)
    expect(waits.send({ type: 'agent.gone', agent: 'ada', facts: queue({ waiting: 9 }) }).state).toBe('queued.people')
  })
})

describe('The promised first answer', () => {
  const sla = { firstResponse: '10m', raise: 20 }
  const office = { timezone: 'Europe/Berlin', week: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] } } as const

  test('warns when most of its time is over: people are told, and the customer moves up', () => {
    const waits = new Waits({ sla, priority: 5 })
    expect(waits.waiting.sla).toEqual({ due: MONDAY + 10 * MINUTE, warn: MONDAY + 8 * MINUTE, state: 'ok' })
    expect(waits.comes('slaWarning').told).toEqual(['slaWarning'])
    expect(waits.now).toBe(MONDAY + 8 * MINUTE)
    expect(waits.waiting).toMatchObject({ priority: 25, sla: { state: 'warned' } })
  })

  test('is late at its time: people are told, and the customer keeps place and offer where no way is drawn', () => {
    const waits = new Waits({ sla })
      .send({ type: 'offer.made', agent: { id: 'tom', name: 'Tom' }, until: MONDAY + 15 * MINUTE })
      .comes('slaWarning')
      .comes('slaBreach')
    expect(waits.told).toEqual(['slaBreach'])
    expect(waits.now).toBe(MONDAY + 10 * MINUTE)
    expect(waits.state).toBe('queued.people')
    expect(waits.waiting).toMatchObject({
      since: MONDAY,
      offered: { agent: { id: 'tom' } },
      sla: { state: 'breached' },
    })
  })

  test('goes the drawn way when it is late, and takes the offer back', () => {
    const waits = new Waits({ sla }, {}, ['people.breached > late'])
      .send({ type: 'offer.made', agent: { id: 'tom', name: 'Tom' }, until: MONDAY + 15 * MINUTE })
      .comes('slaBreach')
    expect(waits.state).toBe('queued.late')
    expect(waits.last.effects).toContainEqual(expect.objectContaining({ type: 'queue.leave', why: 'elsewhere' }))
    expect(waits.waiting.offered).toBeNull()
  })

  test('is met when a person accepts: nothing is late afterwards', () => {
    const waits = new Waits({ sla }).send(accept)
    expect(waits.timers.filter((name) => name.startsWith('sla'))).toEqual([])
  })

  test.each<[string, ConversationEvent]>([
    ['a transfer', { type: 'agent.transfer', team: 'others' }],
    ['a lost agent', { type: 'agent.gone', agent: 'ada' }],
  ])('%s keeps it', (_, event) => {
    const waits = new Waits({ sla }).send(accept, MINUTE).send(event, 2 * MINUTE)
    expect(waits.waiting.sla).toEqual({ due: MONDAY + 10 * MINUTE, warn: MONDAY + 8 * MINUTE, state: 'ok' })
    expect([waits.due('slaWarning'), waits.due('slaBreach')]).toEqual([MONDAY + 8 * MINUTE, MONDAY + 10 * MINUTE])
  })

  test('warns at once who comes back shortly before it is late, and is not late for who was answered in time', () => {
    const soon = new Waits({ sla }).send(accept, MINUTE).send({ type: 'agent.gone', agent: 'ada' }, 8 * MINUTE)
    expect(soon.due('slaWarning')).toBe(soon.now)
    const past = new Waits({ sla }).send(accept, MINUTE).send({ type: 'agent.gone', agent: 'ada' }, 20 * MINUTE)
    expect(past.timers).toEqual(['maxWait'])
  })

  test('counts business time only, by hours written in the node', () => {
    const waits = new Waits({ sla: { ...sla, firstResponse: '8h', schedule: office } })
    expect(waits.waiting.sla).toMatchObject({
      due: Date.UTC(2026, 2, 3, 9),
      warn: addOpenMillis(office, MONDAY, 8 * 60 * MINUTE * 0.8),
    })
    expect(waits.last.wants).not.toContainEqual(expect.stringContaining('due:'))
  })

  test('counts business time only, by saved hours, which the world knows', () => {
    const data = { sla: { ...sla, schedule: 'office' } }
    const [warn, due] = [`office:${MONDAY}:480000`, `office:${MONDAY}:600000`]
    expect(new Waits(data).last.wants).toEqual(expect.arrayContaining([`due:${due}`, `due:${warn}`]))
    expect(new Waits(data).waiting.sla).toBeNull()
    expect(new Waits(data, { due: { [warn]: MONDAY + 1, [due]: MONDAY + 2 } }).waiting.sla).toEqual({
      warn: MONDAY + 1,
      due: MONDAY + 2,
      state: 'ok',
    })
    expect(new Waits(data, { due: { [warn]: MONDAY + 1, [due]: null } }).waiting.sla).toBeNull()
  })

  test('does not run for who never joined', () => {
    expect(
      new Waits({ sla: { ...sla, schedule: 'office' } }, queue({ online: 0 }), ['people.empty > note']).last.wants,
    ).toEqual([])
  })
})

test('no deadline of a queue outlives the wait, whatever the queue is told to do', () => {
  const waits = new Waits(
    {
      sla: { firstResponse: '10m' },
      sameAgent: '1m',
      relax: [{ after: '1m', teams: ['others'] }],
      updateText: 'Still here.',
      maxWaiting: 9,
    },
    { ...queue(), last: { id: 'sarah', name: 'Sarah', online: true } },
  )
  expect([...waits.timers].sort()).toEqual(['maxWait', 'relax', 'sameAgent', 'slaBreach', 'slaWarning', 'update'])
  expect(waits.send(accept).last.snapshot.timers.map(({ id }) => id)).toEqual(['person.gone'])
})
