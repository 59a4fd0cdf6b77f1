import { describe, expect, test } from 'vitest'
import { covers } from '#editor/canvas/overview/film.ts'
import { wrapped } from '#editor/canvas/overview/paint.ts'
import { pictureOf } from '#editor/canvas/overview/picture.ts'
import { smallFlow } from '../drawn.ts'

const size = { width: 1_000, height: 800 }
const drawn = { x: 100, y: 100, zoom: 0.1 }

describe('The overview', () => {
  test('finds the card under a point, and none beside it', () => {
    const { at } = pictureOf(smallFlow())
    expect(at({ x: 400, y: 20 })).toBe('hello')
    expect(at({ x: 300, y: 20 })).toBeUndefined()
  })
  test('is not drawn anew while it is panned by less than half the window', () => {
    expect(covers(drawn, { ...drawn, x: 590, y: -290 }, size, size)).toBe(true)
    expect(covers(drawn, { ...drawn, x: 610 }, size, size)).toBe(false)
  })
  test('is drawn anew when zoomed too far for it, and when the window changes', () => {
    expect(covers(drawn, { ...drawn, zoom: 0.2 }, size, size)).toBe(false)
    expect(covers(drawn, drawn, { ...size, width: 900 }, size)).toBe(false)
  })
  test('breaks what a card says into lines, and cuts off what has no room', () => {
    expect(wrapped('Ask for the order number, twice at most', 14, 3)).toEqual([
      'Ask for the',
      'order number,',
      'twice at most',
    ])
    expect(wrapped('Ask for the order number', 8, 1)).toEqual(['Ask for…'])
  })
})
