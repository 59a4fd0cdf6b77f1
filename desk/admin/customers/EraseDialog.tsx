import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { Erased } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { administration } from '../client.ts'
import { useAct } from '../useAct.ts'

const text = words.admin.customers.ask

interface Props {
  readonly id: string
  onErased(record: Erased): void
  onClose(): void
}

/** Erases only when the customer's id is typed out: this cannot be undone. */
export function EraseDialog({ id, onErased, onClose }: Props) {
  const { busy, refusal, go } = useAct()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const isRight = typed.trim() === id
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isRight) go(async () => onErased(await administration.eraseCustomer(id)))
  }
  return (
    <Modal opened onClose={onClose} title={text.title}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {refusal !== null && (
            <Alert color="red" variant="light" role="alert" title={words.admin.notDone}>
              {refusal.message}
            </Alert>
          )}
          <Text size="sm">{text.explain}</Text>
          <TextInput
            label={text.type(id)}
            value={typed}
            error={isTried && !isRight && text.wrong}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {words.admin.cancel}
          </Button>
          <Button type="submit" color="red" loading={busy}>
            {text.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
