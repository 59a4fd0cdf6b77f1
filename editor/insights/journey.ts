/**
 * The way of one conversation through its flow. The log says where it stopped; which way it took between two stops is
 * not written down, so that the shortest drawn one is shown, and none where none is drawn.
 */
import type { ShownEntry, ShownMessage } from '#ui/answers.ts'
import type { FlowDocument, FlowEdge } from '../document/document.ts'
import { nodeOfState } from './standing.ts'

export interface Stop {
  readonly seq: number
  readonly at: string
  readonly state: string
  readonly node: string
  /** The trigger that brought it here. */
  readonly trigger: string | null
}

export interface Journey {
  readonly active: string
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** Where a conversation stopped, in order. */
export function stopsOf(log: readonly ShownEntry[]): readonly Stop[] {
  return log.flatMap((entry) =>
    entry.kind === 'moved'
      ? [
          {
            seq: entry.seq,
            at: entry.at,
            state: entry.to,
            node: nodeOfState(entry.to),
            trigger: entry.reason?.trigger ?? null,
          },
        ]
      : [],
  )
}

/** The way from the start to the stop `upTo`, an index of `stops`. */
export function journeyOf(document: FlowDocument, stops: readonly Stop[], upTo: number): Journey {
  const ways = waysOut(document)
  const start = document.nodes.find(({ type }) => type === 'start')
  const nodes = new Set<string>(start ? [start.id] : [])
  const edges = new Set<string>()
  let before = start?.id
  for (const { node, trigger } of stops.slice(0, upTo + 1)) {
    const origin = trigger ?? before
    if (origin !== undefined) nodes.add(origin)
    for (const edge of origin === undefined ? [] : shortest(ways, origin, node)) {
      edges.add(edge.id)
      nodes.add(edge.target)
    }
    nodes.add(node)
    before = node
  }
  return { active: stops[upTo]?.node ?? '', nodes, edges }
}

/** What was said before the stop after `upTo`. */
export function saidUpTo(log: readonly ShownEntry[], stops: readonly Stop[], upTo: number): readonly ShownMessage[] {
  const end = stops[upTo + 1]?.seq ?? Infinity
  return log.flatMap((entry) => (entry.kind === 'message' && entry.seq < end ? [entry] : []))
}

type WaysOut = ReadonlyMap<string, readonly FlowEdge[]>

function waysOut({ edges }: FlowDocument): WaysOut {
  const ways = new Map<string, FlowEdge[]>()
  for (const edge of edges) ways.set(edge.source, [...(ways.get(edge.source) ?? []), edge])
  return ways
}

/** The fewest edges from one node to another; none when they are one node, or nothing leads there. */
function shortest(ways: WaysOut, from: string, to: string): readonly FlowEdge[] {
  if (from === to) return []
  const cameBy = new Map<string, FlowEdge>()
  const open = [from]
  for (let node = open.shift(); node !== undefined && !cameBy.has(to); node = open.shift()) {
    for (const edge of ways.get(node) ?? []) {
      if (edge.target === from || cameBy.has(edge.target)) continue
      cameBy.set(edge.target, edge)
      open.push(edge.target)
    }
  }
  const path: FlowEdge[] = []
  for (let edge = cameBy.get(to); edge !== undefined; edge = cameBy.get(edge.source)) path.unshift(edge)
  return path
}
