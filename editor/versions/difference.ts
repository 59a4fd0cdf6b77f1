/**
 * What changes for customers when one document takes the place of another. Laws: (1) a document against itself changes
 * nothing; (2) read backwards, what was added is removed and the other way round; (3) places on the canvas, notes and
 * groups never count, nor does a default that is written out.
 */
import { faceNamed } from '#engine/kinds/faces.ts'
import { differenceOf } from '../document/difference.ts'
import { isRecord, type FlowDocument, type FlowEdge, type FlowHead, type FlowNode } from '../document/document.ts'
import { sameJson } from '../document/same-json.ts'

/** A field of a step: the path in its data and what its form calls it; `type` is that it is of another kind. */
export interface ChangedField {
  readonly path: string
  readonly label: string | null
}

export interface ChangedStep {
  /** As it is afterwards. */
  readonly node: FlowNode
  readonly fields: readonly ChangedField[]
}

/** An outlet that led to `from` and leads to `to`; null: nowhere. `edge` is the one in the later document. */
export interface ChangedWay {
  readonly source: string
  readonly outlet: string
  readonly from: string | null
  readonly to: string | null
  readonly edge: string | null
}

export interface Changes {
  readonly added: readonly FlowNode[]
  readonly removed: readonly FlowNode[]
  readonly changed: readonly ChangedStep[]
  readonly ways: readonly ChangedWay[]
  readonly head: readonly (keyof FlowHead)[]
}

const HEAD = ['name', 'description', 'language', 'timezone', 'variables'] as const

/** What `to` changes against `from`. */
export function difference(from: FlowDocument, to: FlowDocument): Changes {
  const { added, removed, changed } = differenceOf(to, from)
  const before = new Map(from.nodes.map((node) => [node.id, node]))
  return {
    added,
    removed,
    changed: changed.map((node) => ({ node, fields: fieldsOf(before.get(node.id) ?? node, node) })),
    ways: waysOf(from.edges, to.edges),
    head: HEAD.filter((key) => !sameJson(from[key], to[key])),
  }
}

export function isNothing({ added, removed, changed, ways, head }: Changes): boolean {
  return added.length + removed.length + changed.length + ways.length + head.length === 0
}

/** The ways that are only in the later document, only in the earlier one, and those that lead elsewhere. */
export function sortedWays(ways: readonly ChangedWay[]) {
  return {
    added: ways.filter((way) => way.from === null),
    removed: ways.filter((way) => way.to === null),
    moved: ways.filter((way) => way.from !== null && way.to !== null),
  }
}

function fieldsOf(before: FlowNode, after: FlowNode): readonly ChangedField[] {
  if (before.type !== after.type) return [{ path: 'type', label: null }]
  const [was, is] = [dataOf(before), dataOf(after)]
  const form = faceNamed(after.type)?.form ?? []
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((path) => !sameJson(was[path], is[path]))
    .map((path) => ({ path, label: form.find((field) => field.path === path)?.label ?? path }))
}

/** The data as its kind reads it, its defaults filled in; as it stands where it cannot be read. */
function dataOf({ type, data }: FlowNode): Readonly<Record<string, unknown>> {
  const read = faceNamed(type)?.data.safeParse(data)
  const value = read?.success === true ? read.data : data
  return isRecord(value) ? value : {}
}

function waysOf(from: readonly FlowEdge[], to: readonly FlowEdge[]): readonly ChangedWay[] {
  const [was, is] = [byOutlet(from), byOutlet(to)]
  return [...new Map([...was, ...is])].flatMap(([key, { source, sourceHandle }]) => {
    const [before, after] = [was.get(key), is.get(key)]
    if (before?.target === after?.target) return []
    const [left, right] = [before?.target ?? null, after?.target ?? null]
    return [{ source, outlet: sourceHandle, from: left, to: right, edge: after?.id ?? null }]
  })
}

function byOutlet(edges: readonly FlowEdge[]): ReadonlyMap<string, FlowEdge> {
  return new Map(edges.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge]))
}
