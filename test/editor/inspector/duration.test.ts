import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDuration, sayDuration, stepDuration } from '#editor/inspector/duration/duration.ts'
import { parseDuration } from '#engine/index.ts'

describe('A duration', () => {
  const written: readonly (readonly [string, string])[] = [
    ['90s', '90s'],
    ['5 min', '5m'],
    ['2 hours', '2h'],
    ['1h 30m', '90m'],
    ['1,5 hours', '90m'],
    ['1 day and 2 hours', '26h'],
    ['120 minutes', '2h'],
    ['45 sec', '45s'],
    ['3 hrs', '3h'],
    ['500ms', '500ms'],
  ]
  for (const [text, duration] of written) {
    test(`may be written “${text}”`, () => {
      expect(readDuration(text)).toBe(duration)
    })
  }

  test('without a unit takes the one it had', () => {
    expect(readDuration('7', '2h')).toBe('7h')
    expect(readDuration('7', '90s')).toBe('7s')
  })

  test('that is none is not guessed at', () => {
    for (const text of ['', 'soon', '5 apples', 'm', '5m later', '-5m', '400d'])
      expect(readDuration(text)).toBeUndefined()
  })

  test('is said in the designer’s language', () => {
    expect(sayDuration('1m', 'en')).toBe('1 minute')
    expect(sayDuration('90s', 'en')).toBe('90 seconds')
    expect(sayDuration('5m', 'de')).toBe('5 Minuten')
  })

  test('law 1: what the document holds is read as it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 }), fc.constantFrom('ms', 's', 'm', 'h', 'd'), (count, unit) => {
        expect(readDuration(`${count}${unit}`)).toBe(`${count}${unit}`)
      }),
    )
  })

  test('law 2: a step up and a step down come back to a round value', () => {
    let at = '1s'
    for (let count = 0; count < 30; count += 1) {
      const up = stepDuration(at, 1)
      expect(parseDuration(up)).toBeGreaterThan(parseDuration(at) ?? Infinity)
      expect(stepDuration(up, -1)).toBe(at)
      at = up
    }
  })

  test('steps from between two round values to the nearest in that direction', () => {
    expect(stepDuration('7m', 1)).toBe('10m')
    expect(stepDuration('7m', -1)).toBe('5m')
    expect(stepDuration('1s', -1)).toBe('1s')
    expect(stepDuration('30d', 1)).toBe('30d')
  })
})
