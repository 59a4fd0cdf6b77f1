import type { CheckRule } from '../rule.ts'

/** A node that no conversation comes to is a forgotten edge or a leftover. */
export const unreachable: CheckRule = {
  name: 'unreachable',
  title: 'Every node can be reached',
  find: ({ compiled: { flow }, graph, pointerOf }) => flow.nodes
    .filter((node) => !graph.reachable.has(node.id))
    .map((node) => ({
      rule: 'unreachable', severity: 'warning', node: node.id, pointer: pointerOf(node.id),
      message: `No conversation comes to “${node.id}”; lead an edge to it or take it out`,
    })),
}
