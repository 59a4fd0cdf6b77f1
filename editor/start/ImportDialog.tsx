import { Alert, Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type DragEvent } from 'react'
import { api } from '#ui/client.ts'
import { Icon } from '#ui/icon.tsx'
import type { FlowDocument } from '../document/document.ts'
import { overlays } from '../shell/overlays.ts'
import { flowPath, navigate } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { bring, LARGEST_MB, refusal, type Brought } from './bring.ts'
import styles from './dialogs/dialogs.module.css'
import { Faults } from './Faults.tsx'
import { freeFlowId } from './flow-id.ts'
import { Thumbnail } from './picture/Thumbnail.tsx'
import { TranslatedWorkflow } from './TranslatedWorkflow.tsx'
import { addFlow, reasonOf } from './server.ts'

const text = words.start.bring

/** Brings a flow in from a file or a text, as a flow of its own: the open one is not touched. */
export function ImportDialog() {
  const queries = useQueryClient()
  const [source, setSource] = useState('')
  const [brought, setBrought] = useState<Brought | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const take = (result: Brought | null): void => {
    setBrought(result)
    setFailure(null)
  }
  const takeFile = async (file: File): Promise<void> => {
    setSource('')
    take(await readFile(file))
  }
  const save = async (document: FlowDocument): Promise<void> => {
    setBusy(true)
    try {
      const id = await addFlow(document, document.id)
      void queries.invalidateQueries({ queryKey: ['flows'] })
      overlays.hide()
      navigate(flowPath(id))
    } catch (error) {
      setFailure(reasonOf(error))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={overlays.hide} title={text.title} centered size="40rem">
      <Stack>
        <Text size="sm">{text.explain}</Text>
        <DropArea onFile={(file) => void takeFile(file)} />
        <Textarea
          label={text.paste}
          placeholder={text.pasteExample}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          rows={5}
          spellCheck={false}
          value={source}
          onChange={(event) => {
            const { value } = event.currentTarget
            setSource(value)
            take(value.trim() === '' ? null : bring(value))
          }}
        />
        <div aria-live="polite">
          {brought?.ok === false && (
            <Alert color="red" title={`${text.refused}: ${words.start.faults.count(brought.faults.length)}`}>
              <div className={styles['faults']} tabIndex={0} role="group" aria-label={text.refused}>
                <Faults faults={brought.faults} />
              </div>
            </Alert>
          )}
          {brought?.ok === true && (
            <>
              <Preview document={brought.document} />
              {brought.translated && <TranslatedWorkflow translated={brought.translated} />}
            </>
          )}
        </div>
        {failure !== null && (
          <Alert color="red" title={words.start.failures.import}>
            {failure}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={overlays.hide}>
            {text.cancel}
          </Button>
          <Button
            disabled={brought?.ok !== true}
            loading={busy}
            onClick={() => brought?.ok === true && void save(brought.document)}
          >
            {text.submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function DropArea({ onFile }: { readonly onFile: (file: File) => void }) {
  const [over, setOver] = useState(false)
  const reset = useRef<() => void>(null)
  const choose = (file: File | null): void => {
    if (file) onFile(file)
    // The same file, corrected, can be chosen again.
    reset.current?.()
  }
  const enter = (event: DragEvent): void => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <div
      className={styles['drop']}
      data-over={over || undefined}
      onDragEnter={enter}
      onDragOver={enter}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
    >
      <FileButton accept=".json,application/json" resetRef={reset} onChange={choose}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<Icon name="upload" size={16} />} data-autofocus>
            {text.choose}
          </Button>
        )}
      </FileButton>
      <span>{text.drop}</span>
    </div>
  )
}

function Preview({ document }: { readonly document: FlowDocument }) {
  const { data: flows } = useQuery({ queryKey: ['flows'], queryFn: api.listFlows })
  return (
    <div className={styles['preview']}>
      <div className={styles['thumb']}>
        <Thumbnail document={document} />
      </div>
      <div>
        <Text size="xs" c="var(--good)" fw={600}>
          {text.good}
        </Text>
        <Text fw={600}>{document.name}</Text>
        <Text size="sm" c="dimmed">
          {words.start.card.steps(document.nodes.length)}
          {flows && ` · ${text.savedAs(freeFlowId(document.id, new Set(flows.map((flow) => flow.id))))}`}
        </Text>
      </div>
    </div>
  )
}

/** What is too large is not even read. */
async function readFile(file: File): Promise<Brought> {
  if (file.size > LARGEST_MB * 1_048_576) return refusal(text.tooLarge(LARGEST_MB))
  try {
    return bring(await file.text())
  } catch {
    return refusal(text.unreadable)
  }
}
