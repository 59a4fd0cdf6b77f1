import { kindOf } from '../../kinds/index.ts'
import { isAtOnce, isJunction } from '../arcs.ts'
import type { Step } from '../graph.ts'
import { knotsOf } from '../knots.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

/**
 * No circle of nodes that wait for nobody: it would go round for ever, without the customer. A queue that turns away (while
 * nobody is there, or when it is full) is such a node: at night all of them do at once. So is a question whose answer is
 * known: it is not asked again, unless something on the way round forgets the answer.
 */
export const circles: CheckRule = {
  name: 'circles',
  title: 'No circle without the customer',
  find: (examined) => {
    const atOnce = arcsAtOnce(examined)
    return knotsIn([...atOnce.keys()], atOnce).flatMap((knot) => {
      const forgotten = forgottenIn(knot, examined)
      const [rest] =
        forgotten.size === 0
          ? [knot]
          : knotsIn(
              knot.filter((node) => !forgotten.has(node)),
              atOnce,
            )
      return rest === undefined ? [] : [problemOf(shortestCircle(rest, atOnce), atOnce, examined)]
    })
  },
}

type Arcs = ReadonlyMap<string, readonly Step[]>

/** What is passed without an event, from each place that is come to. */
export function arcsAtOnce({ graph }: Pick<Examined, 'graph'>): Arcs {
  const arcs = new Map<string, Step[]>()
  for (const arc of graph.arcs) {
    if (!isAtOnce(arc)) continue
    const known = arcs.get(arc.from)
    if (known) known.push(arc)
    else arcs.set(arc.from, [arc])
  }
  return arcs
}

/** The sets of places that all lead to one another, each with a circle in it. */
export function knotsIn(places: readonly string[], arcs: Arcs): readonly (readonly string[])[] {
  const among = new Set(places)
  const next = (place: string): readonly string[] =>
    (arcs.get(place) ?? []).flatMap(({ to }) => (among.has(to) ? [to] : []))
  return knotsOf(places, next).filter((knot) => knot.length > 1 || knot.some((place) => next(place).includes(place)))
}

/** The questions of a knot that may be asked anew on every round: something in it sets what they ask for. */
function forgottenIn(knot: readonly string[], { compiled: { nodes } }: Examined): ReadonlySet<string> {
  const known = knot.flatMap((id) => nodes.get(id) ?? [])
  const set = new Set(known.flatMap((node) => (node.type === 'set' ? kindOf(node).sets(node.data) : [])))
  return new Set(known.filter((node) => node.type === 'ask' && set.has(node.data.variable)).map((node) => node.id))
}

/** Through the first place of a knot, back to it. */
function shortestCircle(knot: readonly string[], arcs: Arcs): readonly Step[] {
  const among = new Set(knot)
  const first = knot.find((place) => !isJunction(place)) ?? ''
  const cameBy = new Map<string, Step>()
  const open = new Set([first])
  for (const place of open) {
    for (const arc of arcs.get(place) ?? []) {
      if (!among.has(arc.to) || cameBy.has(arc.to)) continue
      cameBy.set(arc.to, arc)
      open.add(arc.to)
    }
  }
  const circle: Step[] = []
  for (let arc = cameBy.get(first); arc !== undefined; arc = arc.from === first ? undefined : cameBy.get(arc.from))
    circle.unshift(arc)
  return circle
}

function problemOf(
  circle: readonly Step[],
  atOnce: Arcs,
  { compiled: { nodes }, pointerOf, pathTo }: Examined,
): Problem {
  const round = [circle[0]?.from ?? '', ...circle.map((arc) => arc.to)].filter((place) => !isJunction(place))
  const [node = ''] = round
  const isAsked = (arc: Step): boolean => nodes.get(arc.from)?.type === 'ask'
  // A question that is passed and a choice of ways beside it: whether the known answer leads round is not decided.
  const isChosen = circle.some((arc) => !isAsked(arc) && (atOnce.get(arc.from)?.length ?? 0) > 1)
  // Nor whether what is said again is taken up on the way.
  const isPossible = circle.some((arc) => arc.again) || (circle.some(isAsked) && isChosen)
  const way = round.map((id) => `“${id}”`).join(' → ')
  // Nobody comes to rest in it: the path ends before, and what is decided is decided by the chart.
  const { path } = pathTo({ node })
  return {
    rule: 'circles',
    severity: isPossible ? 'warning' : 'error',
    node,
    pointer: pointerOf(node),
    message:
      isPossible && circle.some(isAsked)
        ? `${way} may go round without the customer, for a question whose answer is known is not asked again; set its variable to null on the way back`
        : `${way} ${isPossible ? 'may go' : 'goes'} round without the customer; put a question, a bot or a wait into the circle`,
    ...(path === undefined ? {} : { path }),
    ...(isPossible ? { confirmed: false } : {}),
  }
}
