import { TextInput } from '@mantine/core'
import { lazy, Suspense, type KeyboardEvent, type ReactNode } from 'react'
import { words } from '../../words/en.ts'
import { useHalfTyped } from './half-typed.ts'

const SuggestedName = lazy(async () => ({ default: (await import('./SuggestedName.tsx')).SuggestedName }))

export interface DraftNameProps {
  readonly label: string
  /** Where in the flow it stands: what is half typed there is kept through a reload. */
  readonly place: string
  readonly value: string
  /** What a name must look like, and the sentence for one that does not. */
  readonly pattern: RegExp
  readonly cure: string
  /** Names that others have already. */
  readonly taken?: readonly string[]
  readonly suggestions?: readonly string[]
  readonly help?: string | undefined
  readonly error?: ReactNode
  readonly large?: boolean
  readonly readOnly: boolean
  onChange(value: string): void
}

/**
 * A name that other places go by: an id, a variable, a header. It is written whole: half a name would cut off what hangs
 * on it, so it counts when the field is left or Enter is pressed, and only when it can be one. Escape takes it back.
 */
export function DraftName({
  label,
  place,
  value,
  pattern,
  cure,
  taken = [],
  suggestions = [],
  help,
  error,
  large = false,
  readOnly,
  onChange,
}: DraftNameProps) {
  const [written, setWritten] = useHalfTyped(place, value)
  const shown = written ?? value
  const wrong =
    shown === value
      ? undefined
      : !pattern.test(shown)
        ? cure
        : taken.includes(shown)
          ? words.inspector.taken(shown)
          : undefined
  const settle = (name: string): void => {
    const isNew = name !== value
    if (isNew && (!pattern.test(name) || taken.includes(name))) return
    setWritten(undefined)
    if (isNew) onChange(name)
  }
  const line = {
    label,
    description: help,
    size: large ? 'sm' : 'xs',
    value: shown,
    readOnly,
    error: wrong ?? error,
    spellCheck: false,
    onBlur: () => settle(shown),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') settle(shown)
      if (event.key === 'Escape') setWritten(undefined)
    },
  } as const
  const plain = <TextInput {...line} onChange={(event) => setWritten(event.currentTarget.value)} />
  if (suggestions.length === 0) return plain
  return (
    <Suspense fallback={plain}>
      <SuggestedName {...line} data={[...suggestions]} onChange={setWritten} onOptionSubmit={settle} />
    </Suspense>
  )
}
