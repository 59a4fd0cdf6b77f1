import { Alert, Button, FileButton, Group, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Fault } from '#engine/index.ts'
import type { Scenario } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { answered, useAsked } from '../session.ts'
import style from './Scenarios.module.css'
import { readScenarios } from './shelf.ts'

/** A scenario file has its limits; what is far past them is not even read. */
const MOST_BYTES = 5_000_000
const MOST_SHOWN = 20

/** Scenarios from a file or from the clipboard; a malformed one is refused whole, with every fault. */
export function Bringing({ onBrought }: { readonly onBrought: (scenarios: readonly Scenario[]) => void }) {
  const [pasted, setPasted] = useState<string | null>(null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const said = words.simulate.scenarios
  const fileButton = useRef<HTMLButtonElement>(null)
  const asked = { file: useAsked('file'), paste: useAsked('paste') }
  useEffect(() => {
    if (asked.paste) setPasted((was) => was ?? '')
    if (asked.file) fileButton.current?.click()
    if (asked.paste || asked.file) answered()
  }, [asked.paste, asked.file])
  const bring = (text: string): void => {
    const read = readScenarios(text)
    setFaults(read.ok ? [] : read.faults)
    if (!read.ok) return
    setPasted(null)
    onBrought(read.scenarios)
  }
  const openFile = (file: File | null): void => {
    if (file !== null && file.size <= MOST_BYTES) void file.text().then(bring)
  }
  return (
    <>
      <FileButton accept="application/json,.json" onChange={openFile}>
        {(props) => (
          <Button ref={fileButton} size="compact-xs" variant="default" {...props}>
            {said.open}
          </Button>
        )}
      </FileButton>
      <Button
        size="compact-xs"
        variant="default"
        aria-expanded={pasted !== null}
        onClick={() => setPasted((was) => (was === null ? '' : null))}
      >
        {said.paste}
      </Button>
      {pasted !== null && (
        <div style={{ width: '100%' }}>
          <Textarea
            size="xs"
            label={said.pasteLabel}
            autosize
            minRows={3}
            maxRows={10}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
            autoFocus
          />
          <Group gap={6} mt={6}>
            <Button size="compact-xs" disabled={pasted.trim() === ''} onClick={() => bring(pasted)}>
              {said.add}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setPasted(null)}>
              {said.cancel}
            </Button>
          </Group>
        </div>
      )}
      {faults.length > 0 && (
        <Alert
          w="100%"
          p="xs"
          color="red"
          variant="light"
          title={said.refusedFile(faults.length)}
          withCloseButton
          closeButtonLabel={words.simulate.dismiss}
          onClose={() => setFaults([])}
        >
          <ul className={style['faults']}>
            {faults.slice(0, MOST_SHOWN).map((fault, index) => (
              <li key={index}>
                <code>{fault.pointer || '/'}</code> {fault.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  )
}
