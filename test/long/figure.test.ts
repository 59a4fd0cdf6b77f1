import { describe, expect, test } from 'vitest'
import { inWords, isMet, toldOf, worst, type Promised } from './figure.ts'
import { parts } from './parts.ts'

const late: Promised = { name: 'deadlines late, p99', what: '', reach: { atMost: 1_000 }, unit: 'ms' }

describe('The long tests', () => {
  test('find each figure in what a test prints, with its details, whatever stands around it', () => {
    const output = [
      'stdout | test/server/crash/timers.test.ts > deadlines',
      'figure deadlines set: 100,000 (10,000 conversations (open), 50 restarts)',
      'The figure of it: none',
      '\u001b[32mfigure deadlines late, p99: 412.5 ms\u001b[39m',
      'hostile requests: 3 of -1',
    ].join('\n')
    const asked = { name: 'deadlines set', what: '', reach: { atLeast: 1 } }
    expect(toldOf(asked, output)).toEqual([{ value: 100_000, details: '10,000 conversations (open), 50 restarts' }])
    expect(toldOf(late, output)).toEqual([{ value: 412.5, details: '' }])
    expect(toldOf({ ...asked, lines: /^.*: -?\d/ }, output)).toEqual([{ value: 3, details: '' }])
    expect(toldOf({ ...asked, as: /hostile requests: (\d+)/ }, output)).toEqual([{ value: 3, details: '' }])
  })

  test('count a figure that is told twice as the worse of the two, and one that is not told as none', () => {
    const output = 'figure deadlines late, p99: 900\nfigure deadlines late, p99: 1200 (again)\n'
    expect(worst(late, output)).toEqual({ value: 1_200, details: 'again' })
    expect(worst({ ...late, reach: { atLeast: 1_000 } }, output)?.value).toBe(900)
    expect(worst({ ...late, name: 'another' }, output)).toBeUndefined()
  })

  test('meet a figure at its reach exactly', () => {
    expect([999, 1_000, 1_001].map((value) => isMet(late.reach, value))).toEqual([true, true, false])
    expect([39, 40].map((value) => isMet({ atLeast: 40 }, value))).toEqual([false, true])
    expect(inWords(late)).toBe('<= 1000 ms')
  })

  test('name each part and each figure once, so that none is taken for another', () => {
    const names = parts.map(({ name }) => name)
    const figures = parts.flatMap((part) => part.figures.map(({ name }) => name))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(figures).size).toBe(figures.length)
    expect(figures.filter((name) => name.includes(':'))).toEqual([])
  })
})
