import { kindOf, type NodeOfKind } from '../../kinds/index.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

type Trigger = NodeOfKind<'trigger'>

/**
 * Who asks for a person is led there by that very message: to a queue, or while closed to its promise. Asked on the way is
 * what the handoff needs (how much of that, `asks` says); a ladder stands on it once at most, for there the customer may
 * insist. From every step of the bot it is so because a trigger hangs on the phase's root and no step takes its event.
 */
export const explicit: CheckRule = {
  name: 'explicit',
  title: 'Who asks for a person comes to one',
  find: (examined) => {
    const {
      compiled: { flow, triggers },
      graph,
      pointerOf,
      pathTo,
    } = examined
    const listening = flow.nodes.find((node) => kindOf(node).rests && graph.reachable.has(node.id))
    if (listening === undefined) return []
    const asked = triggers.findIndex(hearsRequest)
    const own = triggers[asked]
    if (own === undefined)
      return [
        {
          rule: 'explicit',
          severity: 'warning',
          node: listening.id,
          pointer: pointerOf(listening.id),
          message: `Who asks for a person at “${listening.id}” is not heard; add a trigger for an explicit request that leads to a queue`,
          ...pathTo({ node: listening.id }),
        },
      ]
    return [
      ...strays(own, examined)
        .map(
          (to) =>
            `Who asks for a person comes to “${to}” first; lead “${own.id}” straight to a queue, a ticket or a callback`,
        )
        .map(problemAt(own, examined)),
      ...triggers.slice(0, asked).flatMap((earlier) =>
        strays(earlier, examined)
          .map(
            (to) =>
              `Who asks for a person in a message that also makes “${earlier.id}” fire comes to “${to}” first; put “${own.id}” before it`,
          )
          .map(problemAt(earlier, examined)),
      ),
    ]
  },
}

function problemAt(trigger: Trigger, { pointerOf, pathTo }: Examined): (message: string) => Problem {
  return (message) => ({
    rule: 'explicit',
    severity: 'warning',
    node: trigger.id,
    pointer: pointerOf(trigger.id),
    message,
    ...pathTo({ outlet: { node: trigger.id, outlet: 'fired' } }),
  })
}

/** Where other signals must come together with it, the request alone is not heard. */
function hearsRequest({ data: { signals, match } }: Trigger): boolean {
  const isRequest = ({ signal }: Trigger['data']['signals'][number]): boolean => signal === 'explicitRequest'
  return match === 'all' ? signals.every(isRequest) : signals.some(isRequest)
}

interface Stand {
  readonly node: string
  readonly ladders: number
}

/** Where a trigger leads that is neither a person nor a promise, and waits there: the first such node. */
function strays(trigger: Trigger, { compiled: { nodes }, graph }: Examined): readonly string[] {
  const stands: Stand[] = [{ node: trigger.id, ladders: 0 }]
  const seen = new Set<string>()
  for (const { node, ladders } of stands) {
    if (seen.has(`${node} ${ladders}`)) continue
    seen.add(`${node} ${ladders}`)
    const kind = nodes.get(node)?.type
    switch (kind) {
      case 'queue':
      case 'ticket':
      case 'callback':
      case 'agent':
        continue
      case 'ladder':
        if (ladders > 0) return [node]
        stands.push(
          ...graph
            .stepsFrom(node)
            .filter(({ outlet }) => outlet === 'human')
            .map(({ to }) => ({ node: to, ladders: 1 })),
        )
        continue
      case 'ask':
      case 'call':
        stands.push(
          ...graph
            .stepsFrom(node)
            .filter(({ outlet }) => outlet !== undefined)
            .map(({ to }) => ({ node: to, ladders })),
        )
        continue
      default: {
        const atOnce = graph.stepsFrom(node).filter(({ event }) => event === '')
        if (kind === 'handback' || atOnce.length === 0) return [node]
        stands.push(...atOnce.map(({ to }) => ({ node: to, ladders })))
      }
    }
  }
  return []
}
