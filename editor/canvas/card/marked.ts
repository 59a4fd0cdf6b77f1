/** What others paint on cards, rows and wires, as words for a `data-paint` attribute: each card listens for its own. */
import type { Fault, Problem } from '#engine/index.ts'
import { useMarks, type Layer, type Marks, type MarksState } from '../../document/marks.ts'
import { useEditor } from '../../document/store.ts'

/** Where layers meet, the first speaks. */
const order: readonly Layer[] = ['simulation', 'way', 'scenario', 'live', 'changes']

/** `active`, `lit`, `added`, `removed`, `changed`, as far as they apply. */
export function useNodePaint(id: string): string {
  return useMarks((state) => paintOfNode(state, id))
}

export function useNodeCount(id: string): number | undefined {
  return useMarks((state) => first(state, (layer) => layer.counts?.[id]))
}

export function useEdgeCount(id: string | undefined): number | undefined {
  return useMarks((state) => (id === undefined ? undefined : first(state, (layer) => layer.edgeCounts?.[id])))
}

export function useEdgeLit(id: string): boolean {
  return useMarks((state) => isEdgeLit(state, id))
}

/** The numbers of the steps that pass a wire, as they stand on it. */
export function useEdgeSteps(id: string): string | undefined {
  return useMarks((state) => state.way?.edgeSteps?.[id])
}

export function paintOfNode(state: MarksState, id: string): string {
  const words: string[] = []
  if (order.some((name) => state[name]?.active === id)) words.push('active')
  if (order.some((name) => state[name]?.litNodes?.has(id))) words.push('lit')
  const changed = state.changes?.changed?.[id]
  if (changed !== undefined) words.push(changed)
  return words.join(' ')
}

export function isEdgeLit(state: MarksState, id: string): boolean {
  return order.some((name) => state[name]?.litEdges?.has(id) === true)
}

function first(state: MarksState, read: (layer: Marks) => number | undefined): number | undefined {
  for (const name of order) {
    const layer = state[name]
    const value = layer === null ? undefined : read(layer)
    if (value !== undefined) return value
  }
  return undefined
}

export interface Trouble {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** The worst that is wrong with a card. */
export function useTrouble(id: string): Trouble | undefined {
  return useEditor(({ problems, faults }) => troublesOf(problems, faults).get(id))
}

let known:
  { problems: readonly Problem[]; faults: readonly Fault[]; troubles: ReadonlyMap<string, Trouble> } | undefined

/** By node; computed once for each finding, however many cards ask. */
export function troublesOf(problems: readonly Problem[], faults: readonly Fault[]): ReadonlyMap<string, Trouble> {
  if (known?.problems === problems && known.faults === faults) return known.troubles
  const troubles = new Map<string, Trouble>()
  for (const { node, message } of faults)
    if (node !== null && !troubles.has(node)) troubles.set(node, { severity: 'error', message })
  for (const { node, severity, message } of problems) {
    if (node !== null && (!troubles.has(node) || (severity === 'error' && troubles.get(node)?.severity === 'warning')))
      troubles.set(node, { severity, message })
  }
  known = { problems, faults, troubles }
  return troubles
}
