import { describe, expect, test } from 'vitest'
import { sectionsFor } from '#editor/canvas/add/items.ts'
import { smallFlow } from '../drawn.ts'

const at = { x: 0, y: 0 }
const everything = (query: string, adding: Parameters<typeof sectionsFor>[1]) =>
  sectionsFor(smallFlow(), adding, query).flatMap((section) => section.items)

describe('The menu of what comes next', () => {
  test('offers the steps that are there, but those that nothing may lead to', () => {
    const present = everything('', { at, after: { source: 'line', outlet: 'timeout' } }).flatMap((item) =>
      item.does === 'lead' ? [item.node] : [],
    )
    expect(present).toEqual(['hello', 'order', 'person', 'end'])
  })
  test('offers to follow, part or part with a way that leads somewhere', () => {
    expect(
      everything('', { at, after: { source: 'start', outlet: 'next' } })
        .slice(0, 3)
        .map((item) => item.does),
    ).toEqual(['goTo', 'insert', 'disconnect'])
  })
  test('puts nothing in between that ends there', () => {
    const kinds = everything('', { at, onEdge: 'start.next' }).flatMap((item) =>
      item.does === 'add' ? [item.kind] : [],
    )
    expect(kinds).not.toContain('close')
    expect(kinds).toContain('ask')
  })
  test('finds a step by what it is for', () => {
    expect(everything('business hours', { at }).map((item) => item.key)).toContain('add hours')
  })
})
