import { describe, expect, test } from 'vitest'
import { agentEventOf } from '#engine/index.ts'
import { isBotEvent } from '#engine/conversation/bot-agent.ts'
import { parseScenarios, recordScenario, runScenario, simulate, type Simulation } from '#engine/simulate/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'

const claims = { id: 'claims', name: 'Claims', bot: 'claims-bot' }
const flow = support()

/** The queue has a bot for itself and, once she comes online, Sarah. */
function held(facts: object = {}): Simulation {
  const agents = [
    { ...claims, teams: ['billing'] },
    { id: 'sarah', name: 'Sarah', teams: ['billing'], online: false },
  ]
  return simulate(flow, { agents, ...facts }).send({ type: 'customer.message', text: 'I want to talk to a person' })
}

const turns = ({ steps, last }: Simulation) =>
  steps
    .filter(({ turn }) => turn === last.turn)
    .flatMap(({ effects }) => effects.filter((effect) => effect.type === 'bot.turn'))

describe('A bot that has a place in a team', () => {
  test('takes at once what it is offered, and is given the customer’s last words', () => {
    const simulation = held()
    expect(simulation.snapshot).toMatchObject({ state: 'agentActive.person', owner: 'agent:claims' })
    expect(turns(simulation)).toEqual([
      expect.objectContaining({ bot: 'claims-bot', agent: 'claims', text: 'I want to talk to a person' }),
    ])
    expect(simulation.view.agent).toEqual(claims)
  })

  test('is given every turn of the customer, also while it owes an answer', () => {
    const first = held().send({ type: 'customer.message', text: 'My claim?' })
    const second = first.send({ type: 'customer.message', text: 'It is number 7' })
    expect([...turns(first), ...turns(second)].map(({ text }) => text)).toEqual(['My claim?', 'It is number 7'])
  })

  test('answers as the agent it is', () => {
    const simulation = held().send({ type: 'bot.message', text: 'It is paid.' })
    expect(simulation.messages).toEqual([
      expect.objectContaining({ from: 'agent', text: 'It is paid.', agent: claims }),
    ])
  })

  test('gives the customer back when it is done', () => {
    expect(held().send({ type: 'bot.done' }).snapshot.phase).toBe('bot')
  })

  test.each([
    ['asks for a person', { type: 'bot.escalate', reason: 'fraud is likely', summary: 'Two cards' }],
    ['fails', { type: 'bot.failed' }],
  ] as const)('that %s gives the customer to the queue at the old place, and is asked last', (_, event) => {
    const waiting = held().presence('sarah', true).send(event)
    expect(waiting.snapshot).toMatchObject({ state: 'queued.billing', owner: 'queue' })
    expect(waiting.snapshot.machine.context.waiting).toMatchObject({
      since: waiting.setting.at,
      skip: [{ agent: 'claims', why: 'lost' }],
      offered: { agent: { id: 'sarah' } },
    })
    expect(waiting.messages.map(({ text }) => text)[0]).toBe(
      'Let me bring in a colleague. You keep your place, and they see everything.',
    )
    expect(waiting.handoff.note).toBe(event.type === 'bot.escalate' ? 'fraud is likely: Two cards' : null)
  })

  test('that falls silent loses the customer as a person does', () => {
    const waiting = held().presence('sarah', true).skip('3m')
    expect(waiting.snapshot.machine.context.waiting).toMatchObject({
      skip: [{ agent: 'claims', why: 'lost' }],
      offered: { agent: { id: 'sarah' } },
    })
  })

  test('that can no longer give the customer a place says nothing of one', () => {
    const gone = draw(supportNodes, [...supportEdges, 'person.gone > note'], { orderNumber: { type: 'text' } })
    const simulation = simulate(gone, { agents: [{ ...claims, teams: ['billing'] }] })
      .send({ type: 'customer.message', text: 'I want to talk to a person' })
      .send({ type: 'bot.failed' })
    expect(simulation.snapshot.state).toBe('queued.note')
    expect(simulation.messages.filter(({ from }) => from === 'system')).toEqual([])
  })

  test('has no wrap-up: nothing keeps it from the next', () => {
    const busy = draw({ ...supportNodes, person: ['agent', { wrapUp: '2m' }] }, supportEdges, {
      orderNumber: { type: 'text' },
    })
    const done = (bot: object) =>
      simulate(busy, { agents: [{ id: 'claims', name: 'Claims', teams: ['billing'], ...bot }] }).send({
        type: 'customer.message',
        text: 'I want to talk to a person',
      })
    expect(done({ bot: 'claims-bot' }).send({ type: 'bot.done' }).snapshot.machine.context.wrapUp).toBeNull()
    expect(
      done({}).send({ type: 'agent.accept', agent: 'claims' }).send({ type: 'agent.handback' }).snapshot.machine.context
        .wrapUp,
    ).not.toBeNull()
  })

  test('cannot choose a way through the flow: the flow rests while somebody holds the customer', () => {
    expect(agentEventOf({ type: 'bot.intent', intent: 'refund' }, claims)).toBeUndefined()
    expect(() => held().send({ type: 'bot.intent', intent: 'refund' })).toThrow(/Claims owns the conversation/)
  })

  test('gives up with its reason, and with its summary where it has one: as much as a note holds', () => {
    const gone = { type: 'agent.gone', agent: 'claims' }
    const escalates = { type: 'bot.escalate', reason: 'x'.repeat(1_999) } as const
    expect(agentEventOf({ type: 'bot.failed' }, claims)).toEqual(gone)
    expect(agentEventOf(escalates, claims)).toEqual({ ...gone, note: escalates.reason })
    expect(agentEventOf({ ...escalates, summary: 'Two cards' }, claims)).toEqual({
      ...gone,
      note: `${escalates.reason}:`,
    })
  })

  test('is heard as a bot, and nobody else is', () => {
    expect(isBotEvent({ type: 'bot.done' })).toBe(true)
    expect(isBotEvent({ type: 'customer.left' })).toBe(false)
  })

  test('a run with it is saved as a scenario that plays the same again', () => {
    const run = held()
      .send({ type: 'bot.message', text: 'One moment.' })
      .presence('sarah', true)
      .send({ type: 'bot.escalate', reason: 'fraud' })
      .send({ type: 'agent.accept', agent: 'sarah' })
    const parsed = parseScenarios({
      flow: flow.id,
      scenarios: [JSON.parse(JSON.stringify(recordScenario(run, 'hands over')))],
    })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
    const [scenario] = parsed.file.scenarios
    expect(scenario && runScenario(flow, scenario).failures).toEqual([])
  })
})

