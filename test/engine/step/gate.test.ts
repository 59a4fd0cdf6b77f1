/** Law: only the owner speaks. What is refused changes nothing, and says why and what would be taken. */
import { describe, expect, test } from 'vitest'
import { isWhisper } from '#engine/step/gate.ts'
import type { ConversationEvent } from '#engine/index.ts'
import { draw, support } from '../draw.ts'
import { MONDAY, Told } from './told.ts'

const people = { sarah: { id: 'sarah', name: 'Sarah' }, tom: { id: 'tom', name: 'Tom' } }

function queued(): Told {
  const told = new Told(support())
  told.customer('a person please')
  return told
}

function offered(): Told {
  const told = queued()
  told.send({ type: 'offer.made', agent: people.sarah, until: MONDAY + 60_000 })
  return told
}

function held(): Told {
  const told = queued()
  told.send({ type: 'agent.accept', agent: 'sarah', facts: { agents: people } })
  return told
}

/** Given back to the bot by Sarah. */
function handedBack(): Told {
  const told = held()
  told.send({ type: 'agent.handback' })
  return told
}

function closed(): Told {
  const told = held()
  told.send({ type: 'agent.resolve', resolution: 'sent again' })
  told.send({ type: 'survey.answer', score: 5 })
  expect(told.last.snapshot.phase).toBe('closed')
  return told
}

/** As it might come from a client that was never checked. */
const unchecked = (event: object): ConversationEvent => event as ConversationEvent

describe('An event that nobody knows', () => {
  test('is refused with the name that was meant', () => {
    const { code, message } = new Told(support()).refusal(unchecked({ type: 'custmer.message', text: 'hi' }))
    expect(code).toBe('unknown-event')
    expect(message).toContain('did you mean “customer.message”?')
  })

  test('is refused without a guess where no name is near', () => {
    const { code, message } = new Told(support()).refusal(unchecked({ type: 'x' }))
    expect(code).toBe('unknown-event')
    expect(message).not.toContain('did you mean')
  })
})

describe('Who comes second to a conversation', () => {
  test('is told kindly who has it', () => {
    const { code, message, expects } = held().refusal({ type: 'agent.accept', agent: 'tom' })
    expect({ code, message }).toEqual({
      code: 'not-owner',
      message: 'Sarah took this a moment ago; there is nothing left to do.',
    })
    expect(expects).toContain('agent.message')
  })

  test('is told to go on with it when it is their own', () => {
    expect(held().refusal({ type: 'agent.accept', agent: 'sarah' })).toMatchObject({
      code: 'not-owner',
      message: 'You have this conversation already; go on with it.',
    })
  })

  test('is told that it went back to the bot, or has ended, meanwhile', () => {
    expect(handedBack().refusal({ type: 'agent.accept', agent: 'tom' })).toMatchObject({
      code: 'not-owner',
      message: expect.stringContaining('The bot has taken this up again'),
    })
    expect(closed().refusal({ type: 'agent.accept', agent: 'tom' })).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('has ended meanwhile'),
    })
  })

  test('is told that nobody is waited for, where no person has had to do with it', () => {
    expect(new Told(support()).refusal({ type: 'agent.accept', agent: 'tom' })).toMatchObject({
      code: 'not-expected',
      message: expect.stringContaining('it takes bot.done, bot.escalate'),
    })
  })
})

describe('An offer', () => {
  test('is declined by whom it is made to, and by whoever need not say who they are', () => {
    for (const event of [{ by: 'sarah' }, { agent: 'sarah' }, { by: 'sarah', agent: 'tom' }, {}]) {
      const told = offered()
      told.send({ type: 'agent.decline', ...event })
      expect(told.last.snapshot.machine.context.waiting?.offered).toBeNull()
    }
  })

  test('cannot be declined by another', () => {
    for (const event of [{ by: 'tom' }, { agent: 'tom' }, { by: 'tom', agent: 'sarah' }]) {
      expect(offered().refusal({ type: 'agent.decline', ...event })).toMatchObject({
        code: 'not-owner',
        message: 'The conversation is offered to Sarah, not to “tom”.',
      })
    }
  })

  test('cannot be declined where none was made, or where it was accepted', () => {
    expect(queued().refusal({ type: 'agent.decline' })).toMatchObject({
      code: 'not-expected',
      message: expect.stringContaining('offered to nobody'),
    })
    expect(held().refusal({ type: 'agent.decline' })).toMatchObject({
      code: 'not-owner',
      message: expect.stringContaining('Sarah holds this conversation'),
    })
    expect(new Told(support()).refusal({ type: 'agent.decline' })).toMatchObject({
      code: 'not-expected',
      message: expect.stringContaining('is not what “bot.chat” takes now'),
    })
  })
})

