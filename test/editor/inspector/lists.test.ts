import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dropPlace, freshId, moved } from '#editor/inspector/list/order.ts'
import { likeMonday, nextRange, rangesOf, readTime, withDay } from '#editor/inspector/week/week.ts'
import { ID_PATTERN } from '#engine/flow/values.ts'
import { schedule } from '#engine/index.ts'

describe('An ordered list', () => {
  test('law 1: moving a row loses none and keeps the order of the others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 8 }),
        fc.nat(7),
        fc.integer({ min: -2, max: 9 }),
        (list, from, to) => {
          const next = moved(list, from, to)
          expect([...next].toSorted()).toEqual([...list].toSorted())
          const others = (rows: readonly number[]) => rows.filter((row) => row !== list[from])
          expect(others(next)).toEqual(others(list))
        },
      ),
    )
  })

  test('a row is dropped where its middle comes to lie', () => {
    const middles = [10, 30, 50]
    expect([
      dropPlace(middles, 0, 10),
      dropPlace(middles, 0, 35),
      dropPlace(middles, 0, 99),
      dropPlace(middles, 2, 5),
    ]).toEqual([0, 1, 2, 0])
  })

  test('law 2: an id made of any words is one that the engine admits, and is free', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom('row', 'row2', 'sendMoney')),
        (words, taken) => {
          const id = freshId(words, taken, 'row')
          expect(id).toMatch(ID_PATTERN)
          expect(taken).not.toContain(id)
        },
      ),
    )
    expect(freshId('Send money', ['sendMoney'], 'row')).toBe('sendMoney2')
  })
})

describe('A week', () => {
  test('takes times as people write them', () => {
    expect(['9', '9:30', '9.30', '5pm', '12 am', '0900', '24:00'].map(readTime)).toEqual([
      '09:00',
      '09:30',
      '09:30',
      '17:00',
      '00:00',
      '09:00',
      '24:00',
    ])
    expect(['25', '9:75', '24:30', '13pm', 'noon', ''].map(readTime)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('keeps its days in order, and leaves closed ones out', () => {
    const week = withDay(withDay({ wed: [['09:00', '17:00']] }, 'mon', [['08:00', '12:00']]), 'wed', [])
    expect(week).toEqual({ mon: [['08:00', '12:00']] })
    expect(Object.keys(withDay({ fri: [['09:00', '10:00']] }, 'tue', [['08:00', '12:00']]))).toEqual(['tue', 'fri'])
  })

  test('may be like its Monday', () => {
    expect(Object.keys(likeMonday({ mon: [['08:00', '12:00']], sat: [['10:00', '11:00']] }))).toEqual([
      'mon',
      'tue',
      'wed',
      'thu',
      'fri',
      'sat',
    ])
  })

  test('law: hours that are added are hours that the engine admits, as long as a day has room', () => {
    let ranges = rangesOf(undefined)
    for (let count = 0; count < 3; count += 1) {
      ranges = [...ranges, nextRange(ranges)]
      expect(schedule.safeParse({ timezone: 'UTC', week: { mon: ranges } }).success).toBe(true)
    }
  })
})
