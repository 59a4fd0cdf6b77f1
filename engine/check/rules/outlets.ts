import type { Compiled } from '../../compile/compiled.ts'
import { outletsOf } from '../../flow/parse.ts'
import type { Outlet } from '../../kinds/face.ts'
import type { CheckRule } from '../rule.ts'

/** Every way out that has no default of its own leads somewhere. */
export const outlets: CheckRule = {
  name: 'outlets',
  title: 'Every way out leads somewhere',
  find: ({ compiled, graph, pointerOf, pathTo }) => {
    // It is so whether or not a conversation is found that comes there.
    const shown = (node: string) => {
      const path = graph.reachable.has(node) ? pathTo({ node }).path : undefined
      return path === undefined ? {} : { path }
    }
    return [...openOutlets(compiled)].flatMap(([node, open]) =>
      open.map((outlet) => ({
        rule: 'outlets',
        severity: 'error',
        node,
        pointer: pointerOf(node),
        message: `“${outlet.label}” (${outlet.id}) of “${node}” leads nowhere; draw where it goes`,
        ...shown(node),
      })),
    )
  },
}

/** The outlets that must lead somewhere and do not, by their node; of nodes that have such. */
export function openOutlets(compiled: Compiled): ReadonlyMap<string, readonly Outlet[]> {
  const known = openOf.get(compiled)
  if (known) return known
  const { flow } = compiled
  const drawn = new Set(flow.edges.map((edge) => `${edge.source}\n${edge.sourceHandle}`))
  const open = new Map<string, readonly Outlet[]>()
  for (const node of flow.nodes) {
    const undrawn = outletsOf(node).filter((outlet) => !drawn.has(`${node.id}\n${outlet.id}`))
    // A question with choices needs a way for each, or one for all.
    const unanswered = undrawn.some(({ id }) => id === 'answered')
      ? undrawn.filter(({ id }) => id.startsWith('choice:'))
      : []
    const missing = [...undrawn.filter(({ need }) => need === 'required'), ...unanswered]
    if (missing.length > 0) open.set(node.id, missing)
  }
  openOf.set(compiled, open)
  return open
}
const openOf = new WeakMap<Compiled, ReadonlyMap<string, readonly Outlet[]>>()
