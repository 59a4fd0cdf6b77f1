import { describe, expect, test } from 'vitest'
import { advance, nodeOfState, ownerOf, phases, view, type Facts } from '#engine/index.ts'
import { draw, support } from '../draw.ts'
import { MONDAY, Told } from '../step/told.ts'

const seen = (told: Told, facts?: Facts) => view(told.flow, told.last.snapshot, facts)
const inQueue = () => {
  const told = new Told(support())
  told.customer('a person please')
  return told
}

describe('A conversation as its callers see it', () => {
  test('names its flow, its state and its version, and what it takes now', () => {
    expect(seen(new Told(support()))).toEqual({
      id: 'c1',
      flow: { id: 'test', version: 0 },
      phase: 'bot',
      state: 'bot.chat',
      owner: 'bot',
      version: 1,
      expects: expect.arrayContaining(['customer.message', 'bot.message', 'bot.intent']),
    })
  })

  test('has a place in the queue while it waits, as far as the facts tell it', () => {
    const queue = { team: 'billing', waitingSince: new Date(MONDAY + 1_000).toISOString(), priority: 0 }
    expect(seen(inQueue()).queue).toEqual({ ...queue, position: null, eta: null, within: null })
    const facts = { position: 3, eta: 360_000, within: 540_000, online: 2, waiting: 2 }
    expect(seen(inQueue(), { queues: { billing: facts } }).queue).toEqual({
      ...queue,
      position: 3,
      eta: 360_000,
      within: 540_000,
    })
    expect(seen(new Told(support()))).not.toHaveProperty('queue')
  })

  test('says to whom it is offered and until when, and only then that it can be declined', () => {
    const told = inQueue()
    expect(seen(told).expects).not.toContain('agent.decline')
    told.send({ type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: MONDAY + 60_000 })
    expect(seen(told).queue).toMatchObject({ offeredTo: 'sarah', offeredUntil: '2026-03-02T09:01:00.000Z' })
    expect(seen(told).expects).toContain('agent.decline')
  })

  test('may be left where the flow has a way on for who does not want to wait', () => {
    const nodes = { start: ['start'], desk: ['queue', { team: 'desk', text: 'Wait.' }], end: ['close'] } as const
    const stays = new Told(draw(nodes, ['start.next > desk']))
    const leaves = new Told(draw(nodes, ['start.next > desk', 'desk.left > end']))
    expect(seen(stays).queue).not.toHaveProperty('mayLeave')
    expect(seen(leaves).queue?.mayLeave).toBe(true)
  })

  test('is in no queue while a ticket asks its questions where nobody was there to wait for', () => {
    expect(seen(new Told(ticketOnly))).not.toHaveProperty('queue')
    expect(seen(new Told(ticketOnly)).phase).toBe('queued')
  })

  test('names the person who holds it, and nobody afterwards', () => {
    const told = inQueue()
    told.send({ type: 'agent.accept', agent: 'sarah', facts: { agents: { sarah: { id: 'sarah', name: 'Sarah' } } } })
    expect(seen(told)).toMatchObject({ owner: 'agent:sarah', agent: { id: 'sarah', name: 'Sarah' } })
    expect(seen(told)).not.toHaveProperty('queue')
    told.send({ type: 'agent.resolve', resolution: 'sent again' })
    expect(seen(told)).not.toHaveProperty('agent')
  })

  test('says how the customer may answer while a node asks, and nothing once it has ended', () => {
    const told = inQueue()
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.resolve', resolution: 'sent again' })
    expect(seen(told).input).toMatchObject({ node: 'stars', as: 'score' })
    told.send({ type: 'survey.answer', score: 5 })
    expect(seen(told)).toMatchObject({
      expects: [],
      closed: { at: new Date(told.now).toISOString(), reason: 'resolved' },
    })
    expect(seen(told)).not.toHaveProperty('input')
  })

  test('offers the answers of the rung that asks', () => {
    const told = new Told(support())
    for (const _ of [1, 2]) {
      told.customer('where is my parcel')
      told.bot('Sorry?', { fallback: true })
    }
    expect(told.last.snapshot.machine.value).toEqual({ escalation: { ladder: 'rephrase' } })
    expect(seen(told)).not.toHaveProperty('input')
    told.customer('hm')
    told.bot('Sorry?', { fallback: true })
    expect(seen(told).input?.choices?.map(({ id }) => id)).toEqual(['link1', 'helped', 'stillNeed'])
    told.customer('I still need help')
    expect(seen(told).input).toMatchObject({ choices: [{ id: 'yes' }, { id: 'no' }] })
  })
})

const ticketOnly = draw({ start: ['start'], note: ['ticket', { text: 'Leave us a note.', replyWithin: '1d' }] }, [
  'start.next > note',
])

describe('The answer to an event', () => {
  test('brings the messages with their times, and whether a bot may speak now', () => {
    const told = new Told(support())
    const { conversation, messages, botMayReply } = advance(told.flow, told.last.snapshot, told.last.messages)
    expect(conversation).toEqual(seen(told))
    expect(messages).toEqual([
      expect.objectContaining({ from: 'bot', text: 'Hello there, ask away.', at: '2026-03-02T09:00:00.000Z' }),
    ])
    expect(botMayReply).toBe(true)
    expect(advance(told.flow, inQueue().last.snapshot, []).botMayReply).toBe(false)
  })
})

describe('One owner', () => {
  test('is the queue while the customer waits, a person while one is there, and else the bot', () => {
    expect(phases.map((phase) => ownerOf(phase, 'sarah'))).toEqual(['bot', 'bot', 'queue', 'agent:sarah', 'bot', 'bot'])
    expect(ownerOf('agentActive', undefined)).toBe('queue')
  })
})

test('the node of a state is the one it names, of a rung its ladder', () => {
  expect(nodeOfState('queued.billing')).toBe('billing')
  expect(nodeOfState('escalation.help.offerHuman1')).toBe('help')
  expect(nodeOfState('billing')).toBe('billing')
})
