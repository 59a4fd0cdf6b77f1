/** Laws of what a version changes, as they stand in `difference.ts`. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeData, connect, moveNodes, removeNodes } from '#editor/document/commands/index.ts'
import { readDocument, type FlowDocument } from '#editor/document/document.ts'
import { difference, isNothing, sortedWays } from '#editor/versions/difference.ts'
import { paintOf } from '#editor/versions/paint.ts'
import { document, supportEdges, supportNodes } from '../../engine/draw.ts'
import { deed, drawing } from '../document/drawing.ts'

const live = read(document(supportNodes, supportEdges, { orderNumber: { type: 'text' } }))

describe('What publishing will change', () => {
  test('law 1: a draft that was not touched changes nothing', () => {
    fc.assert(fc.property(drawing, (drawn) => isNothing(difference(drawn, structuredClone(drawn)))))
  })

  test('law 2: read backwards, what was added is removed', () => {
    const pair = drawing.chain((drawn) => deed(drawn).map((command) => [drawn, command.apply(drawn)] as const))
    fc.assert(
      fc.property(pair, ([from, to]) => {
        const [there, back] = [difference(from, to), difference(to, from)]
        expect(back.added).toEqual(there.removed)
        expect(back.removed).toEqual(there.added)
        expect(ids(back.changed)).toEqual(expect.arrayContaining([...ids(there.changed)]))
        expect(sortedWays(back.ways).added.length).toBe(sortedWays(there.ways).removed.length)
        expect(sortedWays(back.ways).moved.length).toBe(sortedWays(there.ways).moved.length)
        expect(back.head).toEqual(there.head)
      }),
    )
  })

  test('law 3: where steps stand on the canvas does not count', () => {
    const moved = moveNodes(new Map(live.nodes.map(({ id }) => [id, { x: 7, y: 7 }]))).apply(live)
    expect(moved).not.toBe(live)
    expect(isNothing(difference(live, moved))).toBe(true)
  })

  test('names the fields of a changed step as its form does', () => {
    const say = live.nodes.find(({ type }) => type === 'say')
    const changed = changeData(say?.id ?? '', { ...Object(say?.data), text: 'Good day!' }).apply(live)
    expect(difference(live, changed)).toMatchObject({
      added: [],
      removed: [],
      changed: [{ node: { id: say?.id }, fields: [{ path: 'text', label: expect.stringMatching(/^[A-Z]/) }] }],
      ways: [],
      head: [],
    })
  })

  test('tells a way that leads elsewhere from one that is new or gone', () => {
    const [edge, other] = live.edges
    const target = live.nodes.find(({ id, type }) => type !== 'start' && type !== 'trigger' && id !== edge?.target)
    const draft = connect(edge?.source ?? '', edge?.sourceHandle ?? '', target?.id ?? '').apply({
      ...live,
      edges: live.edges.filter((each) => each !== other),
    })
    const ways = sortedWays(difference(live, draft).ways)
    expect(ways.moved).toMatchObject([{ source: edge?.source, from: edge?.target, to: target?.id }])
    expect(ways.removed).toMatchObject([{ source: other?.source, from: other?.target, to: null, edge: null }])
    expect(ways.added).toEqual([])
  })

  test('says which settings differ', () => {
    expect(difference(live, { ...live, timezone: 'Asia/Tokyo', language: 'ja' }).head).toEqual(['language', 'timezone'])
  })

  test('is painted by what became of each step, and lights the ways that are new', () => {
    const id = live.nodes.at(-1)?.id ?? ''
    const without = removeNodes(new Set([id])).apply(live)
    expect(paintOf(difference(without, live)).changed?.[id]).toBe('added')
    expect(paintOf(difference(live, without)).changed?.[id]).toBe('removed')
    const { ways } = difference(without, live)
    expect([...(paintOf({ ...difference(without, live), ways }).litEdges ?? [])]).toEqual(
      ways.flatMap(({ edge }) => edge ?? []),
    )
  })
})

function ids(steps: readonly { readonly node: { readonly id: string } }[]): readonly string[] {
  return steps.map(({ node }) => node.id)
}

function read(json: unknown): FlowDocument {
  const found = readDocument(json)
  if (!found) throw new Error('The test’s own document cannot be read.')
  return found
}
