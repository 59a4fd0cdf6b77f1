import { Alert, Button, Text, Textarea, Title, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { editor, useEditor } from '../document/store.ts'
import { findingsOf, type Finding } from '../problems/findings.ts'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import { Comparison, useChanges } from './Comparison.tsx'
import { isNothing } from './difference.ts'
import { Behind } from './migration/Behind.tsx'
import { LiveNow } from './migration/LiveNow.tsx'
import { causeOf, useVersion, useWentLive } from './reading.ts'
import style from './Versions.module.css'

const text = words.versions
/** The server takes no longer note. */
const LONGEST_NOTE = 2_000
const ERRORS_SHOWN = 5

interface Props {
  readonly flowId: string
  readonly live: number | null
  /** Another version is being compared: this one's changes are told but not painted twice. */
  readonly isAside: boolean
  /** Moves conversations that run to a version. */
  readonly onMove: (version: number) => void
}

/** What publishing the draft would change, what keeps it from being published, and publishing it. */
export function Publish({ flowId, live, isAside, onMove }: Props) {
  const readOnly = useEditor((state) => state.readOnly)
  const viewing = useEditor((state) => state.viewing)
  const problems = useEditor((state) => state.problems)
  const faults = useEditor((state) => state.faults)
  const isLooking = useEditor((state) => state.checked !== state.document)
  const changes = useChanges(useVersion(flowId, live).data ?? null)
  const wentLive = useWentLive(flowId)
  const [note, setNote] = useState('')
  const publishing = useMutation({
    mutationFn: () => publish(note.trim()),
    onSuccess: ({ version }) => {
      setNote('')
      wentLive(version)
      notifications.show({ message: text.publishedNow(version), color: 'green' })
    },
  })
  if (viewing !== null) return null
  if (readOnly) return <Text size="sm">{text.readOnly}</Text>

  const errors = findingsOf(problems, faults).filter(({ severity }) => severity === 'error')
  const isSame = changes !== null && isNothing(changes)
  return (
    <section className={style['part']} aria-label={text.next}>
      <Title order={3} size="h6">
        {text.next}
      </Title>
      {errors.length > 0 && <Blocked errors={errors} />}
      {live === null ? (
        <Text size="sm">{text.first}</Text>
      ) : (
        !isAside && <Comparison flowId={flowId} version={live} heading={text.against(live)} equal={text.same(live)} />
      )}
      {live !== null && !isSame && errors.length === 0 && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            style={{ alignSelf: 'start' }}
            onClick={() => overlays.show('backtest')}
          >
            {text.backtest}
          </Button>
          <LiveNow flowId={flowId} />
        </>
      )}
      {publishing.data?.version === live && live !== null && (
        <Behind flowId={flowId} version={live} onMove={() => onMove(live)} />
      )}
      {!isSame && errors.length === 0 && (
        <Textarea
          label={text.noteLabel}
          description={text.noteHelp}
          size="xs"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {publishing.error && (
        <Alert color="red" variant="light" title={text.publishFailed} role="alert">
          {publishing.error instanceof NotSaved ? publishing.error.message : causeOf(publishing.error)}
        </Alert>
      )}
      <Button
        size="sm"
        disabled={isSame || isLooking || errors.length > 0}
        loading={publishing.isPending}
        onClick={() => publishing.mutate()}
      >
        {publishing.isPending ? text.publishing : isLooking ? text.looking : text.publish}
      </Button>
    </section>
  )
}

/** What is on the screen is what is published: it is saved first, and a draft that cannot be saved is not published. */
async function publish(note: string) {
  const made = await editor.publish(note === '' ? undefined : note)
  if (made) return made
  const { saving } = editor.state()
  throw new NotSaved(saving === 'conflict' || saving === 'offline' ? text.unsaved[saving] : text.unsaved.other)
}

class NotSaved extends Error {}

function Blocked({ errors }: { readonly errors: readonly Finding[] }) {
  const more = errors.length - ERRORS_SHOWN
  return (
    <Alert color="red" variant="light" p="xs" title={text.blocked(errors.length)}>
      <ul className={style['rows']}>
        {errors.slice(0, ERRORS_SHOWN).map(({ key, node, message }) => (
          <li key={key}>
            <UnstyledButton
              className={style['row']}
              title={text.jump}
              onClick={() => (node === null ? editor.show('problems') : editor.focusNode(node))}
            >
              {message}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => editor.show('problems')}>
          {text.moreErrors(more)}
        </Button>
      )}
    </Alert>
  )
}
