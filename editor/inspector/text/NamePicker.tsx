import { lazy, startTransition, useState } from 'react'
import type { Name } from '../condition/names.ts'
import { InsertButton } from './InsertButton.tsx'

const NamePickerOpen = lazy(async () => ({ default: (await import('./NamePickerOpen.tsx')).NamePickerOpen }))

export interface NamePickerProps {
  readonly names: readonly Name[]
  readonly label: string
  onPick(path: string): void
}

/** The names that may be filled in: the list is fetched when it is first opened; the button stands until it is here. */
export function NamePicker(props: NamePickerProps) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <NamePickerOpen {...props} />
  const open = (): void => startTransition(() => setWanted(true))
  return <InsertButton aria-label={props.label} aria-haspopup="listbox" onClick={open} />
}
