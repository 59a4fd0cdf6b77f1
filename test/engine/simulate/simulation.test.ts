import { describe, expect, test } from 'vitest'
import { Refusal } from '#engine/index.ts'
import { simulate, standIns } from '#engine/simulate/index.ts'
import { draw } from '../draw.ts'
import { calling, flow, people, staffed } from './desk.ts'

const monday = Date.parse('2026-03-02T09:00:00Z')
const wantsPerson = { type: 'customer.message', text: 'I want to talk to a person' } as const

describe('A conversation in memory', () => {
  test('begins on a Monday at ten in the flow’s own zone, unless told otherwise', () => {
    expect(simulate(flow).now).toBe(monday)
    expect(simulate(flow, { at: 5 }).now).toBe(5)
  })

  test('greets the customer by what is known of them', () => {
    expect(simulate(flow, { customer: { name: 'Ann' } }).messages.map((each) => each.text)).toEqual([
      'Hello Ann, ask away.',
    ])
  })

  test('says what each doing said, and keeps the transcript of all', () => {
    const simulation = simulate(flow)
      .send({ type: 'customer.message', text: 'hi' })
      .send({ type: 'bot.message', text: 'Hello.' })
    expect(simulation.messages.map((each) => each.text)).toEqual(['Hello.'])
    expect(simulation.transcript.map((each) => `${each.from}: ${each.text}`)).toEqual([
      'bot: Hello there, ask away.',
      'customer: hi',
      'bot: Hello.',
    ])
  })

  test('takes a flow document as it stands in a file', () => {
    expect(simulate({ ...flow }).snapshot.state).toBe('bot.chat')
  })

  test('refuses what the conversation does not take, and is as it was', () => {
    const simulation = simulate(flow, people)
    expect(() => simulation.send({ type: 'agent.message', text: 'Hello' })).toThrow(Refusal)
    expect(simulation.snapshot.state).toBe('bot.chat')
  })
})

describe('The people in it', () => {
  const waiting = simulate(flow, { ...people, queues: { billing: { position: 3, eta: 6 * 60_000 } } }).send(wantsPerson)

  test('the customer hears the place and the time that were given', () => {
    expect(waiting.messages.map((each) => each.text)).toEqual(['You are number 3, about 6 minutes.'])
    expect(waiting.view.queue).toMatchObject({ position: 3, eta: 360_000 })
  })

  test('a conversation that waits is offered to whoever is online and of the team', () => {
    expect(waiting.view.queue?.offeredTo).toBe('sarah')
  })

  test('an offer that nobody takes ends, and is made again after a rest', () => {
    expect(waiting.skip('30s').view.queue?.offeredTo).toBeUndefined()
    expect(waiting.skip('1m').view.queue?.offeredTo).toBe('sarah')
  })

  test('who declines is left in peace, and the customer keeps the place', () => {
    const declined = waiting.send({ type: 'agent.decline', agent: 'sarah' })
    expect(declined.view.queue).toMatchObject({ waitingSince: waiting.view.queue?.waitingSince })
    expect(declined.view.queue?.offeredTo).toBeUndefined()
  })

  test('who goes offline while offered it loses the offer, and gets it on coming back after a rest', () => {
    const alone = waiting.presence('sarah', false)
    expect(alone.view.queue?.offeredTo).toBeUndefined()
    expect(alone.presence('sarah', true).skip('30s').view.queue?.offeredTo).toBe('sarah')
  })

  test('who goes offline while holding it loses it, and the customer is told', () => {
    const lost = waiting.send({ type: 'agent.accept', agent: 'sarah' }).presence('sarah', false)
    expect(lost.snapshot.state).toBe('queued.billing')
    expect(lost.messages[0]?.text).toMatch(/lost the line/)
  })

  test('an agent who accepts is called by name', () => {
    expect(waiting.send({ type: 'agent.accept', agent: 'sarah' }).view.agent).toEqual({ id: 'sarah', name: 'Sarah' })
  })

  test('where nobody is online, the flow goes its way for that at once', () => {
    expect(
      simulate(staffed)
        .send(wantsPerson)
        .messages.map((each) => each.text),
    ).toContain('Nobody is here now.')
  })

  test('a need is dropped with time, and then somebody without it is asked', () => {
    const asked = simulate(staffed, people).send(wantsPerson)
    expect(asked.view.queue?.offeredTo).toBeUndefined()
    expect(asked.skip('2m').view.queue?.offeredTo).toBe('sarah')
  })

  test('a transfer to another team is offered there', () => {
    const passed = waiting.send({ type: 'agent.accept', agent: 'sarah' }).send({ type: 'agent.transfer', team: 'vip' })
    expect(passed.view.queue).toMatchObject({ team: 'vip', offeredTo: 'tom' })
  })

  test('a customer who is away is offered to nobody until they write again', () => {
    const away = simulate(flow).send(wantsPerson).send({ type: 'customer.left' })
    const back = simulate(flow, { agents: [{ ...people.agents[0], online: false }] })
      .send(wantsPerson)
      .send({ type: 'customer.left' })
      .presence('sarah', true)
    expect(away.view.queue?.offeredTo).toBeUndefined()
    expect(back.view.queue?.offeredTo).toBeUndefined()
    expect(back.send({ type: 'customer.returned' }).view.queue?.offeredTo).toBe('sarah')
  })

  test('an agent whom nobody named is refused with the names there are', () => {
    expect(() => waiting.presence('sara', true)).toThrow('There is no agent “sara” here; did you mean “sarah”?')
  })

  test('stand-ins work for every team of a flow and have every skill it asks for', () => {
    expect(standIns(staffed)[0]).toMatchObject({ id: 'sarah', teams: ['support', 'billing'], skills: { french: 10 } })
  })
})

