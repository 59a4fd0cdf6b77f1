import { describe, expect, test } from 'vitest'
import {
  outsideEvents,
  Refusal,
  renderReply,
  replyFaults,
  replay,
  start,
  step,
  view,
  type ConversationEvent,
  type Snapshot,
  type Stepped,
} from '#engine/index.ts'
import { flowNamed } from '#test/driver/index.ts'

const flow = flowNamed('hello')
const now = Date.parse('2026-03-02T10:00:00Z')
const file = { id: 'f-1', name: 'photo.png', type: 'image/png', size: 3 }

function played(...events: readonly ConversationEvent[]): { readonly last: Stepped; readonly log: Stepped['log'] } {
  let last = start(flow, { id: 'c', customer: { name: 'Ann' } }, now)
  const log = [...last.log]
  for (const event of events) {
    last = step(flow, last.snapshot, event, now + 1_000)
    log.push(...last.log)
  }
  return { last, log }
}
const wantsPerson = { type: 'customer.message', text: 'I want to talk to a person' } as const
const accepted = {
  type: 'agent.accept',
  agent: 'sarah',
  facts: { agents: { sarah: { id: 'sarah', name: 'Sarah' } } },
} as const

function refusalOf(snapshot: Snapshot, event: ConversationEvent): Refusal {
  try {
    step(flow, snapshot, event, now + 2_000)
  } catch (error) {
    if (error instanceof Refusal) return error
  }
  throw new Error('It was taken.')
}

describe('A message with files', () => {
  test('says something, or brings something', () => {
    const message = outsideEvents['customer.message']
    for (const type of ['customer.message', 'agent.message'] as const) {
      expect(outsideEvents[type].safeParse({ type, text: '' }).error?.issues).toMatchObject([
        { path: ['text'], message: 'must say something' },
      ])
      expect(outsideEvents[type].safeParse({ type, text: '', attachments: [] }).success).toBe(false)
      expect(outsideEvents[type].safeParse({ type, text: '', attachments: [file] }).success).toBe(true)
    }
    expect(message.safeParse({ type: 'customer.message', text: 'x', attachments: Array(11).fill(file) }).success).toBe(
      false,
    )
    expect(
      message.safeParse({ type: 'customer.message', text: 'x', attachments: [{ ...file, path: '/etc' }] }).success,
    ).toBe(false)
  })

  test('shows them in the transcript, from the customer and from the person', () => {
    const { last, log } = played({ type: 'customer.message', text: '', attachments: [file] }, wantsPerson, accepted, {
      type: 'agent.message',
      text: '',
      attachments: [file],
    })
    const shown = log.flatMap((entry) =>
      entry.kind === 'message' && entry.attachments ? [[entry.from, entry.attachments]] : [],
    )
    expect(shown).toEqual([
      ['customer', [file]],
      ['agent', [file]],
    ])
    expect(last.messages).toMatchObject([{ from: 'agent', attachments: [file] }])
  })

  test('without a word changes neither what was said last nor the mood, and makes no trigger fire', () => {
    const before = played({ type: 'customer.message', text: 'This is terrible, useless!!!' })
    const after = played(
      { type: 'customer.message', text: 'This is terrible, useless!!!' },
      { type: 'customer.message', text: '', attachments: [file] },
    )
    expect(after.last.snapshot.memory).toMatchObject({
      lastText: 'This is terrible, useless!!!',
      sentiment: before.last.snapshot.memory.sentiment,
      turns: 2,
    })
    expect(after.last.snapshot.signals).toEqual(before.last.snapshot.signals)
    expect(after.last.snapshot.phase).toBe('bot')
  })
})

describe('Who the customer is', () => {
  const identified = { type: 'customer.identified', customer: { id: 'c-1', name: 'Ann Shop' } } as const

  test('is known from then on, in any phase, and moves nothing', () => {
    for (const before of [[], [wantsPerson], [wantsPerson, accepted]]) {
      const [{ last: without }, { last }] = [played(...before), played(...before, identified)]
      expect(last.snapshot.machine.context.customer).toEqual({ name: 'Ann Shop', id: 'c-1' })
      expect([last.snapshot.state, last.snapshot.owner, last.snapshot.epoch]).toEqual([
        without.snapshot.state,
        without.snapshot.owner,
        without.snapshot.epoch,
      ])
      expect(last.snapshot.timers).toEqual(without.snapshot.timers)
      expect([last.messages, last.effects]).toEqual([[], []])
    }
  })

  test('is said once: another is refused, and nothing changes', () => {
    const { snapshot } = played(identified).last
    expect(refusalOf(snapshot, { type: 'customer.identified', customer: { id: 'c-2' } })).toMatchObject({
      code: 'not-expected',
    })
    expect(() => step(flow, snapshot, identified, now + 2_000)).not.toThrow()
  })

  test('and files and whispers are replayed byte by byte', () => {
    const { last, log } = played(
      identified,
      { type: 'customer.message', text: '', attachments: [file] },
      wantsPerson,
      { type: 'agent.note', text: 'aside', whisper: { id: 'm', name: 'Maria' } },
      accepted,
      { type: 'agent.note', text: 'mine', by: 'sarah' },
    )
    const events = log.flatMap((entry) =>
      entry.kind === 'event'
        ? [{ event: JSON.parse(JSON.stringify(entry.event)) as ConversationEvent, at: entry.at }]
        : [],
    )
    expect(JSON.stringify(replay(flow, 0, events).snapshot)).toBe(JSON.stringify(last.snapshot))
  })
})

test('an offer is shown with the time it rings until', () => {
  const until = now + 30_000
  const { snapshot } = played(wantsPerson, { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until }).last
  expect(view(flow, snapshot).queue).toMatchObject({ offeredTo: 'sarah', offeredUntil: new Date(until).toISOString() })
})

describe('A text that is kept for many conversations', () => {
  const { snapshot } = played(wantsPerson).last

  test('is filled in for one, as whoever says it', () => {
    const text =
      'Dear {{ customer.name }}, {{ agent.name }} here. You wait for {{ queue.team }}. {{ vars.nothing }}{{ nonsense.deep }}'
    expect(renderReply(flow, snapshot, text, { id: 'tom', name: 'Tom' }, now)).toBe(
      'Dear Ann, Tom here. You wait for support. ',
    )
    expect(renderReply(flow, snapshot, 'Plain', null, now)).toBe('Plain')
  })

  test('that cannot be filled in is named with its fault, and shown as it is', () => {
    expect(replyFaults('Hello {{ customer.name')).toHaveLength(1)
    expect(replyFaults('Hello {{ customer.name }}, {{ anything.at.all }}')).toEqual([])
    expect(renderReply(flow, snapshot, '{% if %}', null, now)).toBe('{% if %}')
  })
})
