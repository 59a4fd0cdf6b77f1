import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heard, nothingKnown, type Desk, type DeskNews } from '#desk/live/desk.ts'
import { conversation } from './given.ts'

const ids = ['ann', 'ben', 'cleo'] as const
const shown = fc
  .record({ id: fc.constantFrom(...ids), version: fc.integer({ min: 1, max: 6 }) })
  .map(({ id, version }): DeskNews => ({ type: 'conversation', conversation: conversation(id, { version }) }))
const gone = fc
  .record({ id: fc.constantFrom(...ids), isForgotten: fc.boolean() })
  .map(({ id, isForgotten }): DeskNews => ({ type: 'gone', id, isForgotten }))

describe('What the desk knows', () => {
  test('1. is never older than it was: a lower version does not replace a higher one', () => {
    fc.assert(
      fc.property(fc.array(shown), (news) => {
        let desk = nothingKnown
        for (const each of news) {
          const before = versions(desk)
          desk = heard(desk, [each])
          for (const [id, version] of before) expect(versions(desk).get(id)).toBeGreaterThanOrEqual(version)
        }
      }),
    )
  })

  test('2. is the same when everything is said twice', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(shown, gone)), (news) => {
        const once = heard(nothingKnown, news)
        expect(
          heard(
            nothingKnown,
            news.flatMap((each) => [each, each]),
          ),
        ).toEqual(once)
      }),
    )
  })

  test('is the same whether the news come one by one or together', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(shown, gone)), (news) => {
        const oneByOne = news.reduce((desk, each) => heard(desk, [each]), nothingKnown)
        expect(heard(nothingKnown, news)).toEqual(oneByOne)
      }),
    )
  })

  test('3. is after a broken line what the new look shows: what ended meanwhile is gone', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(shown, gone)), fc.uniqueArray(fc.constantFrom(...ids)), (before, there) => {
        const look = there.map((id): DeskNews => ({
          type: 'conversation',
          conversation: conversation(id, { version: 9 }),
        }))
        const desk = heard(nothingKnown, [...before, { type: 'opened' }, ...look, { type: 'ready' }])
        expect([...desk.conversations.keys()].sort()).toEqual([...there].sort())
        expect(desk.known).toBe(true)
      }),
    )
  })

  test('stays on the screen while the line is broken, until the new look is whole', () => {
    const known = heard(nothingKnown, [{ type: 'conversation', conversation: conversation('ann') }, { type: 'ready' }])
    expect([...heard(known, [{ type: 'opened' }]).conversations.keys()]).toEqual(['ann'])
  })

  test('4. is moved on by an answer to one’s own event, which brings nothing in', () => {
    const known = heard(nothingKnown, [
      { type: 'conversation', conversation: conversation('ann', { version: 3, about: { summary: 'Ann' } }) },
    ])
    const { about: _, ...view } = conversation('ann', { version: 4, owner: 'agent:sarah', phase: 'agentActive' })
    const after = heard(known, [{ type: 'answered', view }])
    expect(after.conversations.get('ann')).toMatchObject({ owner: 'agent:sarah', about: { summary: 'Ann' } })
    expect(heard(after, [{ type: 'answered', view: { ...view, version: 2, owner: 'queue' } }])).toEqual(after)
    expect(heard(nothingKnown, [{ type: 'answered', view }]).conversations.size).toBe(0)
  })

  test('5. holds of what was forgotten only that it was, until one of that name is shown again', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(shown, gone)), (news) => {
        const { conversations, typing, forgotten } = heard(nothingKnown, news)
        for (const id of ids) {
          const last = news.findLast((each) =>
            each.type === 'gone' ? each.isForgotten && each.id === id : isOf(id, each),
          )
          expect(forgotten.has(id)).toBe(last?.type === 'gone')
          if (forgotten.has(id)) expect([conversations.has(id), typing.has(id)]).toEqual([false, false])
        }
      }),
    )
  })

  test('of the same version takes the later: places and clocks move without an event', () => {
    const first = conversation('ann', { version: 3, about: { summary: 'first' } })
    const later = conversation('ann', { version: 3, about: { summary: 'later' } })
    const desk = heard(
      nothingKnown,
      [first, later].map((each) => ({ type: 'conversation', conversation: each })),
    )
    expect(desk.conversations.get('ann')?.about.summary).toBe('later')
  })

  test('forgets who writes in what has gone', () => {
    const writes: DeskNews = { type: 'typing', conversation: 'ann', typing: { from: 'customer', until: 1 } }
    const desk = heard(nothingKnown, [{ type: 'conversation', conversation: conversation('ann') }, writes])
    expect(desk.typing.size).toBe(1)
    expect(heard(desk, [{ type: 'gone', id: 'ann', isForgotten: false }]).typing.size).toBe(0)
  })
})

function isOf(id: string, news: DeskNews): boolean {
  return news.type === 'conversation' && news.conversation.id === id
}

function versions({ conversations }: Desk): ReadonlyMap<string, number> {
  return new Map([...conversations].map(([id, { version }]) => [id, version]))
}
