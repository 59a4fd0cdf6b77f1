import { describe, expect, test } from 'vitest'
import { renameVariable, usesOf } from '#editor/document/commands/index.ts'
import { emptyDocument, type FlowDocument, type FlowNode } from '#editor/document/document.ts'

describe('Renaming a variable', () => {
  test('reaches texts, conditions, questions, assignments and answers of calls', () => {
    const flow = withNodes(
      { type: 'say', data: { text: 'Order {{ vars.order }} of {{vars["order"]}}{% if vars.order %}!{% endif %}' } },
      { type: 'ask', data: { text: 'Which order?', variable: 'order', as: 'number', check: 'value > vars.order' } },
      { type: 'branch', data: { cases: [{ id: 'big', label: 'Big', when: 'vars.order > 10 && vars["order"] < 20' }] } },
      { type: 'set', data: { assign: [{ variable: 'order', value: 'vars.order + 1' }] } },
      { type: 'call', data: { method: 'GET', url: 'https://example.com/{{ vars.order }}', save: 'order' } },
    )
    const after = renameVariable('order', 'parcel').apply(flow)
    expect(JSON.stringify(after.nodes)).not.toMatch(/vars\.order|\[\\"order\\"\]|:"order"/)
    expect(after.nodes[1]?.data).toEqual({
      text: 'Order {{ vars.parcel }} of {{vars["parcel"]}}{% if vars.parcel %}!{% endif %}',
    })
    expect(Object.keys(after.variables)).toEqual(['parcel', 'orders'])
    expect(usesOf(after, 'order')).toEqual([])
    expect(usesOf(after, 'parcel')).toHaveLength(5)
  })

  test('leaves alone what only looks like it', () => {
    const flow = withNodes(
      { type: 'say', data: { text: 'Write vars.order, or {{ vars.orders }}, or {{ customer.vars.order }}' } },
      { type: 'branch', data: { cases: [{ id: 'said', label: 'Said', when: 'customer.name == "vars.order"' }] } },
    )
    expect(renameVariable('order', 'parcel').apply(flow).nodes).toBe(flow.nodes)
  })

  test('back again gives what was there', () => {
    const flow = withNodes({ type: 'set', data: { assign: [{ variable: 'order', value: 'vars.order' }] } })
    expect(renameVariable('parcel', 'order').apply(renameVariable('order', 'parcel').apply(flow))).toEqual(flow)
  })

  test('to a name that is taken, or that no variable may have, is refused', () => {
    const flow = withNodes()
    for (const name of ['orders', '', '__proto__', 'a b', '1st', 'order'])
      expect(renameVariable('order', name).apply(flow), name).toBe(flow)
  })
})

function withNodes(...nodes: readonly Pick<FlowNode, 'type' | 'data'>[]): FlowDocument {
  const flow = emptyDocument('flow', 'Flow')
  return {
    ...flow,
    variables: { order: { type: 'number' }, orders: { type: 'list' } },
    nodes: [...flow.nodes, ...nodes.map((node, index) => ({ ...node, id: `n${index}`, position: { x: 0, y: 0 } }))],
  }
}
