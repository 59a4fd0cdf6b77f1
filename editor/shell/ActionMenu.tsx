import { lazy, startTransition, useState } from 'react'
import type { ActionGroup } from '../actions/index.ts'
import { MenuButton } from './MenuButton.tsx'

const ActionMenuOpen = lazy(() =>
  import('./ActionMenuOpen.tsx').then(({ ActionMenuOpen }) => ({ default: ActionMenuOpen })),
)

interface Props {
  readonly groups: readonly ActionGroup[]
}

/** The menu of all actions, fetched when it is first opened; the button stands until it is here. */
export function ActionMenu({ groups }: Props) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <ActionMenuOpen groups={groups} />
  const open = (): void => startTransition(() => setWanted(true))
  return <MenuButton aria-haspopup="menu" aria-expanded={false} onClick={open} />
}
