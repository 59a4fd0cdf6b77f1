/**
 * One change in a node's form, as a command. Law: after a change that leaves the node readable, every edge of the node
 * leaves by a way out that exists. A way out that was renamed takes its edge along; one that is gone takes it away, and
 * undo brings it back with the row.
 */
import type { Outlet } from '#engine/index.ts'
import { cardOf } from '../../document/card.ts'
import { changeData, type Command } from '../../document/commands/index.ts'
import { nodeOf, type FlowDocument } from '../../document/document.ts'
import { writeAt } from './place.ts'

export interface Edit {
  readonly node: string
  readonly place: string
  /** `undefined` takes the key away. */
  readonly value: unknown
  /** Goes together with what was typed at the same place just before. */
  readonly typing?: boolean
}

export function changeNode({ node: id, place, value, typing = false }: Edit): Command {
  return {
    ...changeData(id, undefined, typing ? place : undefined),
    apply(document) {
      const node = nodeOf(document, id)
      if (!node) return document
      const changed = changeData(id, writeAt(node.data, place, value)).apply(document)
      return changed === document ? document : withEdges(document, changed, id)
    },
  }
}

function withEdges(before: FlowDocument, after: FlowDocument, id: string): FlowDocument {
  const [old, now] = [nodeOf(before, id), nodeOf(after, id)]
  const card = now && cardOf(now)
  if (!old || !card || card.broken) return after
  const outlets = new Set(card.outlets.map((outlet) => outlet.id))
  if (after.edges.every((edge) => edge.source !== id || outlets.has(edge.sourceHandle))) return after
  const renamed = cardOf(old).broken ? undefined : renamedOutlet(cardOf(old).outlets, card.outlets)
  const edges = after.edges.flatMap((edge) => {
    if (edge.source !== id || outlets.has(edge.sourceHandle)) return [edge]
    return renamed?.from === edge.sourceHandle ? [{ ...edge, sourceHandle: renamed.to }] : []
  })
  return { ...after, edges }
}

/** One way out that stands where another stood, with nothing else changed, is that one renamed. */
function renamedOutlet(
  before: readonly Outlet[],
  after: readonly Outlet[],
): { readonly from: string; readonly to: string } | undefined {
  const differing = before.flatMap((outlet, index) =>
    outlet.id === after[index]?.id ? [] : [{ from: outlet.id, to: after[index]?.id ?? '' }],
  )
  const [only] = differing
  return before.length === after.length && differing.length === 1 ? only : undefined
}
