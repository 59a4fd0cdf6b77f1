/** Moves conversations that run to a version: who would, then doing it, then what came of it. */
import { Alert, Button, EmptyState, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { api } from '#ui/client.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { words } from '../../words/en.ts'
import { causeOf } from '../reading.ts'
import { ConversationLinks } from './ConversationLinks.tsx'
import style from './Migration.module.css'
import { createMoving, type Moving } from './moving.ts'
import { useVersionPreview } from './reading.ts'
import { countOf, Standing } from './Standing.tsx'

const text = words.versions.migration

interface Props {
  readonly flowId: string
  /** Null: the dialog is closed. */
  readonly version: number | null
  readonly onClose: () => void
}

export function MoveDialog({ flowId, version, onClose }: Props) {
  return (
    <Modal
      opened={version !== null}
      onClose={onClose}
      title={version === null ? '' : text.dialog(version)}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': words.shell.close }}
    >
      {version !== null && <Moves flowId={flowId} version={version} onClose={onClose} />}
    </Modal>
  )
}

function Moves({ flowId, version, onClose }: Props & { readonly version: number }) {
  const queries = useQueryClient()
  const [moving] = useState(() => createMoving(version, (asked, signal) => api.migrate(flowId, asked, signal)))
  const state = useStore(moving.store)
  const { data, error, isPending, refetch } = useVersionPreview(flowId, version)
  const [planned, setPlanned] = useState(0)
  // What runs on is the server's; this page asks for no more once the dialog is closed.
  useEffect(
    () => () => {
      moving.stop()
      void queries.invalidateQueries({ queryKey: ['migration', flowId] })
      void queries.invalidateQueries({ queryKey: ['standing', flowId] })
    },
    [moving, queries, flowId],
  )
  if (state.stage !== 'none')
    return <Doing state={state} planned={planned} onStop={moving.stop} onAgain={moving.again} onClose={onClose} />
  if (isPending) return <Waiting label={text.reading} />
  if (error)
    return (
      <Alert color="red" variant="light" title={text.failed} role="alert">
        <Text size="sm">{causeOf(error)}</Text>
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
          {words.versions.again}
        </Button>
      </Alert>
    )
  const count = countOf(data.moves)
  if (count + data.stays.length === 0)
    return <EmptyState my="md" size="sm" title={text.nobody} description={text.nobodyMore(version)} />
  return (
    <Stack gap="sm">
      <Text size="sm">{count === 0 ? text.noneMoves : text.explain}</Text>
      <Standing {...data} level={3} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text.close}
        </Button>
        {count > 0 && (
          <Button
            data-autofocus
            onClick={() => {
              setPlanned(count)
              moving.begin()
            }}
          >
            {text.move(count)}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

interface DoingProps {
  readonly state: Moving
  /** How many were to move. */
  readonly planned: number
  readonly onStop: () => void
  readonly onAgain: () => void
  readonly onClose: () => void
}

function Doing({ state: { stage, moved, stayed, error }, planned, onStop, onAgain, onClose }: DoingProps) {
  const isRunning = stage === 'running'
  const all = Math.max(1, planned, moved.length)
  return (
    <Stack gap="sm">
      {isRunning ? (
        <div>
          <Text size="sm" role="status">
            {text.moving(moved.length, all)}
          </Text>
          <Progress mt={6} aria-label={text.moving(moved.length, all)} value={(100 * moved.length) / all} />
        </div>
      ) : (
        <Text size="sm" fw={600} role="status">
          {text.moved(moved.length)} {stage === 'stopped' && text.stopped}
        </Text>
      )}
      {error !== null && (
        <Alert color="red" variant="light" title={text.moveFailed} role="alert">
          {causeOf(error)}
        </Alert>
      )}
      {stayed.length > 0 && (
        <div>
          <Text size="sm">{text.stayed(stayed.length)}</Text>
          <ul className={style['rows']}>
            {byWhy(stayed).map(([why, conversations]) => (
              <li key={why}>
                <p className={style['why']}>{text.because(why)}</p>
                <ConversationLinks conversations={conversations.slice(0, NAMED)} more={conversations.length - NAMED} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Group justify="flex-end" gap="xs">
        {isRunning ? (
          <Button variant="default" onClick={onStop}>
            {text.cancel}
          </Button>
        ) : (
          <>
            {(stage !== 'done' || stayed.length > 0) && (
              <Button variant="default" onClick={onAgain}>
                {stage === 'done' ? text.again : text.goOn}
              </Button>
            )}
            <Button onClick={onClose} data-autofocus>
              {text.close}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  )
}

/** So many are named one by one, for each why. */
const NAMED = 50

function byWhy(stayed: Moving['stayed']): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>()
  for (const { conversation, why } of stayed) {
    const group = groups.get(why)
    if (group) group.push(conversation)
    else groups.set(why, [conversation])
  }
  return [...groups]
}
