/**
 * What may be added, and what a way out may be led to: the likeliest first. Laws: there is one start; nothing leads to
 * it or to a watcher. Whether two cards that exist may be connected is the document's to say (`canConnect`).
 */
import { phases } from '#engine/conversation/owner.ts'
import { faceNamed, faces, type KindName } from '#engine/kinds/faces.ts'
import type { Drawing, FlowEdge } from './parts.ts'

export interface Way {
  readonly source: string
  readonly outlet: string
}

/** The edge that leaves by this way, if one does. */
export function edgeAt(edges: readonly FlowEdge[], way: Way): FlowEdge | undefined {
  return edges.find((edge) => edge.source === way.source && edge.sourceHandle === way.outlet)
}

/** The kinds that may be added; `after`: what a way may lead to, the likeliest first. */
export function kindsThatFit(drawing: Drawing, after?: Way): readonly KindName[] {
  const started = drawing.nodes.some((node) => node.type === 'start')
  const addable = faces.filter((kind) => kind.name !== 'start' || !started)
  if (after === undefined) return addable.map((kind) => kind.name)
  const from = drawing.nodes.find((node) => node.id === after.source)
  const phase = phases.indexOf(faceNamed(from?.type ?? '')?.phase ?? 'bot')
  const wanted = wantedPhase(phase, after.outlet)
  return addable
    .filter((kind) => kind.name !== 'start' && kind.name !== 'trigger')
    .map((kind, index) => ({ name: kind.name, rank: Math.abs(phases.indexOf(kind.phase) - wanted) * 100 + index }))
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.name)
}

/** Talk goes on with talk; a person is reached by way of a queue; what a person did is followed by a handback. */
function wantedPhase(phase: number, outlet: string): number {
  switch (phases[phase]) {
    case 'escalation':
      return phases.indexOf('queued')
    case 'queued':
      return outlet === 'accepted' ? phases.indexOf('agentActive') : phases.indexOf('queued')
    case 'agentActive':
      return phases.indexOf('handback')
    case 'handback':
      return phases.indexOf('closed')
    default:
      return phase
  }
}
