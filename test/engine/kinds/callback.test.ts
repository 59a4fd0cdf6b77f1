import { describe, expect, test } from 'vitest'
import { parseFlow, start, step, type Facts, type Stepped } from '#engine/index.ts'
import { document, draw } from '../draw.ts'

const MINUTE = 60_000
const WEEK = 7 * 24 * 60 * MINUTE
const monday = Date.parse('2026-03-02T08:00:00Z')
const nine = monday + 60 * MINUTE
const at = (time: number): string => new Date(time).toISOString()

const flowWith = (schedule: unknown) =>
  draw(
    {
      start: ['start'],
      call: ['callback', { text: 'When?', schedule, slot: '30m', days: 1 }],
      end: ['close'],
      note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
    },
    ['start.next > call', 'call.booked > end', 'call.declined > note', 'note.created > end', 'note.failed > end'],
  )
const inline = flowWith({ timezone: 'UTC', week: { mon: [['09:00', '11:00']] } })
const begun = (facts: Facts, flow = inline): Stepped => start(flow, { id: 'c' }, monday, facts)
const offered = ({ messages }: Stepped): readonly string[] =>
  (messages.at(-1)?.quickReplies ?? []).map((each) => each.id).filter((each) => each !== 'none')
/** All times of so many Mondays. */
const daysFrom = (first: number, mondays: number): readonly number[] =>
  Array.from({ length: mondays }, (_, week) =>
    [0, 30, 60, 90].map((minutes) => first + week * WEEK + minutes * MINUTE),
  ).flat()
const booked = (...times: readonly number[]): Facts => ({ booked: { 'test.call': times } })

describe('Times of hours that are written in a callback', () => {
  test('are asked for by the flow’s and the node’s name, so that no two flows share a calendar', () => {
    expect(begun({}).wants).toEqual(['booked:test.call'])
    expect(begun(booked()).wants).toEqual([])
    const chosen = step(inline, begun(booked()).snapshot, { type: 'customer.message', text: '1' }, monday)
    expect(chosen.effects).toContainEqual(
      expect.objectContaining({ type: 'callback', schedule: 'test.call', at: nine, length: 30 * MINUTE }),
    )
  })

  test('are not offered again once they are booked, nor what they overlap', () => {
    const all = [0, 30, 60, 90].map((minutes) => at(nine + minutes * MINUTE))
    expect(offered(begun(booked()))).toEqual(all)
    expect(offered(begun(booked(nine + 30 * MINUTE)))).toEqual([all[0], all[2], all[3]])
    expect(offered(begun(booked(nine + 45 * MINUTE)))).toEqual([all[0], all[3]])
  })

  test('are those of the next day that has some when a day is full', () => {
    expect(offered(begun(booked(...daysFrom(nine, 1))))).toEqual(daysFrom(nine + WEEK, 1).map(at))
  })

  test('lead on by “declined” when all of three weeks are booked', () => {
    expect(begun(booked(...daysFrom(nine, 4))).snapshot.state).toBe('queued.note')
  })

  test('that somebody else took in the same second give way to others', () => {
    const first = begun(booked())
    const chosen = step(inline, first.snapshot, { type: 'customer.message', text: '1' }, monday)
    const effect = chosen.effects.find((each) => each.type === 'callback')?.id ?? ''
    const others = step(
      inline,
      chosen.snapshot,
      { type: 'effect.done', effect, ok: false, error: 'taken', facts: booked(nine) },
      monday,
    )
    expect(offered(others)).toEqual([30, 60, 90].map((minutes) => at(nine + minutes * MINUTE)))
  })
})

test('Times of a saved schedule come from the world, which leaves out what is booked', () => {
  const saved = flowWith('office')
  expect(begun({}, saved).wants).toEqual([`slots:office:${30 * MINUTE}:1`])
  const { snapshot } = begun({ slots: { [`office:${30 * MINUTE}:1`]: [nine] } }, saved)
  const chosen = step(saved, snapshot, { type: 'customer.message', text: '1' }, monday)
  expect(chosen.effects).toContainEqual(expect.objectContaining({ type: 'callback', schedule: 'office', at: nine }))
})

describe('The length of a call', () => {
  const faultsOf = (slot: string): readonly string[] => {
    const schedule = { timezone: 'UTC', week: { mon: [['09:00', '11:00']] } }
    const parsed = parseFlow(
      document({ start: ['start'], call: ['callback', { text: 'When?', schedule, slot }] }, ['start.next > call']),
    )
    return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`)
  }

  test.each(['45s', '59s', '2d', '25h', '0s'])(
    'that no time could be offered for is refused before it strands a customer: %s',
    (slot) => {
      expect(faultsOf(slot)).toEqual([expect.stringMatching(/^\/nodes\/1\/data\/slot .*from a minute to a day/)])
    },
  )

  test.each(['1m', '60s', '90m', '1d', '24h'])('from a minute to a day is taken: %s', (slot) => {
    expect(faultsOf(slot)).toEqual([])
  })
})
