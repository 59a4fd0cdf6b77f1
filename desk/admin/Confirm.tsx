import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ActDialog } from './ActDialog.tsx'
import { useAct } from './useAct.ts'

interface Props {
  readonly title: string
  readonly explain: string
  readonly submit: string
  /** What goes with it cannot be had back. */
  readonly danger?: boolean
  /** Does it at the server; what it refuses is said here. */
  act(): Promise<void>
  onClose(): void
  readonly children?: ReactNode
}

/** Asks before something is done that others feel. */
export function Confirm({ title, explain, submit, danger = false, act, onClose, children }: Props) {
  const acting = useAct()
  return (
    <ActDialog
      title={title}
      submit={submit}
      acting={acting}
      danger={danger}
      first="cancel"
      onSubmit={() => acting.go(act)}
      onClose={onClose}
    >
      <Text size="sm">{explain}</Text>
      {children}
    </ActDialog>
  )
}
