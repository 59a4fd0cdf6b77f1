import { isTransient } from '../graph.ts'
import type { CheckRule, Examined } from '../rule.ts'

/**
 * No circle of nodes that wait for nobody: it would go round for ever, without the customer. A queue that turns away (while
 * nobody is there, or when it is full) is such a node: at night all of them do at once.
 */
export const circles: CheckRule = {
  name: 'circles',
  title: 'No circle without the customer',
  find: (examined) => {
    const circle = firstCircle(examined)
    return circle === undefined ? [] : [{
      rule: 'circles', severity: 'error', node: circle[0] ?? null, pointer: examined.pointerOf(circle[0] ?? ''),
      message: `${circle.map((id) => `“${id}”`).join(' → ')} goes round without the customer; put a question, a bot or a wait into the circle`,
    }]
  },
}

function firstCircle({ compiled: { chart, flow }, graph }: Examined): readonly string[] | undefined {
  const states = Object.values(chart.config.states ?? {}).flatMap((phase) => Object.entries(phase.states ?? {}))
  const turnsAway = new Set(Object.entries(chart.config.states?.['queued']?.states ?? {}).filter(([, state]) => state.always !== undefined).map(([id]) => id))
  const passing = new Set(states.filter(([id, state]) => isTransient(state) || turnsAway.has(id)).map(([id]) => id))
  const done = new Set<string>()
  for (const { id } of flow.nodes) {
    // Depth first, with an explicit stack: flows of thousands of nodes are no reason to overflow.
    const trail: { readonly id: string; readonly next: string[] }[] = []
    const enter = (node: string): void => {
      trail.push({ id: node, next: graph.stepsFrom(node).filter((step) => step.event === '' && passing.has(step.to)).map((step) => step.to) })
    }
    if (passing.has(id) && !done.has(id)) enter(id)
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const next = top.next.pop()
      if (next === undefined) {
        done.add(top.id)
        trail.pop()
        continue
      }
      const at = trail.findIndex((each) => each.id === next)
      if (at >= 0) return [...trail.slice(at).map((each) => each.id), next]
      if (!done.has(next)) enter(next)
    }
  }
  return undefined
}
