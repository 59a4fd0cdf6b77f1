import { kindOf } from '../../kinds/index.ts'
import type { CheckRule } from '../rule.ts'

/** From every step of the bot a customer can come to a person, or to a promise that one will answer. */
export const person: CheckRule = {
  name: 'person',
  title: 'A person can always be reached',
  find: ({ compiled: { flow }, graph, pointerOf, pathTo }) => {
    const helped = graph.behind(flow.nodes.filter((node) => kindOf(node).phase === 'queued').map((node) => node.id))
    return flow.nodes
      .filter((node) => kindOf(node).rests && graph.reachable.has(node.id) && !helped.has(node.id))
      .map(({ id }) => ({
        rule: 'person',
        severity: 'error',
        node: id,
        pointer: pointerOf(id),
        message: `From “${id}” no customer can come to a person, a ticket or a callback; add a trigger for an explicit request that leads to a queue`,
        ...pathTo({ node: id }),
      }))
  },
}