describe('The world around it', () => {
  test('a call is answered as it was laid down', () => {
    const simulation = simulate(calling, { calls: { look: { ok: true, body: { state: 'on its way' } } } })
    expect(simulation.messages.map((each) => each.text)).toEqual(['It is on its way.'])
  })

  test('a call that is laid down to fail fails', () => {
    expect(
      simulate(calling, { calls: { look: { ok: false, status: 503 } } }).messages.map((each) => each.text),
    ).toEqual(['I cannot see it.'])
  })

  test('a ticket succeeds at once', () => {
    const simulation = simulate(calling, { customer: { name: 'Ann', email: 'ann@example.com' } })
      .send(wantsPerson)
      .send({ type: 'customer.message', text: 'My parcel' })
    expect(simulation.snapshot.closed).not.toBeNull()
    expect(simulation.effects.map((each) => each.type)).toContain('ticket')
  })

  test('what a call asks for is seen among the effects', () => {
    expect(simulate(calling).effects).toContainEqual(
      expect.objectContaining({ type: 'http', url: 'https://orders.example/1' }),
    )
  })

  test('the handoff package holds what was said', () => {
    const { handoff } = simulate(flow, people)
      .send({ type: 'customer.message', text: 'My bill is wrong' })
      .send(wantsPerson)
    expect(handoff.transcript.map((each) => each.text)).toContain('My bill is wrong')
    expect(handoff.reason.trigger).toBe('wants')
  })

  test('a trigger says what it sees and what it would need to fire', () => {
    const { triggers } = simulate(flow)
      .send({ type: 'customer.message', text: 'hm' })
      .send({ type: 'bot.message', text: 'Sorry?', fallback: true })
    expect(triggers.find((each) => each.trigger === 'lost')?.signals[0]).toMatchObject({
      signal: 'fallbacks',
      value: 1,
      threshold: 2,
      matched: false,
    })
  })
})

describe('The clock', () => {
  const waiting = simulate(flow).send(wantsPerson)

  test('what is due comes at its own time, in order', () => {
    const messages = waiting.skip('2m').messages.map(({ at, text }) => [at - monday, text])
    expect(messages).toEqual([
      [60_000, 'Still number 1.'],
      [120_000, 'Still number 1.'],
    ])
  })

  test('nothing comes a millisecond early', () => {
    expect(waiting.skip(59_999).messages).toEqual([])
    expect(waiting.skip(60_000).messages).toHaveLength(1)
  })

  test('does not go back', () => {
    expect(() => waiting.skipTo(monday - 1)).toThrow('A clock only goes forward')
  })

  test('stands still once the conversation is closed', () => {
    const closed = waiting.skip('1d')
    expect(closed.snapshot.closed).not.toBeNull()
    expect(closed.skip('30d').now).toBe(monday + 31 * 86_400_000)
  })
})

describe('Going back', () => {
  const simulation = simulate(flow, people).send({ type: 'customer.message', text: 'hi' }).send(wantsPerson).skip('1m')

  test('to any step, and on from there', () => {
    const index = simulation.steps.findIndex((each) => each.snapshot.state === 'queued.billing')
    const earlier = simulation.at(index)
    expect(earlier.snapshot.state).toBe('queued.billing')
    expect(earlier.send({ type: 'agent.accept', agent: 'sarah' }).snapshot.owner).toBe('agent:sarah')
    expect(simulation.at(0).snapshot.state).toBe('bot.chat')
  })

  test('by turns: all that one doing brought about is taken back', () => {
    expect(simulation.back(1).now).toBe(monday)
    expect(simulation.back(2).snapshot.state).toBe('bot.chat')
    expect(simulation.back(99).steps).toHaveLength(1)
  })

  test('to a step that is not there is refused', () => {
    expect(() => simulation.at(simulation.steps.length)).toThrow('There is no step')
    expect(() => simulation.at(-1)).toThrow(RangeError)
  })

  test('what was under way at that step still ends', () => {
    const asking = simulate(calling).at(0)
    expect(asking.snapshot.state).toBe('bot.look')
    expect(asking.skip('1s').snapshot.state).toBe('bot.chat')
  })
})

test('What a conversation asks of the world is brought however far it leads on: five saved schedules, one after the other', () => {
  const houses = ['one', 'two', 'three', 'four', 'five']
  const open = { timezone: 'UTC', week: { mon: [['00:00', '24:00'] as const] } }
  const long = draw(
    {
      start: ['start'],
      ...Object.fromEntries(houses.map((id) => [id, ['hours', { schedule: `house-${id}` }] as const])),
      chat: ['listen'],
      closed: ['say', { text: 'Closed.' }],
      end: ['close'],
    },
    [
      'start.next > one',
      ...houses.map((id, index) => `${id}.open > ${houses[index + 1] ?? 'chat'}`),
      ...houses.map((id) => `${id}.closed > closed`),
      'closed.next > end',
      'chat.done > end',
    ],
  )
  const schedules = Object.fromEntries(houses.map((id) => [`house-${id}`, open]))
  expect(simulate(long, { at: monday, schedules }).snapshot.state).toBe('bot.chat')
})
