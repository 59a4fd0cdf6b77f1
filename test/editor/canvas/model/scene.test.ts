import { describe, expect, test } from 'vitest'
import { createScene, NOTE_PREFIX } from '#editor/canvas/model/scene.ts'
import { smallFlow } from '../drawn.ts'

const nothing = { nodes: new Set<string>(), edges: new Set<string>() }

describe('The scene', () => {
  test('gives every card its size and its handles, so that nothing is measured', () => {
    for (const node of createScene()(smallFlow(), { selection: nothing }).nodes) {
      expect(node).toMatchObject({ width: expect.any(Number), height: expect.any(Number) })
      expect(node.handles?.length).toBeGreaterThan(0)
    }
  })

  test('Law: what did not change is the very same object', () => {
    const scene = createScene()
    const document = smallFlow()
    const before = scene(document, { selection: nothing })
    const after = scene(document, { selection: { nodes: new Set(['hello']), edges: new Set() } })
    expect(after.nodes.filter((node, index) => node !== before.nodes[index]).map((node) => node.id)).toEqual(['hello'])
    expect(after.edges.every((edge, index) => edge === before.edges[index])).toBe(true)
  })

  test('a card that is dragged is drawn where the hand is, and no other anew', () => {
    const scene = createScene()
    const document = smallFlow()
    const before = scene(document, { selection: nothing })
    const after = scene(document, { selection: nothing, moved: new Map([['line', { x: 5, y: 6 }]]) })
    expect(after.nodes.find((node) => node.id === 'line')?.position).toEqual({ x: 5, y: 6 })
    expect(after.nodes.filter((node, index) => node !== before.nodes[index])).toHaveLength(1)
  })

  test('a wire drawn anew changes the card it leaves and no other card', () => {
    const scene = createScene()
    const document = smallFlow()
    const before = scene(document, { selection: nothing })
    const edges = [...document.edges, { id: 'new', source: 'line', sourceHandle: 'timeout', target: 'end' }]
    const after = scene({ ...document, edges }, { selection: nothing })
    expect(after.nodes.filter((node, index) => node !== before.nodes[index]).map((node) => node.id)).toEqual(['line'])
  })

  test('a note may have the id of a node', () => {
    const document = { ...smallFlow(), notes: [{ id: 'hello', text: 'x', position: { x: 0, y: 0 } }] }
    const ids = createScene()(document, { selection: nothing }).nodes.map((node) => node.id)
    expect(ids).toContain(`${NOTE_PREFIX}hello`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('wires to cards that are not there, or that nothing may lead to, are left out', () => {
    const document = smallFlow()
    const edges = [
      { id: 'a', source: 'hello', sourceHandle: 'next', target: 'nowhere' },
      { id: 'b', source: 'hello', sourceHandle: 'next', target: 'start' },
    ]
    expect(createScene()({ ...document, edges }, { selection: nothing }).edges).toEqual([])
  })
})
