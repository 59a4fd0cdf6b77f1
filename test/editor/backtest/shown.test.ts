import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseInWords } from '#editor/backtest/course.ts'
import { spanOf, wrongWith } from '#editor/backtest/period.ts'
import { beside } from '#editor/backtest/said.ts'
import { emptyDocument } from '#editor/document/document.ts'
import { course, talk } from './pages.ts'

describe('Two conversations beside each other', () => {
  const line = fc.tuple(
    fc.constantFrom('bot', 'customer') as fc.Arbitrary<'bot' | 'customer'>,
    fc.constantFrom('Hello.', 'Yes.', 'No.'),
  )
  const conversation = fc.array(line, { maxLength: 8 }).map((lines) => talk(...lines))

  test('law: what both have, and then a side, is that side; the sides begin where they differ', () => {
    fc.assert(
      fc.property(conversation, conversation, (was, is) => {
        const { both, before, after } = beside(was, is)
        expect([...both, ...before]).toEqual(was)
        expect([...both, ...after].map(({ from, text }) => [from, text])).toEqual(
          is.map(({ from, text }) => [from, text]),
        )
        const [one, other] = [before[0], after[0]]
        if (one && other) expect([one.from, one.text]).not.toEqual([other.from, other.text])
      }),
    )
  })

  test('differ where the same words offer something else to choose', () => {
    const [asked] = talk(['bot', 'Which one?'])
    if (asked === undefined) throw new Error('It was said.')
    const was = { ...asked, quickReplies: [{ id: 'a', label: 'Refund' }] }
    const is = {
      ...asked,
      quickReplies: [
        { id: 'a', label: 'Refund' },
        { id: 'b', label: 'A person' },
      ],
    }
    expect(beside([was], [is])).toMatchObject({ both: [], before: [was], after: [is] })
    expect(beside([was], [was]).both).toHaveLength(1)
  })
})

describe('A course in words', () => {
  const document = {
    ...emptyDocument('support', 'Support'),
    nodes: [
      { id: 'wants', type: 'trigger', position: { x: 0, y: 0 }, data: { signals: [{ signal: 'explicitRequest' }] } },
    ],
  }

  test('says when it came to a person, whose team, and what brought it there', () => {
    expect(
      courseInWords(course({ turn: 4, team: 'billing' }), document, [{ id: 'billing', name: 'Billing and refunds' }]),
    ).toEqual({
      handoff: 'To a person at message 4, team Billing and refunds',
      why: 'by “Watches: asks for a person”',
      rungs: null,
      end: 'Last at: bye',
    })
  })

  test('says that it never did', () => {
    expect(courseInWords({ ...course({ turn: null }), rungs: 2 }, document, [])).toMatchObject({
      handoff: 'Never to a person',
      why: null,
      rungs: '2 tries before it',
    })
  })
})

describe('The time that is played again', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const days = { from: '2026-11-01', to: '2026-11-10' }

  test('ends now, or at the end of the last day that was chosen, in the flow’s own zone', () => {
    expect(spanOf({ period: 'week', ...days }, now, 'Europe/Berlin')).toEqual({
      from: '2026-11-14T12:00:00.000Z',
      to: '2026-11-21T12:00:00.000Z',
    })
    expect(spanOf({ period: 'own', ...days }, now, 'Europe/Berlin')).toEqual({
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-10T23:00:00.000Z',
    })
  })

  test('is refused where it is no day, or to come, or goes backwards', () => {
    expect(wrongWith({ period: 'own', from: '2026-13-01', to: '2026-11-10' }, '2026-11-21')).toBe('from')
    expect(wrongWith({ period: 'own', from: '2026-11-01', to: '2026-11-22' }, '2026-11-21')).toBe('to')
    expect(wrongWith({ period: 'own', from: '2026-11-11', to: '2026-11-10' }, '2026-11-21')).toBe('order')
    expect(wrongWith({ period: 'day', from: '', to: '' }, '2026-11-21')).toBeNull()
  })
})
