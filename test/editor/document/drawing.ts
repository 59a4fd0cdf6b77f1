/** Documents and commands for the laws: any drawing a person may have on the canvas, and anything they may do to it. */
import * as fc from 'fast-check'
import { kinds } from '#engine/index.ts'
import { cardOf, takesEdges } from '#editor/document/card.ts'
import * as commands from '#editor/document/commands/index.ts'
import type { Command } from '#editor/document/commands/index.ts'
import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '#editor/document/document.ts'

const kindNames = kinds.map((kind) => kind.name).filter((name) => name !== 'start')
const point = fc.record({ x: fc.integer({ min: -2_000, max: 2_000 }), y: fc.integer({ min: -2_000, max: 2_000 }) })

/**
 * A whole drawing: a start, up to ten nodes of any kind, edges wherever they may lead, a group and a note now and
 * then.
 */
export const drawing: fc.Arbitrary<FlowDocument> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...kindNames), { maxLength: 10 }),
    places: fc.array(point, { minLength: 11, maxLength: 11 }),
    targets: fc.array(fc.nat(30), { minLength: 60, maxLength: 60 }),
    grouped: fc.array(fc.nat(10), { maxLength: 3 }),
    noted: fc.boolean(),
  })
  .map(({ kinds: names, places, targets, grouped, noted }) => {
    const base = emptyDocument('drawn', 'Drawn')
    const nodes = names.reduce<FlowDocument>((document, name, index) => {
      const node = commands.freshNode(document, name, places[index] ?? { x: 0, y: 0 })
      return { ...document, nodes: [...document.nodes, node] }
    }, base).nodes
    const edges = edgesOf(nodes, targets)
    const members = [...new Set(grouped)].flatMap((index) => nodes[index]?.id ?? [])
    return {
      ...base,
      nodes,
      edges,
      ...(members.length > 0 ? { groups: [{ id: 'group', name: 'Group', nodes: members }] } : {}),
      ...(noted ? { notes: [{ id: 'note', text: 'Look here', position: { x: 1, y: 2 } }] } : {}),
    }
  })

/** Anything a person may do to a drawing, sensible or not. */
export function deed(document: FlowDocument): fc.Arbitrary<Command> {
  const node = fc.constantFrom(...document.nodes.map(({ id }) => id), 'nobody')
  const edge = fc.constantFrom(...document.edges.map(({ id }) => id), 'none')
  const outlet = fc.constantFrom('next', 'answered', 'failed', 'accepted', 'timeout', 'fired', 'ok', 'nothing')
  const fresh = fc
    .tuple(fc.constantFrom(...kindNames, 'start'), point)
    .map(([kind, at]) => commands.freshNode(document, kind, at))
  const some = fc.uniqueArray(node, { maxLength: 4 }).map((ids) => new Set(ids))
  return fc.oneof(
    fresh.map((each) => commands.addNode(each)),
    fc.tuple(fresh, node, outlet).map(([each, from, by]) => commands.addNode(each, { node: from, outlet: by })),
    fc.tuple(some, point).map(([ids, at]) => commands.moveNodes(new Map([...ids].map((id) => [id, at])))),
    some.map((ids) => commands.removeNodes(ids)),
    fc
      .tuple(some, fc.uniqueArray(edge, { maxLength: 2 }))
      .map(([ids, edges]) => commands.removeItems(ids, new Set(edges), new Set(ids))),
    fc.tuple(node, outlet, node).map(([from, by, to]) => commands.connect(from, by, to)),
    fc
      .tuple(edge, node, outlet, node)
      .map(([id, source, by, target]) => commands.reconnect(id, { source, outlet: by, target })),
    fc.tuple(edge, node).map(([id, target]) => commands.reconnect(id, { target })),
    edge.map((id) => commands.disconnect([id])),
    fc.tuple(edge, fresh).map(([id, each]) => commands.insertOnEdge(id, each)),
    fc.tuple(node, fc.string({ maxLength: 5 })).map(([id, text]) => commands.changeData(id, { text })),
    fc.tuple(node, node).map(([from, to]) => commands.renameNode(from, `${to}x`)),
    fc.tuple(node, node).map(([from, to]) => commands.renameNode(from, to)),
    some.map((ids) => commands.duplicate(document, ids)),
    fc.tuple(some, point).map(([ids, at]) => commands.paste(document, commands.fragmentOf(document, ids), at)),
    some.map((ids) => commands.group('frame', 'Frame', ids)),
    fc.constantFrom(
      commands.ungroup(['group']),
      commands.renameGroup('group', 'Other'),
      commands.removeNotes(['note']),
      commands.changeNote('note', { text: 'Elsewhere' }),
    ),
    fc.constant(commands.changeHead({ name: 'Another name' })),
    fc.constantFrom(
      commands.setVariable('amount', { type: 'number' }),
      commands.renameVariable('orderNumber', 'order'),
      commands.removeVariable('amount'),
    ),
  )
}

/** What is broken about a document's wiring; nothing, ever. */
export function broken(document: FlowDocument): readonly string[] {
  const ids = new Map(document.nodes.map((node) => [node.id, node]))
  const grouped = (document.groups ?? []).flatMap((group) => group.nodes)
  return [
    ...twice(document.nodes.map((node) => node.id)).map((id) => `two nodes ${id}`),
    ...twice(document.edges.map((edge) => edge.id)).map((id) => `two edges ${id}`),
    ...twice(document.edges.map((edge) => `${edge.source} ${edge.sourceHandle}`)).map(
      (outlet) => `two edges leave ${outlet}`,
    ),
    ...document.edges
      .filter((edge) => !ids.has(edge.source) || !ids.has(edge.target))
      .map((edge) => `${edge.id} dangles`),
    ...document.edges
      .filter((edge) => {
        const to = ids.get(edge.target)
        return to !== undefined && !takesEdges(to)
      })
      .map((edge) => `${edge.id} leads to what takes no edges`),
    ...(document.nodes.filter((node) => node.type === 'start').length === 1 ? [] : ['not one start']),
    ...twice(grouped).map((id) => `${id} is in two groups`),
    ...grouped.filter((id) => !ids.has(id)).map((id) => `${id} is grouped and gone`),
    ...(document.groups ?? []).filter((group) => group.nodes.length === 0).map((group) => `${group.id} is empty`),
  ]
}

function edgesOf(nodes: readonly FlowNode[], targets: readonly number[]): readonly FlowEdge[] {
  let turn = 0
  return nodes.flatMap((node) =>
    cardOf(node).outlets.flatMap((outlet): readonly FlowEdge[] => {
      const target = nodes[targets[turn++] ?? 30]
      return target && takesEdges(target)
        ? [{ id: `${node.id}.${outlet.id}`, source: node.id, sourceHandle: outlet.id, target: target.id }]
        : []
    }),
  )
}

function twice(all: readonly string[]): readonly string[] {
  return all.filter((each, index) => all.indexOf(each) !== index)
}
