/** Law: the same events on the same versions give the same snapshot, byte by byte. */
import { describe, expect, test } from 'vitest'
import {
  nextDue,
  Refusal,
  replay,
  replayed,
  verify,
  versionsIn,
  type ConversationEvent,
  type Flow,
} from '#engine/index.ts'
import { support } from '../draw.ts'
import { MONDAY, Told } from './told.ts'

const flow = support()
const moved: ConversationEvent = { type: 'conversation.migrated', from: 2, version: 3 }

function refusalOf(run: () => unknown): Refusal {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('It was accepted.')
}

describe('A log', () => {
  const told = new Told(flow)
  told.customer('a person please')

  test('is folded on the version it began on', () => {
    const asked: number[] = []
    const versions = (version: number): Flow => {
      asked.push(version)
      return flow
    }
    const { snapshot } = replay(versions, 7, told.events)
    expect(snapshot).toEqual({ ...told.last.snapshot, flow: { ...told.last.snapshot.flow, version: 7 } })
    expect(new Set(asked)).toEqual(new Set([7]))
  })

  test('goes on with the version it moved to', () => {
    const [begun, ...rest] = told.events
    const migrated = { event: { type: 'conversation.migrated', from: 0, version: 1 } as const, at: MONDAY + 500 }
    const events = [...(begun === undefined ? [] : [begun]), migrated, ...rest]
    expect(replay(() => flow, 0, events).snapshot).toMatchObject({ flow: { version: 1 }, state: 'queued.billing' })
  })

  test('that does not begin, or moves where there is one version only, is refused', () => {
    expect(refusalOf(() => replay(flow, 0, told.events.slice(1)))).toMatchObject({ code: 'unknown-event' })
    expect(refusalOf(() => replay(flow, 0, []))).toMatchObject({ code: 'unknown-event' })
    const { code, message } = refusalOf(() => replayed(flow, told.last.snapshot, { event: moved, at: MONDAY }))
    expect(code).toBe('stale')
    expect(message).toContain('moves to version 3')
  })

  test('names the versions it ran on, in order', () => {
    const at = MONDAY
    const left = { event: { type: 'customer.left' } as const, at }
    const on = { event: { type: 'conversation.migrated', from: 3, version: 5 } as const, at }
    expect(versionsIn([left], 4)).toEqual([4])
    expect(versionsIn([left, { event: moved, at }, left, on], 5)).toEqual([2, 3, 5])
  })
})

