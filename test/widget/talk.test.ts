import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hear, nothing, type Heard, type Talk } from '#widget/talk.ts'
import type { Message, View } from '#widget/wire.ts'

function message(seq: number, from: Message['from'] = 'bot'): Message {
  return { seq, at: new Date(1_772_000_000_000 + seq * 1_000).toISOString(), from, text: `text ${seq}` }
}

function view(version: number, phase = 'bot'): View {
  return { id: 'c1', phase, version, expects: [] }
}

function after(heard: readonly Heard[], talk: Talk = nothing): Talk {
  return heard.reduce(hear, talk)
}

const log = fc
  .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 })
  .map((seqs) => seqs.map((seq) => message(seq, seq % 3 === 0 ? 'customer' : 'bot')))

test('law 1: in whatever order, however often and by whichever way messages come, the transcript is the same', () => {
  fc.assert(
    fc.property(log, fc.infiniteStream(fc.nat()), (messages, dice) => {
      const next = (below: number): number => Number(dice.next().value) % below
      const twice = [...messages, ...messages].sort(() => next(3) - 1)
      const heard = twice.map((each): Heard => {
        return next(2) === 0 ? { type: 'entry', seq: each.seq, message: each } : { type: 'said', messages: [each] }
      })
      const expected = [...messages].sort((one, other) => one.seq - other.seq)
      expect(after(heard).messages).toEqual(expected)
    }),
  )
})

test('law 2: a conversation stands where the newest view says, in whatever order views come', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }), (versions) => {
      const heard = versions.map((version): Heard => ({ type: 'view', view: view(version) }))
      expect(after(heard).view?.version).toBe(Math.max(...versions))
    }),
  )
})

test('law 2: among views of one version the one heard last counts, so that place and time in the queue go on', () => {
  const talk = after([
    { type: 'view', view: { ...view(3, 'queued'), queue: { position: 2, eta: 120_000 } } },
    { type: 'view', view: { ...view(3, 'queued'), queue: { position: 1, eta: 60_000 } } },
  ])
  expect(talk.view?.queue).toEqual({ position: 1, eta: 60_000 })
})

test('law 3: an answer to what was sent does not move the place from which the stream goes on', () => {
  const talk = after([
    { type: 'entry', seq: 4, message: message(4) },
    { type: 'said', messages: [message(9)] },
  ])
  expect(talk.cursor).toBe(4)
  expect(hear(talk, { type: 'entry', seq: 7, message: message(7) }).messages.map(({ seq }) => seq)).toEqual([4, 7, 9])
})

test('law 3: entries that show nothing move the place too, and nothing moves it back', () => {
  expect(
    after([
      { type: 'entry', seq: 12 },
      { type: 'entry', seq: 5, message: message(5) },
    ]).cursor,
  ).toBe(12)
})

test('law 4: whoever has just said something is not writing any more; the customer’s own writing is not shown', () => {
  const sarah = { id: 'sarah', name: 'Sarah' }
  const writing = hear(nothing, { type: 'typing', typing: { from: 'agent', typing: true, agent: sarah } })
  expect(writing.typing?.agent).toEqual(sarah)
  expect(hear(writing, { type: 'said', messages: [message(1, 'customer')] }).typing).not.toBeNull()
  expect(hear(writing, { type: 'said', messages: [message(1, 'agent')] }).typing).toBeNull()
  expect(hear(writing, { type: 'typing', typing: { from: 'agent', typing: false } }).typing).toBeNull()
  expect(hear(nothing, { type: 'typing', typing: { from: 'customer', typing: true } }).typing).toBeNull()
})
