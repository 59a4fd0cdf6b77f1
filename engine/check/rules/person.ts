import { kindOf } from '../../kinds/index.ts'
import { reachableFrom } from '../graph.ts'
import type { CheckRule } from '../rule.ts'

/** From every step of the bot a customer can come to a person, or to a promise that one will answer. */
export const person: CheckRule = {
  name: 'person',
  title: 'A person can always be reached',
  find: ({ compiled: { flow, nodes }, graph, pointerOf }) => {
    const toward = new Map<string, string[]>()
    for (const { from, to } of graph.steps) {
      const known = toward.get(to)
      if (known) known.push(from)
      else toward.set(to, [from])
    }
    const help = flow.nodes.filter((node) => kindOf(node).phase === 'queued').map((node) => node.id)
    const helped = new Set(help.flatMap((id) => [...reachableFrom(id, (node) => (toward.get(node) ?? []).map((to) => ({ from: node, to, event: '' })))]))
    return [...graph.reachable]
      .filter((id) => ['ask', 'listen', 'wait'].includes(nodes.get(id)?.type ?? '') && !helped.has(id))
      .map((id) => ({
        rule: 'person', severity: 'error' as const, node: id, pointer: pointerOf(id),
        message: `From “${id}” no customer can come to a person, a ticket or a callback; add a trigger for an explicit request that leads to a queue`,
      }))
  },
}
