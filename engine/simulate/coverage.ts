/**
 * What of a flow some conversations have come through. Laws:
 *   1. What can be covered is told by the flow alone: every node; every outlet that is drawn, and every other whose default
 *      the machine may take; every trigger. A trigger is one thing, not three: its node and its only outlet go by it.
 *   2. More steps never cover less, and their order does not matter.
 *   3. A node counts when a conversation rested in it or passed it, also where it passed it within one event.
 */
import { nodeOfState } from '../conversation/state.ts'
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import type { StateConfig, WayOut } from '../compile/config.ts'
import { outletsOf } from '../flow/parse.ts'

/** One thing to cover. `id` is `node:<id>`, `outlet:<node>.<outlet>` or `trigger:<id>`. */
export type CoverageItem =
  | { readonly kind: 'node' | 'trigger'; readonly id: string; readonly node: string }
  | { readonly kind: 'outlet'; readonly id: string; readonly node: string; readonly outlet: string }

/** Both in the document's order, a node before its outlets. */
export interface Coverage {
  readonly covered: readonly CoverageItem[]
  readonly uncovered: readonly CoverageItem[]
}

/** What a step of any kind must tell: where the conversation stood after it, and the outlets that it passed. */
export type Trodden = { readonly ways: readonly WayOut[] } & (
  { readonly state: string } | { readonly snapshot: { readonly state: string } }
)

/**
 * What these steps cover: a simulation's, a path's, or those of many one after the other.
 * @param flow a flow, or a flow document as it was read from a file
 * @throws FlowFaults when it is malformed
 */
export function coverageOf(flow: object, steps: Iterable<Trodden>): Coverage {
  const compiled = compiledFlow(flow)
  const seen = new Set<string>()
  const drawn = new Map(compiled.flow.edges.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge.target]))
  for (const step of steps) {
    const state = 'state' in step ? step.state : step.snapshot.state
    seen.add(`node:${nodeOfState(state)}`)
    for (const { node, outlet } of step.ways) {
      seen.add(`node:${node}`).add(`trigger:${node}`).add(`outlet:${node}.${outlet}`)
      const target = drawn.get(`${node}\n${outlet}`)
      if (target !== undefined) seen.add(`node:${target}`)
    }
  }
  const items = itemsOf(compiled)
  return { covered: items.filter(({ id }) => seen.has(id)), uncovered: items.filter(({ id }) => !seen.has(id)) }
}

/** Everything of a flow that can be covered. @throws FlowFaults when the document is malformed */
export function coverageItems(flow: object): readonly CoverageItem[] {
  return itemsOf(compiledFlow(flow))
}

const known = new WeakMap<Compiled, readonly CoverageItem[]>()

function itemsOf(compiled: Compiled): readonly CoverageItem[] {
  const found = known.get(compiled)
  if (found) return found
  const leads = new Set(compiled.flow.edges.map((edge) => `${edge.source}\n${edge.sourceHandle}`))
  const heard = heardFirst(compiled)
  for (const { node, outlet } of waysIn(compiled.chart.config, heard)) leads.add(`${node}\n${outlet}`)
  const items = compiled.flow.nodes.flatMap((node): readonly CoverageItem[] =>
    node.type === 'trigger'
      ? [{ kind: 'trigger', id: `trigger:${node.id}`, node: node.id }]
      : [
          { kind: 'node', id: `node:${node.id}`, node: node.id },
          ...outletsOf(node)
            .filter((outlet) => leads.has(`${node.id}\n${outlet.id}`))
            .map((outlet) => ({
              kind: 'outlet' as const,
              id: `outlet:${node.id}.${outlet.id}`,
              node: node.id,
              outlet: outlet.id,
            })),
        ],
  )
  known.set(compiled, items)
  return items
}

/** The outlets that the machine knows a way for, by events that are left to it. */
function waysIn(state: StateConfig, heard: (event: string) => boolean): readonly WayOut[] {
  const named = [...Object.entries(state.on ?? {}), ...Object.entries(state.after ?? {})].filter(
    ([event]) => !heard(event),
  )
  const transitions = [...(state.always ?? []), ...named.flatMap(([, each]) => each)]
  const inner = Object.values(state.states ?? {}).flatMap((each) => waysIn(each, heard))
  return [...transitions.flatMap(({ meta }) => meta?.ways ?? []), ...inner]
}

/** The events of a bot that a trigger always takes where no way is drawn for them: their defaults never come about. */
function heardFirst({ triggers, timers }: Compiled): (event: string) => boolean {
  const surely = triggers.filter(({ data: { signals, match } }) => match === 'any' || signals.length === 1)
  const configs = surely.flatMap(({ data }) => data.signals)
  const watches = (signal: 'botSilent' | 'botAsked' | 'explicitRequest'): boolean =>
    configs.some((each) => each.signal === signal && (each.signal !== 'botSilent' || each.times === 1))
  const owed = [...timers.values()].filter((timer) => timer.botOwes)
  const events = new Set([
    ...(watches('botSilent') ? ['bot.failed', ...owed.map((timer) => (timer.isAfter ? timer.id : timer.event))] : []),
    // A bot that asks for a person goes the way of a customer who does.
    ...(watches('botAsked') || watches('explicitRequest') ? ['bot.escalate'] : []),
  ])
  return (event) => events.has(event)
}
