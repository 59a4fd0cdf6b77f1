import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { overlays } from '../../shell/overlays.ts'
import { flowPath, navigate } from '../../shell/route.ts'
import { words } from '../../words/en.ts'
import { freshFlow } from '../fresh.ts'
import { addFlow, reasonOf } from '../server.ts'
import styles from './dialogs.module.css'

const text = words.start.fresh

/** Names a new flow, and teaches the first three moves. */
export function NewFlowDialog() {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [taught, setTaught] = useState(true)
  const [nameless, setNameless] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const submit = async (): Promise<void> => {
    const plain = name.trim()
    setNameless(plain === '')
    if (plain === '') return
    setBusy(true)
    try {
      const id = await addFlow(freshFlow(plain, { taught }), plain)
      void queries.invalidateQueries({ queryKey: ['flows'] })
      overlays.hide()
      navigate(flowPath(id))
    } catch (error) {
      setFailure(reasonOf(error))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={overlays.hide} title={text.title} centered>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <TextInput
            label={text.name}
            placeholder={text.nameExample}
            required
            maxLength={200}
            data-autofocus
            error={nameless && text.nameCure}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value)
              setNameless(false)
            }}
          />
          <div className={styles['moves']}>
            <Text size="sm" fw={600}>
              {text.moves}
            </Text>
            <ol>
              {words.start.moves.map((move) => (
                <li key={move.title}>
                  <strong>{move.title}.</strong> {move.text}
                </li>
              ))}
            </ol>
            <Checkbox
              label={text.notes}
              checked={taught}
              onChange={(event) => setTaught(event.currentTarget.checked)}
            />
          </div>
          {failure !== null && (
            <Alert color="red" title={words.start.failures.add}>
              {failure}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={overlays.hide}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {text.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
