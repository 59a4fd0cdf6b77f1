import { Button, Chip, Group, Modal, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Icon } from '#ui/icon.tsx'
import { send } from '../../session/work.ts'
import { overlays } from '../../shell/overlays.ts'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import { submitOnEnter } from './submit.ts'

const text = words.conversation.resolve
const LONGEST = 2_000

/** Done, and how. */
export function ResolveDialog({ conversation }: { readonly conversation: string }) {
  const [resolution, setResolution] = useState('')
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    overlays.hide()
    if (await send(conversation, { type: 'agent.resolve', resolution: resolution.trim() }))
      say({ tone: 'good', text: text.done })
  }
  return (
    <Modal opened onClose={overlays.hide} title={text.title} size="md">
      <form onSubmit={(event) => void submit(event)}>
        <Text size="sm" c="dimmed" mb="sm">
          {text.explain}
        </Text>
        <Group gap={6} mb="sm" role="group" aria-label={text.common}>
          {text.reasons.map((reason) => (
            <Chip
              key={reason}
              size="xs"
              checked={resolution === reason}
              onChange={(on) => setResolution(on ? reason : '')}
            >
              {reason}
            </Chip>
          ))}
        </Group>
        <Textarea
          label={text.reason}
          value={resolution}
          onChange={(event) => setResolution(event.currentTarget.value)}
          onKeyDown={submitOnEnter}
          maxLength={LONGEST}
          autosize
          minRows={2}
          maxRows={8}
          required
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={resolution.trim() === ''} leftSection={<Icon name="check" size={16} />}>
            {text.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
