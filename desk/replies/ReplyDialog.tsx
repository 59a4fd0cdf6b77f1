import { Button, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiProblem } from '#ui/request.ts'
import type { CannedReply } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { asSentence } from '../conversation/naming.ts'
import { freeId } from '../setup/ids.ts'
import { words } from '../words/en.ts'

const text = words.replies

interface Props {
  /** What was read to be edited, with its etag; null: a new one. */
  readonly read: { readonly reply: CannedReply; readonly etag: string } | null
  /** The ids of all that are listed. */
  readonly taken: readonly string[]
  onSaved(): void
  onClose(): void
}

/** A canned reply as it is written; faults of its Liquid are named beneath the text. */
export function ReplyDialog({ read, taken, onSaved, onClose }: Props) {
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
      if (read === null) await saveNew()
      else await api.saveCannedReply(draft, etag)
      onSaved()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.status === 412 && read !== null) return void overtaken()
      setFault(
        error.errors.length === 0 ? error.detail : error.errors.map(({ message }) => asSentence(message)).join(' '),
      )
    }
  }
  /** Under an id of its own: one that bears the shortcut's name may have another shortcut by now. */
  const saveNew = async (): Promise<void> => {
    const others = [...taken]
    for (let tries = 5; ; tries -= 1) {
      const id = freeId(draft.shortcut, others) || `reply-${Date.now().toString(36)}`
      try {
        return await api.saveCannedReply({ ...draft, id }, null)
      } catch (error) {
        if (!(error instanceof ApiProblem && error.status === 412) || tries === 0) throw error
        others.push(id)
      }
    }
  }
  /** Somebody else has saved meanwhile: their text is shown, and the next save is over it. */
  const overtaken = async (): Promise<void> => {
    const now = await api.cannedReply(draft.id).catch(() => null)
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
