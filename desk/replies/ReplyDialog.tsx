import { Button, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiProblem } from '#ui/request.ts'
import type { CannedReply } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { asSentence } from '../conversation/naming.ts'
import { words } from '../words/en.ts'

const text = words.replies

interface Props {
  /** What was read to be edited, with its etag; null: a new one. */
  readonly read: { readonly reply: CannedReply; readonly etag: string } | null
  onSaved(): void
  onClose(): void
}

/** A canned reply as it is written; faults of its Liquid are named beneath the text. */
export function ReplyDialog({ read, onSaved, onClose }: Props) {
  const [draft, setDraft] = useState<CannedReply>(
    read?.reply ?? { id: '', shortcut: '', title: '', text: '', teams: [] },
  )
  const [etag, setEtag] = useState(read?.etag ?? null)
  const [fault, setFault] = useState<string | null>(null)
  const { data: teams = [] } = useQuery({ queryKey: ['teams'], queryFn: api.teams, staleTime: 60_000 })
  const isWhole = draft.shortcut.trim() !== '' && draft.title.trim() !== '' && draft.text.trim() !== ''

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      await api.saveCannedReply({ ...draft, id: draft.id === '' ? idOf(draft.shortcut) : draft.id }, etag)
      onSaved()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.status === 412) return void overtaken()
      setFault(
        error.errors.length === 0 ? error.detail : error.errors.map(({ message }) => asSentence(message)).join(' '),
      )
    }
  }
  /** Somebody else has saved meanwhile: their text is shown, and the next save is over it. */
  const overtaken = async (): Promise<void> => {
    const now = await api.cannedReply(draft.id === '' ? idOf(draft.shortcut) : draft.id).catch(() => null)
    setEtag(now?.etag ?? null)
    setFault(now === null ? text.gone : text.overtaken(now.reply.text))
  }
  return (
    <Modal opened onClose={onClose} title={read === null ? text.add : text.edit(read.reply.title)} size="lg">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label={text.shortcut}
            description={text.shortcutHelp}
            value={draft.shortcut}
            onChange={({ currentTarget: { value } }) => setDraft({ ...draft, shortcut: value })}
            leftSection="/"
            required
            data-autofocus
          />
          <TextInput
            label={text.name}
            value={draft.title}
            onChange={({ currentTarget: { value } }) => setDraft({ ...draft, title: value })}
            required
          />
          <Textarea
            label={text.text}
            value={draft.text}
            onChange={({ currentTarget: { value } }) => setDraft({ ...draft, text: value })}
            error={fault}
            autosize
            minRows={4}
            maxRows={12}
            required
          />
          <MultiSelect
            label={text.teams}
            description={text.teamsHelp}
            data={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={[...(draft.teams ?? [])]}
            onChange={(chosen) => setDraft({ ...draft, teams: chosen })}
          />
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" disabled={!isWhole}>
            {text.save}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** An id that is read in the file the replies are kept in. */
function idOf(shortcut: string): string {
  const plain = shortcut
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain === '' ? `reply-${Date.now().toString(36)}` : plain
}
