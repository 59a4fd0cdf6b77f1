/** Finds cards by what they are called, what they say and which variables they use. */
import { faceNamed } from '#engine/kinds/faces.ts'
import { faceOf } from './face.ts'
import type { Drawing, FlowNode } from './parts.ts'

export interface Hit {
  readonly node: string
  readonly title: string
  /** The passage that matches, with where in it. */
  readonly excerpt: string
  readonly from: number
  readonly to: number
}

const EXCERPT = 64

/** Every card that holds the words, best first: by its sentence and name, then by its texts, then by anything it holds. */
export function find(drawing: Drawing, query: string): readonly Hit[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  return drawing.nodes
    .flatMap((node) => hitOf(node, wanted) ?? [])
    .sort((a, b) => a.rank - b.rank)
    .map(({ hit }) => hit)
}

function hitOf(node: FlowNode, wanted: string): { readonly hit: Hit; readonly rank: number } | undefined {
  const { title, sentence } = faceOf(node)
  const passages = [sentence, title, node.id, ...textsIn(node)]
  for (const [rank, passage] of passages.entries()) {
    const at = passage.toLowerCase().indexOf(wanted)
    if (at >= 0) return { hit: { node: node.id, title, ...excerpt(passage, at, wanted.length) }, rank }
  }
  return undefined
}

/** Texts and conditions first, then every other word the data holds, such as a variable's name. */
function textsIn(node: FlowNode): readonly string[] {
  const kind = faceNamed(node.type)
  const data = kind?.data.safeParse(node.data)
  const spoken =
    kind !== undefined && data?.success === true
      ? [...kind.texts(data.data), ...kind.conditions(data.data)].map((each) => each.source)
      : []
  return [...spoken, ...wordsOf(node.data)]
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    Array.isArray(value) ? wordsOf(part) : [...wordsOf(part), key],
  )
}

function excerpt(passage: string, at: number, length: number): Pick<Hit, 'excerpt' | 'from' | 'to'> {
  const start = Math.max(0, Math.min(at - 16, passage.length - EXCERPT))
  const lead = start > 0 ? '…' : ''
  const tail = start + EXCERPT < passage.length ? '…' : ''
  const from = at - start + lead.length
  return { excerpt: lead + passage.slice(start, start + EXCERPT) + tail, from, to: from + length }
}
