import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type FormEvent, type KeyboardEvent } from 'react'
import { api } from '#ui/client.ts'
import { Icon } from '#ui/icon.tsx'
import { fits } from '#ui/kit/search.ts'
import { live, useLive } from '../../live/store.ts'
import { Dot } from '../../presence/Dot.tsx'
import { send } from '../../session/work.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { overlays } from '../../shell/overlays.ts'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import { customerName } from '../naming.ts'
import { watchPassedOn } from '../passed-on.ts'
import styles from './Dialogs.module.css'
import { receiversOf, type Receiver } from './receivers.ts'

const text = words.conversation.transfer
const LONGEST_NOTE = 2_000

interface Props {
  readonly conversation: string
  /** A supervisor gives it to somebody: what waits is given by accepting it for them. */
  readonly assigns: boolean
}

/** To whom it goes on, who of them is there and how much they hold, and a note for whoever takes it. */
export function TransferDialog({ conversation, assigns }: Props) {
  const { agents, queues, conversations } = useLive(({ desk }) => desk)
  const view = conversations.get(conversation)
  const isWaiting = view?.phase === 'queued'
  const { data: teams = [] } = useQuery({ queryKey: ['teams'], queryFn: api.teams, staleTime: 60_000 })
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const receivers = useMemo(() => {
    const holder = view?.agent?.id ?? null
    return receiversOf(agents, isWaiting ? [] : teams, queues, holder).filter(({ name }) => fits(query, name))
  }, [agents, teams, queues, view, isWaiting, query])
  const receiver = receivers.find(({ key }) => key === chosen) ?? null
  const title = assigns ? text.titleAssign : text.title

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (receiver === null) return
    overlays.hide()
    const who = view === undefined ? words.conversation.unknown : customerName(view.about)
    const since = live.state().open.get(conversation)?.thread.last ?? 0
    const said = note.trim()
    const withNote = said === '' ? {} : { note: said }
    const { kind, id, name } = receiver
    const isDone =
      isWaiting && kind === 'agent'
        ? await send(conversation, { type: 'agent.accept', agent: id })
        : await send(
            conversation,
            kind === 'agent'
              ? { type: 'agent.transfer', agent: id, ...withNote }
              : { type: 'agent.transfer', team: id, ...withNote },
          )
    if (!isDone) return
    say({ tone: 'good', text: text.done(name) })
    if (!isWaiting) watchPassedOn(conversation, since, who)
  }
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || receivers.length === 0) return
    event.preventDefault()
    const at = receivers.findIndex(({ key }) => key === chosen)
    setChosen(receivers[(at + step + receivers.length) % receivers.length]?.key ?? null)
  }
  return (
    <Modal opened onClose={overlays.hide} title={title} size="lg">
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setChosen(null)
          }}
          onKeyDown={move}
          placeholder={text.search}
          aria-label={text.search}
          leftSection={<Icon name="search" size={16} />}
          data-autofocus
        />
        <div className={styles['receivers']} role="radiogroup" aria-label={text.to}>
          <Receivers
            title={text.teams}
            of={receivers.filter(({ kind }) => kind === 'team')}
            chosen={chosen}
            onChoose={setChosen}
          />
          <Receivers
            title={text.people}
            of={receivers.filter(({ kind }) => kind === 'agent')}
            chosen={chosen}
            onChoose={setChosen}
          />
          {receivers.length === 0 && <p className={styles['none']}>{text.noneFit}</p>}
        </div>
        {receiver !== null && receiver.warning !== null && (
          <p className={styles['warning']} role="status">
            <Icon name="warning" size={15} />
            {text[receiver.warning]}
          </p>
        )}
        {!isWaiting && (
          <Textarea
            label={text.note}
            description={text.noteHelp}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={LONGEST_NOTE}
            autosize
            minRows={2}
            maxRows={6}
            mt="sm"
          />
        )}
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={receiver === null} leftSection={<Glyph name="swap" size={16} />}>
            {assigns ? text.submitAssign : text.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

interface GroupProps {
  readonly title: string
  readonly of: readonly Receiver[]
  readonly chosen: string | null
  onChoose(key: string): void
}

function Receivers({ title, of, chosen, onChoose }: GroupProps) {
  if (of.length === 0) return null
  return (
    <div role="group" aria-label={title}>
      <h3 className={styles['kind']}>{title}</h3>
      {of.map(({ key, kind, name, presence, line }) => (
        <label key={key} className={styles['receiver']} data-chosen={key === chosen}>
          <input
            type="radio"
            name="receiver"
            checked={key === chosen}
            onChange={() => onChoose(key)}
            className="unseen"
          />
          {kind === 'team' ? <Glyph name="people" size={17} /> : presence !== null && <Dot presence={presence} />}
          <bdi>{name}</bdi>
          <small>{line}</small>
        </label>
      ))}
    </div>
  )
}
