import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Said } from './Said.tsx'
import { SecretInput } from './SecretInput.tsx'
import { useTrying } from './useTrying.ts'
import { changePassword } from './ways.ts'
import { words } from './words.ts'

const text = words.change

/** Changes the password of who is signed in. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const trying = useTrying('change')
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  const [isTried, setTried] = useState(false)
  const [isDone, setDone] = useState(false)

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (password === '' || next === '') return
    trying.begin(async () => {
      await changePassword(password, next)
      setDone(true)
    })
  }
  return (
    <Modal opened onClose={onClose} title={text.title}>
      {isDone ? (
        <Stack>
          <Alert color="green" variant="light" role="status">
            {text.done}
          </Alert>
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.close}
          </Button>
        </Stack>
      ) : (
        <form method="post" noValidate onSubmit={submit}>
          <Stack gap="sm">
            <Said said={trying.said} />
            <SecretInput
              name="password"
              label={text.now}
              value={password}
              autoComplete="current-password"
              error={isTried && password === '' && words.fault.empty.password}
              onChange={({ currentTarget: { value } }) => setPassword(value)}
              data-autofocus
            />
            <SecretInput
              name="next"
              label={text.next}
              description={text.help}
              value={next}
              autoComplete="new-password"
              error={isTried && next === '' && text.empty}
              onChange={({ currentTarget: { value } }) => setNext(value)}
            />
            <Text size="sm" c="dimmed">
              {text.others}
            </Text>
          </Stack>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={trying.busy} disabled={trying.wait > 0}>
              {text.submit}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}