describe('In a simulation', () => {
  const agents = [
    { id: 'sarah', name: 'Sarah', teams: ['billing'] },
    { id: 'tom', name: 'Tom', teams: ['billing'] },
  ]
  const nodes = (data: object) =>
    draw({ ...supportNodes, billing: ['queue', { team: 'billing', text: 'Wait.', ...data }] }, supportEdges, {
      orderNumber: { type: 'text' },
    })
  const asks = (data: object, options: object = {}) =>
    simulate(nodes(data), { agents, ...options }).send({ type: 'customer.message', text: 'I want to talk to a person' })
  const offered = (simulation: Simulation) => simulation.view.queue?.offeredTo

  test('who helped last is offered the conversation first', () => {
    expect(offered(asks({ sameAgent: '1m' }, { last: 'tom' }))).toBe('tom')
    expect(offered(asks({}))).toBe('sarah')
  })

  test('who does not serve the customer’s tier is not asked before time opens it', () => {
    const gold = {
      customer: { tier: 'gold' },
      agents: [{ id: 'sarah', name: 'Sarah', teams: ['billing'], tiers: ['silver'] }],
    }
    const waiting = asks({ tier: true, relax: [{ after: '1m', drop: ['tier'] }] }, gold)
    expect(offered(waiting)).toBeUndefined()
    expect(offered(waiting.skip('1m'))).toBe('sarah')
  })

  test('another team helps once time has opened it', () => {
    const waiting = asks(
      { relax: [{ after: '1m', teams: ['vip'] }] },
      { agents: [{ id: 'vera', name: 'Vera', teams: ['vip'] }] },
    )
    expect(offered(waiting)).toBeUndefined()
    expect(offered(waiting.skip('1m'))).toBe('vera')
  })

  test('saved hours carry the promised first answer', () => {
    const schedules = { office: { timezone: 'Europe/Berlin', week: { tue: [['09:00', '17:00']] } } } as const
    const waiting = asks({ maxWait: '2d', sla: { firstResponse: '5m', schedule: 'office' } }, { agents: [], schedules })
    expect(waiting.snapshot.machine.context.waiting?.sla?.due).toBe(Date.UTC(2026, 2, 3, 8, 5))
  })

  test('why somebody was asked stands in the offer', () => {
    const made = asks({}).log.find((entry) => entry.kind === 'event' && entry.event.type === 'offer.made')
    expect(made).toMatchObject({ event: { reason: expect.stringContaining('Sarah') } })
  })
})
