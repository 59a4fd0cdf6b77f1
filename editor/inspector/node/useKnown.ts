import { useRef } from 'react'
import type { Known } from '../condition/names.ts'
import { useEditor } from '../../document/store.ts'
import { knownIn } from './known.ts'

/** `knownIn` of the open flow; the same object while it says the same. */
export function useKnown(): Known {
  const nodes = useEditor((state) => state.document.nodes)
  const variables = useEditor((state) => state.document.variables)
  const kept = useRef<{ readonly key: string; readonly known: Known } | null>(null)
  const known = knownIn({ nodes, variables })
  const key = JSON.stringify(known)
  if (kept.current?.key !== key) kept.current = { key, known }
  return kept.current.known
}
