import { describe, expect, test } from 'vitest'
import { faceOf, rowPoint } from '#editor/canvas/model/face.ts'
import { kinds } from '#engine/index.ts'
import { node } from '../drawn.ts'

const at = { x: 0, y: 0 }

describe('A card', () => {
  test('sums its step up in a sentence and has a row for each way out', () => {
    const face = faceOf(node('order', 'ask', at))
    expect(face.sentence).toBe('Ask for the order number, twice at most')
    expect(face.rows.map((row) => row.id)).toEqual(['answered', 'failed'])
  })

  test('of every kind knows its size beforehand, with room for each row', () => {
    for (const kind of kinds) {
      const face = faceOf(node('any', kind.name, at, kind.initial))
      expect(face.fault, kind.name).toBeUndefined()
      const points = face.rows.map((_, index) => rowPoint(face, index).y)
      expect(
        points.every((y, index) => y > (points[index - 1] ?? 40) && y < face.height),
        kind.name,
      ).toBe(true)
    }
  })

  test('whose data cannot be read shows its kind and the fault, and keeps its wires', () => {
    const face = faceOf(node('order', 'ask', at, { text: 7 }), ['choice:red'])
    expect(face.title).toBe('Ask')
    expect(face.fault).toMatch(/text/)
    expect(face.rows.map((row) => row.id)).toContain('choice:red')
  })

  test('of no kind is still drawn', () => {
    expect(faceOf(node('odd', 'teleport', at))).toMatchObject({
      title: 'teleport',
      fault: expect.stringContaining('teleport'),
    })
  })

  test('shows a way out that its step no longer offers as a stray', () => {
    expect(faceOf(node('hello', 'say', at), ['gone']).rows.at(-1)).toMatchObject({ id: 'gone', stray: true })
  })

  test('lets nothing lead into the start or a watcher', () => {
    expect(['start', 'trigger', 'say'].map((type) => faceOf(node('any', type, at)).hasInput)).toEqual([
      false,
      false,
      true,
    ])
  })
})
