import { describe, expect, test } from 'vitest'
import { readDocument } from '#editor/document/document.ts'
import { conditionNamesOf, textNames } from '#editor/inspector/condition/names.ts'
import { knownIn } from '#editor/inspector/node/known.ts'

const read = (variables: unknown, nodes: readonly unknown[]) => {
  const document = readDocument({ id: 'f', name: 'F', variables, nodes, edges: [] })
  if (!document) throw new Error('The document has no bare shape.')
  return knownIn(document)
}
const at = { x: 0, y: 0 }

describe('What a flow makes known', () => {
  test('are its variables, those its questions bring along, and the profile it speaks of', () => {
    const known = read({ amount: { type: 'number', label: 'Amount' } }, [
      {
        id: 'a',
        type: 'ask',
        position: at,
        data: { text: 'Dear {{ customer.title }}', variable: 'order', as: 'text' },
      },
      {
        id: 'b',
        type: 'branch',
        position: at,
        data: { cases: [{ id: 'x', label: 'X', when: 'customer.limit > vars.amount' }] },
      },
    ])
    expect(Object.keys(known.variables).toSorted()).toEqual(['amount', 'order'])
    expect(known.profile).toEqual(['limit', 'title'])
  })

  test('leaves out what a broken file declares, and breaks nothing', () => {
    const known = read({ amount: { type: 'money' }, fine: { type: 'text' } }, [
      { id: 'a', type: 'ask', position: at, data: { variable: 7, as: 'text' } },
      { id: 'b', type: 'ask', position: at, data: { variable: 'x', as: 'colour' } },
      { id: 'c', type: 'martian', position: at, data: null },
    ])
    expect(Object.keys(known.variables)).toEqual(['fine'])
    expect(textNames(known).length + conditionNamesOf(known).length).toBeGreaterThan(0)
  })
})
