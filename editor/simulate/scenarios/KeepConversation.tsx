import { Alert, Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Refusal } from '#engine/index.ts'
import type { TakenLog } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { takenOf, type Lived } from './keep.ts'
import style from './Scenarios.module.css'
import { shelf, useShelved } from './shelf.ts'

const said = words.simulate.keeping

interface Props {
  readonly conversation: string
  readonly flowId: string
  /** All of its events, in order, each with the flow that ran then. */
  readonly lived: readonly Lived[]
}

/** A real conversation, saved as a scenario of its flow. */
export function KeepConversation({ conversation, flowId, lived }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [kept, setKept] = useState<TakenLog | Refusal | null>(null)
  if (!isOpen) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {said.open}
      </Button>
    )
  }
  const keep = (name: string, asItIs: boolean): void => {
    const taken = takenOf(lived, { name, asItIs })
    if (!(taken instanceof Refusal)) shelf.add(flowId, [taken.scenario])
    setKept(taken)
  }
  const close = (): void => {
    setOpen(false)
    setKept(null)
  }
  return (
    <section className={style['part']} aria-label={said.open}>
      {(kept === null || kept instanceof Refusal) && (
        <>
          <Text size="xs" mb="xs">
            {said.lead}
          </Text>
          <KeepForm flowId={flowId} suggestion={said.suggestion(conversation)} onKeep={keep} onCancel={close} />
        </>
      )}
      <div aria-live="polite">{kept !== null && <Kept kept={kept} onClose={close} />}</div>
    </section>
  )
}

interface FormProps {
  readonly flowId: string
  readonly suggestion: string
  readonly onKeep: (name: string, asItIs: boolean) => void
  readonly onCancel: () => void
}

function KeepForm({ flowId, suggestion, onKeep, onCancel }: FormProps) {
  const [name, setName] = useState(suggestion)
  const [asItIs, setAsItIs] = useState(false)
  const taken = useShelved(flowId).scenarios.some((each) => each.name === name.trim())
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') onKeep(name.trim(), asItIs)
  }
  return (
    <form onSubmit={save}>
      <Group gap={6} align="end" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          label={said.name}
          maxLength={200}
          value={name}
          description={taken ? said.replaces : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          autoFocus
        />
        <Button size="xs" type="submit" disabled={name.trim() === ''}>
          {said.save}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {words.simulate.scenarios.cancel}
        </Button>
      </Group>
      <Checkbox
        mt="xs"
        size="xs"
        label={said.asItIs}
        description={said.asItIsMore}
        checked={asItIs}
        onChange={(event) => setAsItIs(event.currentTarget.checked)}
      />
    </form>
  )
}

function Kept({ kept, onClose }: { readonly kept: TakenLog | Refusal; readonly onClose: () => void }) {
  if (kept instanceof Refusal) {
    return (
      <Alert mt="xs" p="xs" color="red" variant="light" title={said.failed}>
        <Text size="xs">{kept.message}</Text>
      </Alert>
    )
  }
  return (
    <Alert
      p="xs"
      color="green"
      variant="light"
      title={said.saved(kept.scenario.name)}
      withCloseButton
      closeButtonLabel={words.simulate.dismiss}
      onClose={onClose}
    >
      {kept.notes.map((note) => (
        <Text key={note} size="xs">
          {note}
        </Text>
      ))}
      <Text size="xs">{said.readIt}</Text>
    </Alert>
  )
}
