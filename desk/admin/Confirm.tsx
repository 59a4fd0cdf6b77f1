import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '../words/en.ts'
import { useAct } from './useAct.ts'

const text = words.admin

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
  const { busy, refusal, go } = useAct()
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          go(act)
        }}
      >
        <Stack gap="sm">
          {refusal !== null && (
            <Alert color="red" variant="light" role="alert" title={text.notDone}>
              {refusal.message}
            </Alert>
          )}
          <Text size="sm">{explain}</Text>
          {children}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} {...(danger ? { color: 'red' } : {})}>
            {submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
