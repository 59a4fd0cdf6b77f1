/**
 * What every row of a node's form knows: the node, what is known in its flow, what speaks against it, how to change it.
 * The data itself is apart: it changes with every key, and only the rows that look beyond their own value need it.
 */
import { createContext, use, type ReactNode } from 'react'
import type { Face } from '#engine/kinds/face.ts'
import type { Known } from '../condition/names.ts'
import { at, under, type Trouble } from './troubles.ts'

export interface NodeForm {
  readonly node: string
  readonly kind: Face
  readonly known: Known
  readonly troubles: readonly Trouble[]
  readonly readOnly: boolean
  /** Writes a value at a place; `undefined` takes it away. */
  change(place: string, value: unknown): void
  /** The same for a keystroke: a run of them is one entry of the history. */
  type(place: string, value: unknown): void
}

export const NodeFormContext = createContext<NodeForm | null>(null)
export const NodeDataContext = createContext<unknown>(undefined)

export function useNodeForm(): NodeForm {
  const form = use(NodeFormContext)
  if (form === null) throw new Error('A row of a form stands outside a form.')
  return form
}

/** All that the node holds. */
export function useNodeData(): unknown {
  return use(NodeDataContext)
}

/** What is wrong at a place, as the row says it. */
export function useErrorAt(place: string): ReactNode {
  const { troubles } = useNodeForm()
  return sentences(at(troubles, place))
}

/** What is wrong at a place or anywhere below it, but not in one of the parts that say it themselves. */
export function useErrorUnder(place: string, parts: readonly string[] = []): ReactNode {
  const { troubles } = useNodeForm()
  const own = parts.map((part) => `${place}/${part}`)
  return sentences(
    under(troubles, place).filter(
      (each) => !own.some((part) => each.place === part || each.place.startsWith(`${part}/`)),
    ),
  )
}

function sentences(troubles: readonly Trouble[]): ReactNode {
  return troubles.length === 0 ? undefined : troubles.map((each) => each.message).join('. ')
}
