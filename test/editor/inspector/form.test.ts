import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAt, writeAt } from '#editor/inspector/node/place.ts'
import { shapeOf } from '#editor/inspector/node/shape.ts'
import { at, ofNoRow, troublesOf, under } from '#editor/inspector/node/troubles.ts'
import { parseFlow } from '#engine/flow/parse.ts'
import { kindNamed, kinds, type Kind } from '#engine/index.ts'

describe('A place in a node’s data', () => {
  const places = fc.constantFrom('text', 'sla/firstResponse', 'cases/0/when', 'cases/1/label', 'to/email')
  const data = { text: 'Hi', cases: [{ id: 'a', when: 'x' }, { id: 'b' }] }

  test('law 1: what is written at a place is read there, and nothing beside it changes', () => {
    fc.assert(
      fc.property(places, places, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (place, other, value) => {
        const next = writeAt(data, place, value)
        expect(readAt(next, place)).toEqual(value)
        if (!other.startsWith(place) && !place.startsWith(other))
          expect(readAt(next, other)).toEqual(readAt(data, other))
      }),
    )
  })

  test('law 2: what is taken away leaves no empty record behind', () => {
    fc.assert(
      fc.property(fc.constantFrom('sla/firstResponse', 'to/email', 'new'), (place) => {
        expect(writeAt(writeAt(data, place, 'x'), place, undefined)).toEqual(data)
      }),
    )
    expect(writeAt(data, 'cases/0', undefined)).toEqual({ text: 'Hi', cases: [{ id: 'b' }] })
  })

  test('keys keep their order, so that a file changes only where it was edited', () => {
    expect(Object.keys(Object(writeAt({ a: 1, b: 2, c: 3 }, 'b', 9)))).toEqual(['a', 'b', 'c'])
  })

  test('a name out of an object’s own workings is nothing', () => {
    expect(readAt({}, 'constructor')).toBeUndefined()
    expect(readAt({}, '__proto__/polluted')).toBeUndefined()
  })
})

describe('The rows of a form', () => {
  const named = (name: string): Kind => {
    const kind = kindNamed(name)
    if (!kind) throw new Error(name)
    return kind
  }
  const shape = (kind: string, path: string) => {
    const field = named(kind).form.find((each) => each.path === path)
    if (!field) throw new Error(path)
    return shapeOf(named(kind), field)
  }

  test('know what may be left out, and what holds then', () => {
    expect(shape('ask', 'attempts')).toMatchObject({ optional: true, usual: 2, least: 1, most: 10, whole: true })
    expect(shape('say', 'text')).toMatchObject({ optional: false })
    expect(shape('handback', 'resume')).toMatchObject({ optional: true, usual: 'step' })
  })

  test('write a record of several figures as a whole', () => {
    expect(shape('queue', 'sla').place).toBe('sla')
    expect(shape('queue', 'skills').place).toBe('skills')
  })

  for (const kind of kinds) {
    test(`of ${kind.title}: whatever they write back unchanged is the same data`, () => {
      for (const field of kind.form) {
        const { place } = shapeOf(kind, field)
        expect(writeAt(kind.initial, place, readAt(kind.initial, place))).toEqual(kind.initial)
      }
    })
  }
})

describe('What is wrong with a step', () => {
  const flow = {
    baton: 1,
    id: 'f',
    name: 'F',
    nodes: [
      { id: 'start', type: 'start', data: {} },
      {
        id: 'ways',
        type: 'branch',
        data: { cases: [{ id: 'a b', label: '', when: 'customer.tier ==' }], colour: 'red' },
      },
    ],
    edges: [],
  }
  const read = parseFlow(flow)
  const troubles = troublesOf('ways', read.ok ? [] : read.faults, [
    { rule: 'outlets', severity: 'error', node: 'ways', pointer: '/nodes/1', message: 'leads nowhere' },
    { rule: 'outlets', severity: 'warning', node: 'start', pointer: '/nodes/0', message: 'another step' },
  ])

  test('stands at the row it speaks of', () => {
    expect(at(troubles, 'cases/0/id')).toHaveLength(1)
    expect(at(troubles, 'cases/0/label')).toHaveLength(1)
    expect(under(troubles, 'cases').map((each) => each.place)).toEqual(
      expect.arrayContaining(['cases/0/id', 'cases/0/label']),
    )
  })

  test('stands at the step itself where no row is meant, and nothing of other steps does', () => {
    const others = ofNoRow(troubles, ['cases']).map((each) => each.message)
    expect(others).toContain('leads nowhere')
    expect(others.some((message) => message.includes('colour'))).toBe(true)
    expect(others).not.toContain('another step')
  })

  test('is never lost between the rows and the step', () => {
    expect(under(troubles, 'cases').length + ofNoRow(troubles, ['cases']).length).toBe(troubles.length)
  })
})