describe('An agent', () => {
  test('who holds a conversation speaks in it, by name or without one', () => {
    const told = held()
    expect(told.send({ type: 'agent.message', text: 'Hello', by: 'sarah' }).messages).toHaveLength(1)
    expect(told.send({ type: 'agent.message', text: 'Still there?' }).messages).toHaveLength(1)
  })

  test('who does not hold it is told who does', () => {
    const { code, message, expects } = held().refusal({ type: 'agent.message', text: 'Hello', by: 'tom' })
    expect({ code, message }).toEqual({ code: 'not-owner', message: 'Sarah holds this conversation, not “tom”.' })
    expect(expects).toContain('agent.message')
  })

  test('must accept it first, and is told whose it is until then', () => {
    const hello: ConversationEvent = { type: 'agent.message', text: 'Hello' }
    const owner = (told: Told) => told.refusal(hello)
    expect(owner(queued())).toMatchObject({ code: 'not-owner', message: expect.stringMatching(/^The queue owns/) })
    expect(owner(new Told(support()))).toMatchObject({ message: expect.stringMatching(/^The bot owns/) })
    expect(owner(queued()).expects).toContain('customer.message')
  })
})

describe('A bot', () => {
  test('is told whose the conversation is, and what it takes now', () => {
    const hello: ConversationEvent = { type: 'bot.message', text: 'Hello' }
    expect(queued().refusal(hello)).toMatchObject({
      code: 'not-owner',
      message: expect.stringMatching(/^The queue owns/),
    })
    const { message, expects } = held().refusal(hello)
    expect(message).toMatch(/^Sarah owns/)
    expect(expects).toContain('agent.message')
  })

  test('may help those who wait, where the queue lets it', () => {
    const told = new Told(
      draw({ start: ['start'], desk: ['queue', { team: 'desk', text: 'Wait.', botHelps: true }] }, [
        'start.next > desk',
      ]),
    )
    told.customer('how long?')
    expect(told.bot('Not long.').messages).toHaveLength(1)
    expect(told.last.snapshot.owner).toBe('queue')
  })

  test('that owns the conversation is no stranger to it, also where a question waits for the customer', () => {
    const told = new Told(support())
    told.send({ type: 'bot.intent', intent: 'refund' })
    expect(told.refusal({ type: 'bot.message', text: 'Hello' })).toMatchObject({ code: 'not-expected' })
  })

  test('is told what a state takes where it is not the owner who is wrong', () => {
    const { code, message } = new Told(support()).refusal({ type: 'survey.answer', score: 3 })
    expect(code).toBe('not-expected')
    expect(message).toMatch(/^“survey.answer” is not what “bot.chat” takes now; it takes bot\.done, bot\.escalate/)
  })
})

describe('A whisper', () => {
  const whisper: ConversationEvent = { type: 'agent.note', text: 'Mind the tone.', whisper: people.tom }

  test('is a note of somebody who does not hold the conversation', () => {
    expect(isWhisper(whisper)).toBe(true)
    expect(isWhisper({ ...whisper, whisper: null })).toBe(true)
    expect(isWhisper({ type: 'agent.note', text: 'Mind the tone.' })).toBe(false)
    expect(isWhisper({ type: 'agent.message', text: 'Hello', whisper: people.tom })).toBe(false)
  })

  test.each([
    ['waits for a person', queued],
    ['is held by one', held],
    ['was held by one', handedBack],
  ])('is left in a conversation that %s, and moves nothing', (_, at) => {
    const told = at()
    const before = told.last.snapshot
    const { snapshot, log, messages } = told.send(whisper)
    expect(log).toEqual([
      { seq: before.seq + 1, at: told.now, kind: 'event', event: whisper },
      expect.objectContaining({ kind: 'note', agent: 'tom', by: people.tom, text: 'Mind the tone.', whisper: true }),
    ])
    expect(messages).toEqual([])
    expect(snapshot).toEqual({ ...before, version: before.version + 1, seq: before.seq + 2, at: told.now })
  })

  test('of somebody whom nobody can name is kept without a name', () => {
    expect(held().send({ ...whisper, whisper: null }).log[1]).toMatchObject({ kind: 'note', agent: null, by: null })
  })

  test('is refused before a person has had to do with it, and after its end', () => {
    expect(new Told(support()).refusal(whisper)).toMatchObject({
      code: 'not-expected',
      message: expect.stringContaining('No person'),
    })
    expect(closed().refusal(whisper)).toMatchObject({ code: 'closed' })
  })
})

