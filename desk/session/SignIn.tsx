import { Alert, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useState, useSyncExternalStore, type FormEvent } from 'react'
import { createApi } from '#ui/api.ts'
import { ApiProblem } from '#ui/request.ts'
import { session } from '#ui/session.ts'
import { Logo } from '#ui/kit/Logo.tsx'
import { Message } from '../shell/Message.tsx'
import { words } from '../words/en.ts'
import styles from '../shell/Message.module.css'

const text = words.session

/** Asks for a key, and tries it before it is kept. */
export function SignIn() {
  const { refused } = useSyncExternalStore(session.subscribe, session.state)
  const [key, setKey] = useState('')
  const [trying, setTrying] = useState(false)
  const [fault, setFault] = useState<string | null>(null)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const given = key.trim()
    if (given === '') return
    setTrying(true)
    const wrong = await tryKey(given)
    setTrying(false)
    setFault(wrong)
    if (wrong === null) session.signIn(given)
  }

  return (
    <main className={styles['page']}>
      <Paper
        component="form"
        onSubmit={(event) => void submit(event)}
        withBorder
        p="xl"
        w="min(26rem, 100%)"
        shadow="sm"
      >
        <Stack>
          <Logo size={32} />
          <Title order={1} size="h3">
            {text.title}
          </Title>
          <Text size="sm">{text.explain}</Text>
          {refused && fault === null && (
            <Alert color="orange" variant="light" role="alert">
              {text.refused}
            </Alert>
          )}
          <PasswordInput
            label={text.key}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={fault}
            autoComplete="current-password"
            data-autofocus
            required
          />
          <Button type="submit" loading={trying}>
            {text.submit}
          </Button>
        </Stack>
      </Paper>
    </main>
  )
}

/** The key is of a role that has no work at the desk. */
export function Barred({ role }: { readonly role: string }) {
  const { title, explain, leave } = text.barred
  return (
    <main style={{ height: '100%' }}>
      <Message order={1} title={title} explain={explain(role)}>
        <Button variant="default" onClick={session.signOut}>
          {leave}
        </Button>
      </Message>
    </main>
  )
}

/** Nobody knows yet who works here: the server does not answer. */
export function Unreachable() {
  return (
    <main style={{ height: '100%' }} role="status">
      <Message order={1} {...text.away} />
    </main>
  )
}

/** What is wrong with a key; null when the server knows it. */
async function tryKey(key: string): Promise<string | null> {
  try {
    await createApi({ base: '', key }).self()
    return null
  } catch (error) {
    return error instanceof ApiProblem && error.passes ? text.unreachable : text.wrong
  }
}
