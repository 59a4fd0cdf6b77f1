/**
 * What a card shows: its kind's title, the sentence that sums it up, and a row for each way out. Sizes are computed, never
 * measured: with width, height and handles given, React Flow opens 1,000 cards in 0.2 s instead of 1.1.
 */
import { oneLine, sized, type CardFace } from '#engine/export/picture/card.ts'
import { sentence as faultSentence } from '#engine/flow/sentence.ts'
import type { Outlet } from '#engine/index.ts'
import { cardOf, takesEdges } from '../../document/card.ts'
import { words } from '../../words/en.ts'
import type { FlowNode } from './parts.ts'

export { CARD_WIDTH, inputPoint, linesOf, ROW_HEIGHT, rowPoint } from '#engine/export/picture/card.ts'

/** A way out as a row. `stray`: an edge leaves by it though the data no longer offers it. */
export interface Row {
  readonly id: string
  readonly label: string
  readonly need: Outlet['need']
  readonly otherwise?: string
  readonly stray?: true
}

export interface Face extends CardFace {
  readonly kind: string
  /** Nothing leads to a start or to a watcher. */
  readonly hasInput: boolean
  readonly watches: boolean
  readonly rows: readonly Row[]
}

/** The face of a node; remembered by its data, which is never changed in place. */
export function faceOf(node: FlowNode, used: Iterable<string> = []): Face {
  const face = remembered(node)
  const strays = [...used].filter((outlet) => !face.rows.some((row) => row.id === outlet))
  return strays.length === 0 ? face : withStrays(face, strays)
}

const byData = new WeakMap<object, { readonly type: string; readonly face: Face }>()

function remembered(node: FlowNode): Face {
  const key = typeof node.data === 'object' ? node.data : null
  const known = key === null ? undefined : byData.get(key)
  if (known?.type === node.type) return known.face
  const face = read(node)
  if (key !== null) byData.set(key, { type: node.type, face })
  return face
}

function read(node: FlowNode): Face {
  const { title, phase, sentence, outlets, broken } = cardOf(node)
  const base = { kind: node.type, title, phase, hasInput: takesEdges(node), watches: node.type === 'trigger' }
  if (!broken) return sized({ ...base, sentence: oneLine(sentence), rows: outlets })
  return sized({ ...base, sentence: '', rows: outlets, fault: faultOf(node) })
}

function faultOf(node: FlowNode): string {
  const data = cardOf(node).kind?.data.safeParse(node.data)
  const issue = data?.success === false ? data.error.issues[0] : undefined
  return issue === undefined ? words.canvas.card.noKind(node.type) : faultSentence(issue)
}

const byStrays = new WeakMap<Face, Map<string, Face>>()

function withStrays(face: Face, strays: readonly string[]): Face {
  const key = strays.join('\n')
  const known = byStrays.get(face) ?? new Map<string, Face>()
  byStrays.set(face, known)
  const made =
    known.get(key) ?? sized({ ...face, rows: [...face.rows, ...strays.map((id): Row => strayRow(id, face))] })
  known.set(key, made)
  return made
}

/** What a broken card offers is not sure: only a sound one can call a way out a stray. */
function strayRow(id: string, { fault }: Face): Row {
  return { id, label: id, need: 'optional', ...(fault === undefined ? { stray: true } : {}) }
}