describe('What only the server says', () => {
  test('a timer is taken at its time and of its generation, and neither before nor again', () => {
    const told = queued()
    const timer = told.last.snapshot.timers.find(({ id }) => id === 'billing.update') ?? nothing()
    told.now = timer.due - 1
    expect(told.refusal({ type: 'timer', id: timer.id, gen: timer.gen })).toMatchObject({
      code: 'stale',
      message: expect.stringContaining(`not due before ${new Date(timer.due).toISOString()}`),
    })
    told.now = timer.due
    expect(told.refusal({ type: 'timer', id: timer.id, gen: timer.gen + 1 }).message).toContain('is not set any more')
    expect(told.refusal({ type: 'timer', id: 'billing.other', gen: timer.gen }).code).toBe('stale')
    told.send({ type: 'timer', id: timer.id, gen: timer.gen }, 0)
    expect(told.said).toEqual([expect.stringContaining('Still number')])
    expect(told.refusal({ type: 'timer', id: timer.id, gen: timer.gen }).code).toBe('stale')
  })

  test('a conversation that has begun does not begin again, and moves to no other version by a step', () => {
    expect(new Told(support()).refusal({ type: 'conversation.started', opening: { id: 'c1' } }).code).toBe('stale')
    const { code, message } = new Told(support()).refusal({ type: 'conversation.migrated', from: 0, version: 1 })
    expect(code).toBe('not-expected')
    expect(message).toContain('stays on one version')
  })

  test('who the customer is may be said once, and again of the same one', () => {
    const told = new Told(support())
    const are = (customer: { readonly id: string }): ConversationEvent => ({ type: 'customer.identified', customer })
    told.send(are({ id: 'ann' }))
    expect(told.send(are({ id: 'ann' })).snapshot.machine.context.customer['id']).toBe('ann')
    const { code, message } = told.refusal(are({ id: 'bob' }))
    expect(code).toBe('not-expected')
    expect(message).toContain('another customer')
  })

  test.each([null, ''])('a customer whose id is %j is nobody yet', (id) => {
    const told = new Told(support(), { customer: { id } })
    told.send({ type: 'customer.identified', customer: { id: 'ann' } })
    expect(told.last.snapshot.machine.context.customer['id']).toBe('ann')
  })

  test('nothing of it is taken after the end, save what a promise still brings', () => {
    const told = closed()
    for (const event of [
      { type: 'offer.made', agent: people.tom, until: 0 },
      { type: 'agent.gone', agent: 'sarah' },
      { type: 'customer.identified', customer: { id: 'ann' } },
    ] as const)
      expect(told.refusal(event)).toMatchObject({ code: 'stale', message: 'The conversation is closed.' })
  })

  test('a promise does not interrupt a person who holds the conversation', () => {
    const due = { type: 'promise.due', promise: 'ticket', id: 't', since: MONDAY, priority: 0 } as const
    const ready = { type: 'promise.told', what: 'ready', id: 't', since: MONDAY } as const
    for (const event of [due, ready]) {
      expect(held().refusal(event)).toMatchObject({ code: 'stale', message: expect.stringContaining('A person holds') })
      const told = closed()
      expect(() => told.send(event)).not.toThrow()
    }
  })
})

describe('What changes nothing is refused', () => {
  test('an intent, with those that lead on', () => {
    expect(new Told(support()).refusal({ type: 'bot.intent', intent: 'weather' })).toMatchObject({
      code: 'not-expected',
      message: '“weather” is not a way on from “bot.chat”; its intents are refund.',
      expects: expect.arrayContaining(['bot.intent']),
    })
  })

  test('a score that the survey does not have', () => {
    const told = held()
    told.send({ type: 'agent.resolve', resolution: 'sent again' })
    expect(told.refusal({ type: 'survey.answer', score: 9 })).toMatchObject({
      code: 'not-expected',
      message: 'The score 9 is not on this survey’s scale.',
      expects: expect.arrayContaining(['survey.answer']),
    })
  })

  test.each<ConversationEvent>([
    { type: 'offer.ended', agent: 'tom', why: 'expired' },
    { type: 'agent.gone', agent: 'tom' },
  ])('$type of somebody whom it no longer concerns is stale', (event) => {
    expect(offered().refusal(event)).toMatchObject({
      code: 'stale',
      message: `“${event.type}” changes nothing at “queued.billing” now.`,
      expects: expect.arrayContaining(['agent.accept']),
    })
  })
})

function nothing(): never {
  throw new Error('It is not set.')
}
