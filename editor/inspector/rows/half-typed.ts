/**
 * What is typed into a field that counts only when it is whole: an id, a duration, a time of day. Law: it stands in the
 * same field again after the page was reloaded, as long as the field holds the value that it was to replace.
 */
import { useState } from 'react'
import { useEditor } from '../../document/store.ts'

/** What it is kept in: the tab's own storage, or a test's. */
export type Keeping = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What stands half typed at a place of the open flow, and how to write it; undefined: nothing does. */
export function useHalfTyped(place: string, value: string): HalfTypedField {
  const flow = useEditor((state) => state.flowId)
  const key = `${PREFIX}${flow ?? ''}/${place}`
  const [written, setWritten] = useState(() => recall(window.sessionStorage, key, value))
  const write = (text: string | undefined): void => {
    setWritten(text)
    keep(window.sessionStorage, key, text === undefined ? undefined : { value, text })
  }
  return [written, write]
}

type HalfTypedField = readonly [text: string | undefined, write: (text: string | undefined) => void]

const PREFIX = 'baton.halfTyped.'

interface HalfTyped {
  /** What the field held when it was typed. */
  readonly value: string
  readonly text: string
}

/** What was kept of a field that holds `value`. */
export function recall(keeping: Keeping, key: string, value: string): string | undefined {
  try {
    const kept: unknown = JSON.parse(keeping.getItem(key) ?? 'null')
    return isHalfTyped(kept) && kept.value === value ? kept.text : undefined
  } catch {
    // A browser may forbid storage, and others may write into it.
    return undefined
  }
}

export function keep(keeping: Keeping, key: string, halfTyped: HalfTyped | undefined): void {
  try {
    if (halfTyped === undefined) keeping.removeItem(key)
    else keeping.setItem(key, JSON.stringify(halfTyped))
  } catch {
    // Full or forbidden: the page works on without.
  }
}

function isHalfTyped(kept: unknown): kept is HalfTyped {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'value' in kept &&
    'text' in kept &&
    typeof kept.value === 'string' &&
    typeof kept.text === 'string'
  )
}
