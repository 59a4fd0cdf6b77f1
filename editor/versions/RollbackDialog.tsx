import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { api } from '#ui/client.ts'
import { words } from '../words/en.ts'
import { causeOf, useWentLive } from './reading.ts'

const text = words.versions

interface Props {
  readonly flowId: string
  /** The version to make live; null: the dialog is closed. */
  readonly version: number | null
  readonly live: number | null
  readonly onClose: () => void
}

/** Asks before new conversations begin on another version. */
export function RollbackDialog({ flowId, version, live, onClose }: Props) {
  return (
    <Modal
      opened={version !== null}
      onClose={onClose}
      title={version === null ? '' : text.rollbackTitle(version)}
      centered
    >
      {version !== null && <Question flowId={flowId} version={version} live={live} onClose={onClose} />}
    </Modal>
  )
}

function Question({ flowId, version, live, onClose }: Props & { readonly version: number }) {
  const wentLive = useWentLive(flowId)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.rollback(flowId, version),
    onSuccess: () => {
      wentLive(version)
      notifications.show({ message: text.rolledBack(version), color: 'green' })
      onClose()
    },
  })
  return (
    <Stack>
      <Text size="sm">
        {text.rollbackExplain(version, live)} {text.stay} {text.draftStays}
      </Text>
      {error && (
        <Alert color="red" variant="light" title={text.rollbackFailed} role="alert">
          {causeOf(error)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {text.cancel}
        </Button>
        <Button loading={isPending} onClick={() => mutate()}>
          {text.rollback}
        </Button>
      </Group>
    </Stack>
  )
}
