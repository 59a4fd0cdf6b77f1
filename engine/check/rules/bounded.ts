import type { StateConfig } from '../../compile/config.ts'
import { kindOf, type AnyNode } from '../../kinds/index.ts'
import { durationText } from '../../simulate/duration.ts'
import { climbed, isTransient, takenBy } from '../arcs.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'
import { worstWaits, type WorstWait } from '../worst-waits.ts'
import { openOutlets } from './outlets.ts'

/**
 * No state without a way out in bounded time: wherever a conversation rests, a timer leads on. Where it is the customer's
 * turn it is theirs to go on, and the timer ends what was forgotten. Nor does one wait lead to the next for ever.
 */
export const bounded: CheckRule = {
  name: 'bounded',
  title: 'Every wait ends',
  find: (examined) => [...withoutEnd(examined), ...roundAndRound(examined)],
}

function withoutEnd(examined: Examined): readonly Problem[] {
  const { compiled, graph, pointerOf, pathTo } = examined
  // What has an outlet that leads nowhere is said by `outlets`.
  const open = openOutlets(compiled)
  return compiled.flow.nodes
    .filter((node) => graph.reachable.has(node.id) && !open.has(node.id) && !isLeft(node, examined))
    .map((node): Problem => {
      const { id } = node
      const at = { rule: 'bounded', node: id, pointer: pointerOf(id), ...pathTo({ node: id }) } as const
      return isCustomersTurn(node)
        ? {
            ...at,
            severity: 'warning',
            message: `Who never answers at “${id}” leaves a conversation that never ends; add a “close” to the flow`,
          }
        : {
            ...at,
            severity: 'error',
            message: `Nobody comes on from “${id}” when what it waits for does not come; draw where its time limit leads`,
          }
    })
}

/** Whether a timer leads on from wherever a conversation rests in a node. */
function isLeft(node: AnyNode, { compiled: { chart } }: Examined): boolean {
  const { phase } = kindOf(node)
  const state = chart.config.states?.[phase]?.states?.[node.id]
  if (state === undefined || phase === 'closed' || isTransient(state)) return true
  const rungs = climbed(state)
  return rungs.length === 0 ? hasEnd(state) : rungs.every(([, rung]) => hasEnd(rung))
}

/** By a way that is always open: a bot's silence leads on only from where the bot owes an answer. */
function hasEnd(state: StateConfig): boolean {
  const timed = new Set(Object.keys(state.after ?? {}))
  return takenBy(state).some(
    ({ event, transition: { target, guard } }) =>
      target !== undefined && guard === undefined && (timed.has(event) || event.startsWith('timer.')),
  )
}

function isCustomersTurn({ type }: AnyNode): boolean {
  return type === 'ask' || type === 'listen' || type === 'ladder' || type === 'survey'
}

/** One problem for each circle of waits, however many steps lead into it. */
function roundAndRound({ compiled, pointerOf, pathTo }: Examined): readonly Problem[] {
  const rounds = new Map<string, WorstWait['way']>()
  for (const { way } of worstWaits(compiled).values()) {
    const round = roundOf(way)
    if (round.length > 0)
      rounds.set(
        round
          .map(({ node }) => node)
          .toSorted()
          .join('\n'),
        round,
      )
  }
  return [...rounds.values()].map((round) => {
    const first = round.find(({ wait }) => wait > 0)?.node ?? ''
    const start = round.findIndex(({ node }) => node === first)
    const turned = [...round.slice(start), ...round.slice(0, start)]
    const shown = turned.map(({ node, wait }) => `“${node}”${wait === 0 ? '' : ` (${durationText(wait)})`}`).join(' → ')
    return {
      rule: 'bounded',
      severity: 'warning',
      node: first,
      pointer: pointerOf(first),
      message: `Who waits here may wait for ever: ${shown} → “${first}”; lead one of them to a ticket, a callback or an end`,
      ...pathTo({ node: first }),
    }
  })
}

/** The circle in which a way ends: its last node is the one where it began to repeat. */
function roundOf(way: WorstWait['way']): WorstWait['way'] {
  const last = way.at(-1)
  const first = way.findIndex(({ node }) => node === last?.node)
  return first === way.length - 1 ? [] : way.slice(first, -1)
}
