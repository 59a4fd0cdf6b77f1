import { kindOf, type NodeOfKind } from '../../kinds/index.ts'
import { isJunction } from '../arcs.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'
import { openOutlets } from './outlets.ts'

/** How a person's part may end, and what has come about then. */
const ENDINGS = [
  ['resolved', 'resolves it'],
  ['handback', 'hands back'],
  ['idle', 'hears no more from the customer'],
  ['gone', 'goes'],
] as const

/** However a person's part of a conversation ends, it leads on: back to the bot, or to the end. */
export const endings: CheckRule = {
  name: 'endings',
  title: 'A person can always give back or close',
  find: (examined) => {
    const {
      compiled,
      compiled: { flow },
      graph,
    } = examined
    // What has an outlet that leads nowhere is said by `outlets`.
    const open = openOutlets(compiled)
    const settled = graph.behind(
      flow.nodes
        .filter((node) => {
          const { phase, rests } = kindOf(node)
          return phase === 'closed' || node.type === 'handback' || (phase === 'bot' && rests === true)
        })
        .map(({ id }) => id),
    )
    return flow.nodes
      .filter((node) => node.type === 'agent')
      .filter(({ id }) => graph.reachable.has(id) && !open.has(id))
      .flatMap((node) => unsettled(node, settled, examined))
  },
}

function unsettled(
  { id }: NodeOfKind<'agent'>,
  settled: ReadonlySet<string>,
  { graph, pointerOf, pathTo }: Examined,
): readonly Problem[] {
  const isSettled = (place: string): boolean =>
    settled.has(place) || (isJunction(place) && graph.arcsFrom(place).some(({ to }) => isSettled(to)))
  return ENDINGS.flatMap(([outlet, happens]) => {
    const ways = graph.arcsFrom(id).filter((step) => step.ways.some((way) => way.node === id && way.outlet === outlet))
    const lost = ways.find(({ to }) => !isSettled(to))
    if (ways.length > 0 && lost === undefined) return []
    const severity = lost === undefined ? ('error' as const) : ('warning' as const)
    return [
      {
        rule: 'endings',
        severity,
        node: id,
        pointer: pointerOf(id),
        message:
          lost === undefined
            ? `When the person at “${id}” ${happens}, the customer stays with nobody; draw where “${outlet}” leads`
            : `When the person at “${id}” ${happens}, the conversation comes to ${isJunction(lost.to) ? 'a queue' : `“${lost.to}”`} and from there neither back to the bot nor to an end; lead it to a “handback” or a “close”`,
        ...pathTo({ node: id }),
      },
    ]
  })
}
