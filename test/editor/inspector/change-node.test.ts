import { describe, expect, test } from 'vitest'
import type { FlowDocument } from '#editor/document/document.ts'
import { changeNode } from '#editor/inspector/node/change-node.ts'

const flow: FlowDocument = {
  baton: 1,
  id: 'f',
  name: 'F',
  language: 'en',
  timezone: 'UTC',
  variables: {},
  viewport: { x: 0, y: 0, zoom: 1 },
  nodes: [
    {
      id: 'ways',
      type: 'branch',
      position: { x: 0, y: 0 },
      data: {
        cases: [
          { id: 'vip', label: 'VIP', when: 'customer.vip' },
          { id: 'late', label: 'Late', when: 'customer.late' },
        ],
      },
    },
    { id: 'bye', type: 'close', position: { x: 0, y: 0 }, data: {} },
  ],
  edges: ['case:vip', 'case:late', 'else'].map((sourceHandle) => ({
    id: sourceHandle,
    source: 'ways',
    sourceHandle,
    target: 'bye',
  })),
}
const handles = (document: FlowDocument) => document.edges.map((edge) => edge.sourceHandle)

describe('Editing the ways out of a step', () => {
  test('a renamed way out keeps its edge', () => {
    const next = changeNode({ node: 'ways', place: 'cases/0/id', value: 'gold' }).apply(flow)
    expect(handles(next)).toEqual(['case:gold', 'case:late', 'else'])
  })

  test('a way out that is taken out takes its edge along', () => {
    expect(handles(changeNode({ node: 'ways', place: 'cases/0', value: undefined }).apply(flow))).toEqual([
      'case:late',
      'else',
    ])
  })

  test('moving a case moves no edge', () => {
    const cases = [
      { id: 'late', label: 'Late', when: 'customer.late' },
      { id: 'vip', label: 'VIP', when: 'customer.vip' },
    ]
    expect(changeNode({ node: 'ways', place: 'cases', value: cases }).apply(flow).edges).toBe(flow.edges)
  })

  test('while a step cannot be read, its edges stay for when it can', () => {
    const broken = changeNode({ node: 'ways', place: 'cases/0/id', value: 'no id' }).apply(flow)
    expect(broken.edges).toBe(flow.edges)
    expect(handles(changeNode({ node: 'ways', place: 'cases/0/id', value: 'vip' }).apply(broken))).toEqual(
      handles(flow),
    )
  })

  test('a text changes nothing but the text, and the same text nothing at all', () => {
    const next = changeNode({ node: 'ways', place: 'cases/0/label', value: 'Gold', typing: true }).apply(flow)
    expect(next.edges).toBe(flow.edges)
    expect(next.nodes[1]).toBe(flow.nodes[1])
    expect(changeNode({ node: 'ways', place: 'cases/0/label', value: 'VIP' }).apply(flow)).toBe(flow)
  })

  test('keystrokes at one place are one step back, those at another are another', () => {
    const burst = (place: string) => changeNode({ node: 'ways', place, value: 'x', typing: true }).burst
    expect(burst('cases/0/label')).toBe(burst('cases/0/label'))
    expect(burst('cases/0/label')).not.toBe(burst('cases/1/label'))
    expect(changeNode({ node: 'ways', place: 'cases', value: [] }).burst).toBeUndefined()
  })
})
