import Elk from 'elkjs'
import { describe, expect, test } from 'vitest'
import { tidy, type Layout } from '#editor/canvas/tidy/layout.ts'
import { faceOf } from '#editor/canvas/model/face.ts'
import { overlap } from '#editor/canvas/model/parts.ts'
import { rectsOf } from '#editor/canvas/model/place.ts'
import { phases } from '#engine/index.ts'
import type { FlowDocument } from '#editor/document/document.ts'
import { smallFlow } from '../drawn.ts'

const elk = new Elk()
const layout: Layout = (graph) => elk.layout(graph)
/** Everything in one heap. */
const heap = (): FlowDocument => ({
  ...smallFlow(),
  nodes: smallFlow().nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
})

async function tidied(document: FlowDocument, only: ReadonlySet<string> = new Set()): Promise<FlowDocument> {
  const { nodes } = await tidy(document, only, layout)
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: nodes.get(node.id) ?? node.position })),
  }
}

describe('Tidy', () => {
  test('1. No two cards overlap, and phases stand one after the other', async () => {
    const after = await tidied(heap())
    const rects = rectsOf(after)
    expect(rects.flatMap((one, index) => rects.slice(index + 1).filter((other) => overlap(one, other)))).toEqual([])
    const lanes = phases
      .map((phase) => after.nodes.filter((node) => faceOf(node).phase === phase).map((node) => node.position.x))
      .filter((lane) => lane.length > 0)
    for (const [index, lane] of lanes.slice(1).entries())
      expect(Math.min(...lane)).toBeGreaterThan(Math.max(...(lanes[index] ?? [])))
  })

  test('2. With a selection only that moves', async () => {
    const before = heap()
    const after = await tidied(before, new Set(['hello', 'order']))
    expect(
      after.nodes
        .filter((node) => !['hello', 'order'].includes(node.id))
        .every((node) => node.position.x === 0 && node.position.y === 0),
    ).toBe(true)
    expect(after.nodes.some((node) => node.position.x !== 0)).toBe(true)
  })

  test('3. A note stays beside the card it stands at', async () => {
    const note = { id: 'why', text: 'Legal asked for this', position: { x: 1_830, y: 300 } }
    const document = { ...smallFlow(), notes: [note] }
    const { nodes, notes } = await tidy(document, new Set(), layout)
    const end = nodes.get('end') ?? { x: 1_800, y: 400 }
    expect(notes.get('why') ?? note.position).toEqual({ x: end.x + 30, y: end.y - 100 })
  })

  test('what is tidy stays as it is', async () => {
    const once = await tidied(heap())
    const { nodes } = await tidy(once, new Set(), layout)
    expect([...nodes]).toEqual([])
  })
})
