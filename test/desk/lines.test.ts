import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShownEntry } from '#ui/answers.ts'
import { linesOf } from '#desk/conversation/lines.ts'
import { logOf, NOON } from './given.ts'

const names = (agent: string): string => ({ sarah: 'Sarah', tom: 'Tom' })[agent] ?? agent
const at = new Date(NOON).toISOString()
const read = (entries: readonly ShownEntry[]) => linesOf(entries, names, 'Ann', 'UTC')
const told = (event: Extract<ShownEntry, { kind: 'event' }>['event']) =>
  read([{ seq: 1, at, kind: 'event', event }]).flatMap((line) => (line.kind === 'happened' ? line.text : []))

describe('A transcript', () => {
  test('1. has every message and every note, in order, in the words that were written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (texts) => {
        const said = read(logOf(texts)).flatMap((line) => (line.kind === 'said' ? line.text : []))
        expect(said).toEqual(texts)
      }),
    )
  })

  test('2. begins each day with its date', () => {
    const entries = [0, 3_600_000, 86_400_000].map((later, index): ShownEntry => ({
      seq: index + 1,
      at: new Date(NOON + later).toISOString(),
      kind: 'message',
      from: 'customer',
      text: 'hi',
    }))
    expect(read(entries).map(({ kind }) => kind)).toEqual(['day', 'said', 'said', 'day', 'said'])
  })

  test('tells who speaks: by name for people, by what they are for the others', () => {
    const by = (from: 'bot' | 'agent' | 'customer' | 'system') =>
      read([
        {
          seq: 1,
          at,
          kind: 'message',
          from,
          text: 'x',
          ...(from === 'agent' ? { agent: { id: 'sarah', name: 'Sarah' } } : {}),
        },
      ])[1]
    expect([by('customer'), by('agent'), by('bot'), by('system')]).toMatchObject([
      { name: 'Ann' },
      { name: 'Sarah' },
      { name: 'Bot' },
      { name: 'Notice' },
    ])
  })

  test('puts what one says at once together, and not what two say', () => {
    const message = (seq: number, from: 'bot' | 'customer', later: number): ShownEntry => ({
      seq,
      at: new Date(NOON + later).toISOString(),
      kind: 'message',
      from,
      text: 'x',
    })
    const lines = read([
      message(1, 'bot', 0),
      message(2, 'bot', 60_000),
      message(3, 'customer', 61_000),
      message(4, 'customer', 600_000),
    ])
    expect(lines.flatMap((line) => (line.kind === 'said' ? line.goesOn : []))).toEqual([false, true, false, false])
  })

  test('marks a whisper, and names who whispered', () => {
    const [, own, whisper] = read([
      { seq: 1, at, kind: 'note', agent: 'sarah', text: 'mine' },
      { seq: 2, at, kind: 'note', agent: 'tom', text: 'psst', by: { id: 'tom', name: 'Tom' }, whisper: true },
    ])
    expect([own, whisper]).toMatchObject([
      { by: 'Sarah', isWhisper: false },
      { by: 'Tom', isWhisper: true },
    ])
  })

  test('tells in one sentence what happened between', () => {
    expect(told({ type: 'agent.accept', agent: 'sarah' })).toEqual(['Sarah took the conversation'])
    expect(told({ type: 'agent.decline', agent: 'tom' })).toEqual(['Tom declined'])
    expect(told({ type: 'offer.ended', agent: 'tom', why: 'expired' })).toEqual(['Tom did not answer in time'])
    expect(told({ type: 'agent.transfer', team: 'billing', by: 'sarah' })).toEqual(['Sarah transferred it to billing'])
    expect(told({ type: 'agent.resolve', resolution: 'Refunded', by: 'sarah' })).toEqual([
      'Sarah resolved it: Refunded',
    ])
    expect(told({ type: 'timer', id: 'x', gen: 1 })).toEqual([])
  })
})
