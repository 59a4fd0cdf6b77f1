import { Alert, Button, Group, Modal, Stack, type ModalProps } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { words } from '../words/en.ts'
import type { Acting } from './useAct.ts'

const text = words.admin

interface Props extends Pick<ModalProps, 'size'> {
  readonly title: string
  /** What pressing it does, in a word. */
  readonly submit: string
  readonly acting: Acting
  /** What is refused of a field is said beside it. */
  readonly hasFields?: boolean
  readonly canSubmit?: boolean
  /** What goes with it cannot be had back. */
  readonly danger?: boolean
  /** Where the hands are first; in the dialog's first field when left out. */
  readonly first?: 'cancel'
  onSubmit(): void
  onClose(): void
  readonly children: ReactNode
}

/** Asks for what the server is to do, and says why it does not. */
export function ActDialog(props: Props) {
  const { title, submit, acting, hasFields = false, canSubmit = true, danger = false, first, size, children } = props
  const { busy, refusal } = acting
  const act = (event: FormEvent): void => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <Modal opened onClose={props.onClose} title={title} {...(size === undefined ? {} : { size })}>
      <form noValidate onSubmit={act}>
        <Stack gap="sm">
          {refusal !== null && !(hasFields && refusal.errors.length > 0) && (
            <Alert color="red" variant="light" role="alert" title={text.notDone}>
              {refusal.message}
            </Alert>
          )}
          {children}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.onClose} data-autofocus={first === 'cancel' || undefined}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!canSubmit} {...(danger ? { color: 'red' } : {})}>
            {submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
