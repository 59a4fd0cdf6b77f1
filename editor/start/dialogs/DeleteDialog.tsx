import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlowSummary } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { words } from '../../words/en.ts'
import { reasonOf } from '../server.ts'

interface Props {
  readonly flow: FlowSummary
  readonly onClose: () => void
}

const text = words.start.remove

/** Asks before a flow goes away for good, and says what goes with it. */
export function DeleteDialog({ flow: { id, name, etag, published }, onClose }: Props) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const remove = async (): Promise<void> => {
    setBusy(true)
    try {
      await api.deleteFlow(id, etag)
      await queries.invalidateQueries({ queryKey: ['flows'] })
      notifications.show({ message: text.done(name) })
      onClose()
    } catch (error) {
      const isChanged = error instanceof ApiProblem && error.status === 412
      // The card shows what it is now; whoever still wants it gone asks again.
      if (isChanged) void queries.invalidateQueries({ queryKey: ['flows'] })
      setFailure(isChanged ? text.changed : reasonOf(error))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={text.title(name)} centered>
      <Stack>
        <Text size="sm">{text.explain}</Text>
        {published !== null && (
          <Text size="sm" fw={600}>
            {text.live(published)}
          </Text>
        )}
        {failure !== null && (
          <Alert color="red" title={words.start.failures.remove}>
            {failure}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.keep}
          </Button>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            {text.submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
