import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstLook, OVERVIEW_BELOW } from '#editor/canvas/model/look.ts'
import { neighbour } from '#editor/canvas/model/neighbour.ts'
import { overlap } from '#editor/canvas/model/parts.ts'
import { freePlace, rectsOf } from '#editor/canvas/model/place.ts'
import { kindsThatFit } from '#editor/canvas/model/fit.ts'
import { smallFlow } from '../drawn.ts'

const document = smallFlow()
const byId = (id: string) =>
  document.nodes.find((node) => node.id === id) ?? document.nodes[0] ?? expect.fail('no nodes')

test('a new card never comes to lie upon another', () => {
  const taken = rectsOf(document)
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 2_200 }), fc.integer({ min: -300, max: 900 }), (x, y) => {
      const place = freePlace(taken, { x, y }, { width: 280, height: 140 })
      expect(taken.some((rect) => overlap(rect, { ...place, width: 280, height: 140 }))).toBe(false)
    }),
  )
})

test('a flow is first seen whole where it can then be read, else from its start', () => {
  const size = { width: 1_200, height: 800 }
  expect(firstLook([{ x: 0, y: 0, width: 280, height: 140 }], { x: 0, y: 0 }, size).zoom).toBe(1)
  const long = firstLook([{ x: 0, y: 0, width: 9_000, height: 400 }], { x: 0, y: 0 }, size)
  expect(long.zoom).toBeGreaterThan(OVERVIEW_BELOW)
  expect(long.x).toBeGreaterThan(0)
})

test('the arrow keys walk to the nearest card that way', () => {
  expect(neighbour(document.nodes, byId('start'), { x: 1, y: 0 })?.id).toBe('hello')
  expect(neighbour(document.nodes, byId('hello'), { x: 0, y: 1 })?.id).toBe('wantsPerson')
  expect(neighbour(document.nodes, byId('start'), { x: -1, y: 0 })).toBeUndefined()
})

test('what may follow is offered, the likeliest first, and never a start or a watcher', () => {
  expect(kindsThatFit(document, { source: 'line', outlet: 'accepted' })[0]).toBe('agent')
  expect(kindsThatFit(document, { source: 'wantsPerson', outlet: 'fired' })[0]).toBe('queue')
  expect(kindsThatFit(document, { source: 'hello', outlet: 'next' })).not.toContain('trigger')
})

test('a second start is never offered', () => {
  expect(kindsThatFit(document)).not.toContain('start')
  expect(kindsThatFit({ nodes: [], edges: [] })).toContain('start')
})
