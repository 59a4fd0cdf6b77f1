import { describe, expect, test } from 'vitest'
import { cast } from '#editor/canvas/zone/cast.ts'
import { createScene, NOTE_PREFIX } from '#editor/canvas/model/scene.ts'
import { createPicture } from '#editor/canvas/overview/picture.ts'
import { changeData } from '#editor/document/commands/index.ts'
import { edge, flow, node, smallFlow } from '../drawn.ts'

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

  describe('Law: typing in the form of one card', () => {
    const typed = changeData('hello', { text: 'Good day!' })

    test('draws that card anew, no other, and no wire', () => {
      const scene = createScene()
      const document = smallFlow()
      const before = scene(document, { selection: nothing })
      const after = scene(typed.apply(document), { selection: nothing })
      expect(after.nodes.filter((each, index) => each !== before.nodes[index]).map(({ id }) => id)).toEqual(['hello'])
      expect(after.edges).toBe(before.edges)
    })

    test('leaves the frames around the others, the notes and the areas as they were', () => {
      const scene = createScene()
      const document = {
        ...smallFlow(),
        groups: [{ id: 'talk', name: 'Talk', nodes: ['start', 'hello'] }],
        notes: [{ id: 'why', text: 'Why?', position: { x: 0, y: 900 } }],
      }
      const [before, areas] = [scene(document, { selection: nothing }), cast(document.nodes)]
      const next = typed.apply(document)
      const after = scene(next, { selection: nothing })
      expect(after.nodes.filter((each, index) => each !== before.nodes[index]).map(({ id }) => id)).toEqual(['hello'])
      expect(cast(next.nodes)).toBe(areas)
    })

    test('draws the wires of a card that grows anew, and no others', () => {
      const scene = createScene()
      const document = smallFlow()
      const before = scene(document, { selection: nothing })
      const longer = changeData('hello', { text: 'Good day, and a very warm welcome to all of you from all of us' })
      const after = scene(longer.apply(document), { selection: nothing })
      const drawn = after.edges.filter((each, index) => each !== before.edges[index])
      expect(drawn.map(({ id }) => id)).toEqual(['start.next', 'hello.next', 'order.failed'])
    })

    test('leaves the lines, the areas and the places of the overview as they were', () => {
      const pictureOf = createPicture()
      const document = smallFlow()
      const before = pictureOf(document)
      const after = pictureOf(typed.apply(document))
      expect(after.threads).toBe(before.threads)
      expect(after.zones).toBe(before.zones)
      expect(after.at).toBe(before.at)
      expect(after.tiles.filter((each, index) => each !== before.tiles[index]).map(({ id }) => id)).toEqual(['hello'])
      expect(after.tiles.find(({ id }) => id === 'hello')?.sentence).toContain('Good day!')
    })
  })

  describe('of a large flow', () => {
    const line = flow(
      Array.from({ length: 200 }, (_, index) => node(`n${index}`, 'say', { x: index * 400, y: 0 })),
      Array.from({ length: 199 }, (_, index) => edge(`n${index}`, 'next', `n${index + 1}`)),
    )
    const area = { x: 10_000, y: -500, width: 2_000, height: 2_000 }

    test('holds what is near the window, with both ends of each wire', () => {
      const { nodes, edges } = createScene()(line, { selection: nothing, area })
      expect(nodes.length).toBeLessThan(12)
      expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['n25', 'n26', 'n27', 'n28', 'n29']))
      const ids = new Set(nodes.map(({ id }) => id))
      expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true)
    })

    test('holds a wire that runs through the window, though neither of its ends is near', () => {
      const long = { ...line, edges: [edge('n0', 'next', 'n199')] }
      const { edges, nodes } = createScene()(long, { selection: nothing, area })
      expect(edges.map(({ id }) => id)).toEqual(['n0.next'])
      expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['n0', 'n199']))
    })

    test('holds what the hand holds wherever it is: selected, dragged, or led on', () => {
      const held = { selection: { ...nothing, nodes: new Set(['n190']) }, moved: new Map([['n180', { x: 0, y: 0 }]]) }
      const ids = createScene()(line, { ...held, connecting: 'n170', area }).nodes.map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining(['n170', 'n180', 'n190']))
    })

    test('is the same while what changes is far away', () => {
      const scene = createScene()
      const before = scene(line, { selection: nothing, area })
      const after = scene(changeData('n150', { text: 'Far away' }).apply(line), { selection: nothing, area })
      expect(after.nodes).toBe(before.nodes)
      expect(after.edges).toBe(before.edges)
    })
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
