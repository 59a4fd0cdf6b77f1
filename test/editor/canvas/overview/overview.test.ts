import { describe, expect, test } from 'vitest'
import { covers } from '#editor/canvas/overview/film.ts'
import { wrapped } from '#engine/export/picture/wrapped.ts'
import { pictureOf } from '#editor/canvas/overview/picture.ts'
import { smallFlow } from '../drawn.ts'

const size = { width: 1_000, height: 800 }
const drawn = { x: 100, y: 100, zoom: 0.1 }
const endless = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 }

describe('The overview', () => {
  test('finds the card under a point, and none beside it', () => {
    const { at } = pictureOf(smallFlow())
    expect(at({ x: 400, y: 20 })).toBe('hello')
    expect(at({ x: 300, y: 20 })).toBeUndefined()
  })
  test('is not drawn anew while it is panned by less than half the window', () => {
    expect(covers(drawn, { ...drawn, x: 590, y: -290 }, size, size, endless)).toBe(true)
    expect(covers(drawn, { ...drawn, x: 610 }, size, size, endless)).toBe(false)
  })
  test('is not drawn anew for the sake of what lies beyond the flow', () => {
    const small = { x: 0, y: 0, width: 4_000, height: 4_000 }
    expect(covers(drawn, { ...drawn, x: 610 }, size, size, small)).toBe(true)
    expect(covers(drawn, { ...drawn, x: -5_000 }, size, size, small)).toBe(true)
    expect(covers(drawn, { ...drawn, x: 610 }, size, size, { ...small, x: -8_000 })).toBe(false)
  })
  test('is drawn anew when zoomed too far for it, and when the window changes', () => {
    expect(covers(drawn, { ...drawn, zoom: 0.2 }, size, size, endless)).toBe(false)
    expect(covers(drawn, drawn, { ...size, width: 900 }, size, endless)).toBe(false)
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
