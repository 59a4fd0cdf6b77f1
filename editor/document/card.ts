/**
 * What a node says about itself, by its kind: title, phase, sentence, ways out. A node that its kind cannot read, or
 * whose kind does not exist, still has a card: the kind's title (or the type), the ways out its edges use, and
 * `broken`.
 */
import type { Phase } from '#engine/conversation/owner.ts'
import type { Face, Outlet } from '#engine/kinds/face.ts'
import { faceNamed } from '#engine/kinds/faces.ts'
import type { FlowDocument, FlowNode } from './document.ts'

export interface Card {
  readonly kind: Face | undefined
  readonly title: string
  readonly phase: Phase
  readonly sentence: string
  readonly outlets: readonly Outlet[]
  /** Its data cannot be read: sentence and outlets are those of a fresh node. */
  readonly broken: boolean
}

const read = new WeakMap<object, Card>()

/** The card of a node; remembered for as long as the node is. */
export function cardOf(node: FlowNode): Card {
  const known = read.get(node)
  if (known) return known
  const card = make(node)
  read.set(node, card)
  return card
}

/** The outlets of a node, with those its edges use although the kind does not name them (any more). */
export function outletsIn(document: FlowDocument, node: FlowNode): readonly Outlet[] {
  const { outlets } = cardOf(node)
  const named = new Set(outlets.map((outlet) => outlet.id))
  const strays = document.edges.filter((edge) => edge.source === node.id && !named.has(edge.sourceHandle))
  return strays.length === 0
    ? outlets
    : [...outlets, ...strays.map(({ sourceHandle: id }): Outlet => ({ id, label: id, need: 'optional' }))]
}

/** Whether an edge may lead to a node: nothing leads to the start or to a trigger. */
export function takesEdges(node: FlowNode): boolean {
  return node.type !== 'start' && node.type !== 'trigger'
}

/** The way on that a step put in between leaves by: the first that has to lead somewhere, else the first. */
export function mainOutlet(node: FlowNode): Outlet | undefined {
  const { outlets } = cardOf(node)
  return outlets.find((outlet) => outlet.need === 'required') ?? outlets[0]
}

function make(node: FlowNode): Card {
  const kind = faceNamed(node.type)
  if (!kind) return { kind, title: node.type, phase: 'bot', sentence: node.type, outlets: [], broken: true }
  const { title, phase } = kind
  const data = kind.data.safeParse(node.data)
  if (data.success)
    return { kind, title, phase, sentence: kind.sentence(data.data), outlets: kind.outlets(data.data), broken: false }
  const fresh = kind.data.safeParse(kind.initial)
  return { kind, title, phase, sentence: title, outlets: fresh.success ? kind.outlets(fresh.data) : [], broken: true }
}
