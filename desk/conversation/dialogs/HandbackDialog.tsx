import { Button, Group, Modal, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { send } from '../../session/work.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { overlays } from '../../shell/overlays.ts'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import { submitOnEnter } from './submit.ts'

const text = words.conversation.handback
const LONGEST = 2_000

/** Back to the bot, with what it should know. */
export function HandbackDialog({ conversation }: { readonly conversation: string }) {
  const [note, setNote] = useState('')
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    overlays.hide()
    const said = note.trim()
    if (await send(conversation, { type: 'agent.handback', ...(said === '' ? {} : { note: said }) }))
      say({ tone: 'good', text: text.done })
  }
  return (
    <Modal opened onClose={overlays.hide} title={text.title} size="md">
      <form onSubmit={(event) => void submit(event)}>
        <Text size="sm" c="dimmed" mb="sm">
          {text.explain}
        </Text>
        <Textarea
          label={text.note}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={submitOnEnter}
          maxLength={LONGEST}
          autosize
          minRows={3}
          maxRows={8}
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" leftSection={<Glyph name="return" size={16} />}>
            {text.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
