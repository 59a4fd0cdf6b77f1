import { kindOf, type AnyNode, type NodeOfKind } from '../../kinds/index.ts'
import { isJunction } from '../arcs.ts'
import type { Step } from '../graph.ts'
import type { CheckRule, Examined } from '../rule.ts'

type Queue = NodeOfKind<'queue'>

/**
 * A queue is honest: it says a time before the wait, has a way while nobody is there, and leads nobody in vain to a closed
 * house: business hours stand before it, or its way for nobody leads to a promise or an end.
 */
export const queues: CheckRule = {
  name: 'queues',
  title: 'Every queue is honest about the wait',
  find: (examined) => {
    const {
      compiled: { flow, nodes },
      graph,
      pointerOf,
      pathTo,
    } = examined
    // Who comes without having passed any business hours may come at night.
    const unchecked = graph.ahead([graph.start], ({ from }) => nodes.get(from)?.type !== 'hours')
    return flow.nodes
      .filter((node) => node.type === 'queue')
      .filter((node) => graph.reachable.has(node.id))
      .flatMap((queue) =>
        [...untimed(queue, examined), ...forNobody(queue, unchecked.has(queue.id), examined)].map((message) => ({
          rule: 'queues',
          severity: 'warning' as const,
          node: queue.id,
          pointer: pointerOf(queue.id),
          message,
          ...pathTo({ node: queue.id }),
        })),
      )
  },
}

function untimed(queue: Queue, examined: Examined): readonly string[] {
  return isTold(queue.id, examined, new Set())
    ? []
    : [
        `Who waits at “${queue.id}” is not told how long; say it in its text, with {{ queue.position }}, {{ queue.eta }} or {{ queue.within }}`,
      ]
}

/** Whether a time is said at a node, or on every way to it by whatever says nothing itself. */
function isTold(id: string, examined: Examined, seen: Set<string>): boolean {
  const {
    compiled: { nodes },
    graph,
  } = examined
  const node = nodes.get(id)
  if (node === undefined || seen.has(id)) return true
  seen.add(id)
  if (saysTime(node, examined)) return true
  const isSilent = node.type === 'hours' || node.type === 'branch' || node.type === 'set' || node.type === 'queue'
  const into = graph.arcsTo(id).filter((arc) => !arc.returns && !isJunction(arc.from))
  return isSilent && into.length > 0 && into.every((arc) => isTold(arc.from, examined, seen))
}

/** A place in the line, or a figure with a unit of time. */
function saysTime(node: AnyNode, { compiled: { expressions } }: Examined): boolean {
  return kindOf(node)
    .texts(node.data)
    .filter(({ path }) => path !== 'updateText')
    .some(({ path, source }) => {
      const reads = expressions.texts.get(`${node.id}/${path}`)?.variables ?? []
      return reads.some((each) => each.startsWith('queue.')) || /\d+\s*(?:s|m|h|d|sek|std|tag|jour)/i.test(source)
    })
}

function forNobody(queue: Queue, comesUnchecked: boolean, { compiled: { nodes }, graph }: Examined): readonly string[] {
  const {
    id,
    data: { team, maxWait },
  } = queue
  const empty = graph.stepsFrom(id).filter(({ outlet }) => outlet === 'empty')
  if (empty.length === 0)
    return [
      `While nobody of “${team}” is there, who comes to “${id}” waits ${maxWait} for nobody; lead “nobody is there” (empty) to a ticket or a callback`,
    ]
  if (!comesUnchecked) return []
  const onward = graph.ahead(
    empty.map(({ to }) => to),
    (step) => isOfItself(step, nodes),
  )
  const isPromised = [...onward].some((node) =>
    ['ticket', 'callback', 'hours', 'close'].includes(nodes.get(node)?.type ?? ''),
  )
  return isPromised
    ? []
    : [
        `While nobody of “${team}” is there, “${id}” leads to no promise and no end; lead “nobody is there” (empty) to a ticket or a callback, or put business hours before the queue`,
      ]
}

/** What happens while nobody is there, without the customer's talking with a bot anew. */
function isOfItself({ from, to, event, outlet }: Step, nodes: ReadonlyMap<string, AnyNode>): boolean {
  const isPassed =
    ['ask', 'call', 'wait', 'queue'].includes(nodes.get(from)?.type ?? '') &&
    outlet !== undefined &&
    event !== 'agent.accept'
  return !isJunction(to) && (event === '' || isPassed)
}
