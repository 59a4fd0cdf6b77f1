import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFlow } from '#engine/index.ts'
import { faultOf, figuresOf, MOST_VALUES, setFigure, usualRange, valuesOf } from '#editor/backtest/figures.ts'
import { nearest, curvePath, xOf } from '#editor/backtest/sweep/curve.ts'
import { percentOf } from '#editor/backtest/rate.ts'
import { emptyDocument, type FlowDocument } from '#editor/document/document.ts'

const watching: FlowDocument = {
  ...emptyDocument('support', 'Support'),
  nodes: [
    {
      id: 'unsure',
      type: 'trigger',
      position: { x: 0, y: 0 },
      data: {
        signals: [
          { signal: 'explicitRequest' },
          { signal: 'lowConfidence', below: 0.55 },
          { signal: 'sentiment' },
          { signal: 'lowConfidence', below: 0.1 },
        ],
      },
    },
  ],
}

describe('The figures of a flow’s triggers', () => {
  const figures = figuresOf(watching)

  test('are those that are numbers, with the value that is drawn or else the usual one', () => {
    expect(figures.map(({ signal, field, present }) => [signal, field, present])).toEqual([
      ['lowConfidence', 'below', 0.55],
      ['lowConfidence', 'times', 2],
      ['sentiment', 'below', -0.4],
      ['sentiment', 'times', 1],
      ['sentiment', 'falling', null],
    ])
  })

  test('can be set in the draft; every value of the usual range can be read by the engine, and undone nothing is left', () => {
    for (const figure of figures) {
      const range = usualRange(figure)
      expect(faultOf(range), figure.key).toBeNull()
      for (const value of valuesOf(range, figure.present)) {
        const changed = setFigure(watching, figure, value)?.apply(watching)
        const faults = parseFlow(changed)
        expect(
          faults.ok ? [] : faults.faults.filter(({ pointer }) => pointer.startsWith('/nodes/')),
          `${figure.key} ${value}`,
        ).toEqual([])
      }
    }
    const [figure] = figures
    if (figure === undefined) throw new Error('There is one.')
    expect(setFigure(watching, figure, 0.55)?.apply(watching)).toBe(watching)
    expect(setFigure(watching, figure, 0.7)?.apply(watching).nodes[0]?.data).toMatchObject({
      signals: [{}, { below: 0.7 }, {}, { below: 0.1 }],
    })
  })
})

describe('The values of a range', () => {
  const range = fc.record({
    low: fc.integer({ min: -20, max: 20 }).map((value) => value / 20),
    high: fc.integer({ min: -20, max: 20 }).map((value) => value / 20),
    step: fc.constantFrom(0.05, 0.1, 0.25, 1),
  })

  test('law: they rise from its first to its last, the present one among them, and are never too many', () => {
    fc.assert(
      fc.property(range, fc.double({ min: -1, max: 1, noNaN: true }), (each, present) => {
        fc.pre(faultOf(each) === null)
        const values = valuesOf(each, present)
        expect(values[0]).toBe(each.low)
        expect(values.length).toBeLessThanOrEqual(MOST_VALUES + 1)
        values.forEach((value, index) => {
          if (index > 0) expect(value).toBeGreaterThan(values[index - 1] ?? Infinity)
        })
        if (present >= each.low && present <= each.high && present <= (values.at(-1) ?? 0))
          expect(values).toContain(present)
      }),
    )
  })

  test('are as a person would write them', () => {
    expect(valuesOf({ low: 0.5, high: 0.8, step: 0.05 }, 0.62)).toEqual([0.5, 0.55, 0.6, 0.62, 0.65, 0.7, 0.75, 0.8])
  })

  test('a range the wrong way round, or of too many steps, is named so', () => {
    expect(faultOf({ low: 1, high: 0, step: 0.1 })).toBe('wrong')
    expect(faultOf({ low: 0, high: 1, step: 0 })).toBe('wrong')
    expect(faultOf({ low: 0, high: 1, step: 0.001 })).toBe('tooMany')
  })
})

describe('A curve', () => {
  const frame = { width: 664, height: 190, left: 48, right: 16, top: 18, bottom: 24 }
  const points = [
    { value: 0.5, rate: 0.1 },
    { value: 0.6, rate: 0.2 },
    { value: 0.8, rate: 0.4 },
  ]

  test('keeps the distances of the values, from one end to the other', () => {
    expect(points.map(({ value }) => xOf(frame, points, value))).toEqual(
      [48, 248, 648].map((x) => expect.closeTo(x, 6)),
    )
    expect(curvePath(frame, points, 0.4)).toBe('M48 129L248 92L648 18')
    expect(xOf(frame, [{ value: 3, rate: 0 }], 3)).toBe(348)
  })

  test('is looked at where the pointer is nearest', () => {
    expect([0, 140, 160, 900].map((x) => nearest(frame, points, x))).toEqual([0, 0, 1, 2])
  })

  test('writes rates with a digit after the point where they are small', () => {
    expect([0, 0.004, 0.052, 0.05, 0.184, 1].map(percentOf)).toEqual(['0 %', '0.4 %', '5.2 %', '5 %', '18 %', '100 %'])
  })
})
