import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { ApiProblem } from '#ui/request.ts'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'

interface Props {
  readonly title: string
  readonly explain: string
  readonly submit: string
  readonly stay: string
  readonly done: string
  /** Does it at the server. */
  act(): Promise<unknown>
  onClose(): void
}

/** Asks before something that cannot be taken back; a refusal is said with the server's reason. */
export function Confirm({ title, explain, submit, stay, done, act, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const go = async (): Promise<void> => {
    setBusy(true)
    try {
      await act()
      say({ tone: 'good', text: done })
    } catch (error) {
      say({ tone: 'warning', title: words.promises.notDone, text: error instanceof ApiProblem ? error.message : '' })
    }
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <Text size="sm">{explain}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {stay}
        </Button>
        <Button loading={busy} onClick={() => void go()}>
          {submit}
        </Button>
      </Group>
    </Modal>
  )
}