describe('What is stored as a snapshot', () => {
  const told = new Told(flow)
  const stored = JSON.stringify(told.last.snapshot)
  const log = told.last.log

  test('is compared with what the log says there is', () => {
    expect(verify(flow, log, stored)).toEqual({ verdict: 'equal', events: 1 })
  })

  test.each([
    '',
    'null',
    '[]',
    '5',
    '"x"',
    '{}',
    '{"seq":1}',
    '{"seq":"1","flow":{"version":0}}',
    '{"seq":1,"flow":null}',
  ])('and is none at all: %s', (text) => {
    expect(verify(flow, log, text)).toEqual({
      verdict: 'snapshot differs',
      event: { seq: 1, type: 'conversation.started' },
      pointer: '',
    })
  })

  test('that lacks a value, has one more, or one of another kind, is told by its place', () => {
    const snapshot = told.last.snapshot
    const placeOf = (other: object) => verify(flow, log, JSON.stringify(other))
    const { held: _, ...lacking } = snapshot
    expect(placeOf(lacking)).toMatchObject({ verdict: 'snapshot differs', pointer: '/held' })
    expect(placeOf({ ...snapshot, more: 1 })).toMatchObject({ pointer: '/more' })
    expect(placeOf({ ...snapshot, held: {} })).toMatchObject({ pointer: '/held' })
    expect(placeOf({ ...snapshot, held: null })).toMatchObject({ pointer: '/held' })
    expect(placeOf({ ...snapshot, timers: ['x'] })).toMatchObject({ pointer: '/timers/0' })
  })

  test('that has an object where a list, a number or nothing is, is told by the place of the object', () => {
    const waiting = new Told(flow)
    waiting.customer('a person please')
    const whole = [...log, ...waiting.last.log]
    const placeOf = (over: object) => verify(flow, whole, JSON.stringify({ ...waiting.last.snapshot, ...over }))
    expect(placeOf({})).toMatchObject({ verdict: 'equal', events: 2 })
    expect(placeOf({ timers: { a: 1 } })).toMatchObject({ pointer: '/timers' })
    expect(placeOf({ epoch: { a: 1 } })).toMatchObject({ pointer: '/epoch' })
    expect(placeOf({ awaiting: { a: 1 } })).toMatchObject({ pointer: '/awaiting' })
  })

  test('that holds the same in another order differs nowhere, and yet is not the same', () => {
    const { engine, ...rest } = told.last.snapshot
    expect(verify(flow, log, JSON.stringify({ ...rest, engine }))).toMatchObject({
      verdict: 'snapshot differs',
      pointer: '',
    })
  })

  test('is compared on the version it was stored on, without what came after it', () => {
    const seventh = replay(flow, 7, told.events)
    const asked: number[] = []
    const versions = (version: number): Flow => {
      asked.push(version)
      return flow
    }
    const later = { kind: 'event', seq: log.length + 1, at: told.now, event: { type: 'customer.left' } } as const
    expect(verify(versions, [...log, later], JSON.stringify(seventh.snapshot))).toEqual({ verdict: 'equal', events: 1 })
    expect(asked).toEqual([7])
  })

  test('cannot be compared with a log whose beginning is not kept', () => {
    const left = { kind: 'event', seq: 1, at: told.now, event: { type: 'customer.left' } } as const
    const later = log.map((entry) => ({ ...entry, seq: entry.seq + 1 }))
    for (const trimmed of [log.slice(1), [], [left], later])
      expect(verify(flow, trimmed, JSON.stringify({ ...told.last.snapshot, seq: 99 }))).toEqual({ verdict: 'trimmed' })
  })

  test('and a version that cannot be read is no verdict on the log', () => {
    const gone = (): never => {
      throw new Error('The version is gone.')
    }
    expect(() => verify(gone, log, stored)).toThrow('The version is gone.')
  })

  test('an event that the flow of now does not take is named', () => {
    const event = { type: 'survey.answer', score: 3 } as const
    const strange = [...log, { kind: 'event', seq: log.length + 1, at: told.now, event } as const]
    const later = JSON.stringify({ ...told.last.snapshot, seq: log.length + 1 })
    expect(verify(flow, strange, later)).toMatchObject({
      verdict: 'refused',
      event: { seq: log.length + 1, type: 'survey.answer' },
      message: expect.stringContaining('survey.answer'),
    })
  })

  test('what was logged with an event and is not what it brings about is told by its place in the log', () => {
    const [begun, second, ...rest] = log
    if (begun === undefined || second === undefined) throw new Error('The log is empty.')
    const forged = [begun, { ...second, at: 5 }, ...rest]
    expect(verify(flow, forged, stored)).toEqual({
      verdict: 'log differs',
      event: { seq: 1, type: 'conversation.started' },
      pointer: '/2/at',
    })
    expect(verify(flow, log.slice(0, -1), stored)).toMatchObject({ verdict: 'log differs', pointer: `/${log.length}` })
  })
})

test('the next deadline is the earliest, and none where none is set', () => {
  const timer = (due: number) => ({ id: `n.${due}`, node: 'n', due, gen: 1 })
  expect(nextDue([timer(3), timer(1), timer(2)])).toBe(1)
  expect(nextDue([timer(1), timer(3)])).toBe(1)
  expect(nextDue([])).toBeUndefined()
})
