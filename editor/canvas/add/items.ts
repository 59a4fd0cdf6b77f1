/** What the menu offers: new steps that fit, steps that are there, and what can be done with a way that leads somewhere. */
import { faceNamed } from '#engine/kinds/faces.ts'
import { canConnect } from '../../document/commands/index.ts'
import { nodeOf, type FlowDocument } from '../../document/document.ts'
import { words } from '../../words/en.ts'
import { faceOf } from '../model/face.ts'
import { edgeAt, kindsThatFit } from '../model/fit.ts'
import type { Adding } from '../state.ts'

export type Item =
  | {
      readonly does: 'add'
      readonly key: string
      readonly kind: string
      readonly label: string
      readonly about: string
    }
  | {
      readonly does: 'lead'
      readonly key: string
      readonly kind: string
      readonly node: string
      readonly label: string
      readonly about: string
    }
  | { readonly does: 'goTo'; readonly key: string; readonly node: string; readonly label: string }
  | { readonly does: 'insert'; readonly key: string; readonly edge: string; readonly label: string }
  | { readonly does: 'disconnect'; readonly key: string; readonly edge: string; readonly label: string }

export interface Section {
  readonly title: string
  readonly items: readonly Item[]
}

/** So many steps that are there are listed at once; the search finds the others. */
const PRESENT_AT_MOST = 20

export function sectionsFor(document: FlowDocument, adding: Adding, query: string): readonly Section[] {
  const wanted = query.trim().toLowerCase()
  const matches = (...passages: readonly string[]): boolean =>
    passages.some((each) => each.toLowerCase().includes(wanted))
  const edge = adding.after && edgeAt(document.edges, adding.after)
  const sections: Section[] = []
  if (edge !== undefined && wanted === '')
    sections.push({ title: words.canvas.add.wayOut, items: wayItems(document, edge) })
  sections.push({
    title: words.canvas.add.kinds,
    items: newItems(document, adding)
      .filter((each) => each.does === 'add' && matches(each.label, each.about))
      .toSorted(byName(wanted)),
  })
  if (adding.after !== undefined) {
    const present = presentItems(document, adding).filter(
      (each) => each.does === 'lead' && matches(each.label, each.about, each.node),
    )
    sections.push({
      title: words.canvas.add.present,
      items: present.toSorted(byName(wanted)).slice(0, PRESENT_AT_MOST),
    })
  }
  return sections.filter((section) => section.items.length > 0)
}

/** What is called so comes before what only speaks of it. */
function byName(wanted: string): (one: Item, other: Item) => number {
  const rank = ({ label }: Item): number => {
    const at = label.toLowerCase().indexOf(wanted)
    return at < 0 ? 2 : Math.min(at, 1)
  }
  return (one, other) => rank(one) - rank(other)
}

function wayItems(document: FlowDocument, edge: { readonly id: string; readonly target: string }): readonly Item[] {
  const target = nodeOf(document, edge.target)
  const { goTo, insertHere, disconnect } = words.canvas.add
  return [
    {
      does: 'goTo',
      key: 'goTo',
      node: edge.target,
      label: target === undefined ? goTo : `${goTo}: ${faceOf(target).title}`,
    },
    { does: 'insert', key: 'insert', edge: edge.id, label: insertHere },
    { does: 'disconnect', key: 'disconnect', edge: edge.id, label: disconnect },
  ]
}

function newItems(document: FlowDocument, { after, onEdge }: Adding): readonly Item[] {
  const edge = document.edges.find((each) => each.id === onEdge)
  const way = edge === undefined ? after : { source: edge.source, outlet: edge.sourceHandle }
  return kindsThatFit(document, way).flatMap((name): readonly Item[] => {
    const kind = faceNamed(name)
    if (kind === undefined || (edge !== undefined && leadsNowhere(name))) return []
    return [{ does: 'add', key: `add ${name}`, kind: name, label: kind.title, about: kind.doc }]
  })
}

/** What ends cannot stand on the way to something. */
function leadsNowhere(name: string): boolean {
  const kind = faceNamed(name)
  const data = kind?.data.safeParse(kind.initial)
  return data?.success === true && kind?.outlets(data.data).length === 0
}

function presentItems(document: FlowDocument, { after }: Adding): readonly Item[] {
  if (after === undefined) return []
  return document.nodes
    .filter((node) => node.id !== after.source && canConnect(document, after.source, after.outlet, node.id))
    .map((node) => {
      const { title, sentence } = faceOf(node)
      return { does: 'lead', key: `lead ${node.id}`, kind: node.type, node: node.id, label: title, about: sentence }
    })
}
