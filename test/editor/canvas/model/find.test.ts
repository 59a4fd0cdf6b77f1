import { describe, expect, test } from 'vitest'
import { find } from '#editor/canvas/model/find.ts'
import { node, smallFlow } from '../drawn.ts'

describe('Find', () => {
  test('finds a step by what it says', () => {
    expect(find(smallFlow(), 'please wait').map((hit) => hit.node)).toEqual(['line'])
  })
  test('finds every step that uses a variable', () => {
    expect(find(smallFlow(), 'ordernumber').map((hit) => hit.node)).toEqual(['order'])
  })
  test('shows the passage, with the words marked in it', () => {
    const text = `${'so many words before it '.repeat(9)}the needle and ${'many after '.repeat(9)}`
    const [hit] = find({ nodes: [node('long', 'say', { x: 0, y: 0 }, { text })], edges: [] }, 'Needle')
    expect(hit?.excerpt.slice(hit.from, hit.to)).toBe('needle')
  })
  test('finds nothing for nothing', () => {
    expect(find(smallFlow(), '  ')).toEqual([])
  })
})
