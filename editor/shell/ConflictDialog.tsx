import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useMemo, useState } from 'react'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { cardOf } from '../document/card.ts'
import { differenceOf, type Difference } from '../document/difference.ts'
import type { FlowNode } from '../document/document.ts'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Deleted } from './Deleted.tsx'
import { overlays, useOverlay } from './overlays.ts'
import { flowPath, navigate } from './route.ts'

const text = words.shell.conflict

/** The ways out of a conflict; closed, the top bar leads back to it. */
export function ConflictDialog() {
  const conflict = useEditor((state) => state.saving === 'conflict')
  const deleted = useEditor((state) => state.deleted)
  const opened = useOverlay() === 'conflict'
  const { title } = deleted ? words.shell.deleted : text
  return (
    <Modal opened={opened && conflict} onClose={overlays.hide} title={title} centered size="42rem">
      {deleted ? <Deleted /> : <Decision />}
    </Modal>
  )
}

function Decision() {
  const document = useEditor((state) => state.document)
  const theirs = useEditor((state) => state.theirs)
  const [busy, setBusy] = useState(false)
  const [comparing, setComparing] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const difference = useMemo(() => (theirs ? differenceOf(document, theirs) : null), [document, theirs])

  useEffect(() => {
    if (!comparing || !difference) return
    marks.set('changes', {
      changed: Object.fromEntries([
        ...difference.added.map(({ id }) => [id, 'added'] as const),
        ...difference.changed.map(({ id }) => [id, 'changed'] as const),
      ]),
    })
    return () => marks.set('changes', null)
  }, [comparing, difference])

  const keep = async (): Promise<void> => {
    setBusy(true)
    setFault(await keepMine())
    setBusy(false)
  }
  return (
    <Stack>
      <Text size="sm">{theirs ? text.explain : text.unreadable}</Text>
      {comparing && difference && <Comparison difference={difference} />}
      {fault !== null && (
        <Alert color="red" title={text.failed}>
          {fault}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        {difference && (
          <Button variant="subtle" mr="auto" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {comparing ? text.hideCompare : text.compare}
          </Button>
        )}
        <Button variant="default" onClick={overlays.hide}>
          {text.later}
        </Button>
        {theirs && (
          <Button variant="default" title={text.takeHelp} onClick={editor.takeTheirs}>
            {text.take}
          </Button>
        )}
        <Button loading={busy} title={text.keepHelp} onClick={() => void keep()} data-autofocus>
          {text.keep}
        </Button>
      </Group>
    </Stack>
  )
}

/** Saves a copy under an id that is free; what is wrong when it could not be. */
async function keepMine(): Promise<string | null> {
  const { document } = editor.state()
  try {
    const taken = new Set((await api.listFlows()).map((flow) => flow.id))
    const id = await editor.keepMineAsCopy(freeId(document.id, taken))
    notifications.show({
      message: (
        <Group justify="space-between" gap="xs">
          <span>{text.copied(words.document.copyOf(document.name))}</span>
          <Button size="compact-sm" variant="light" onClick={() => navigate(flowPath(id))}>
            {text.open}
          </Button>
        </Group>
      ),
      autoClose: 15_000,
    })
    return null
  } catch (error) {
    if (error instanceof ApiProblem) return error.detail || words.document.unreachable
    throw error
  }
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = `${id.slice(0, 56)}-copy`
  if (!taken.has(stem)) return stem
  for (let count = 2; ; count += 1) if (!taken.has(`${stem}${count}`)) return `${stem}${count}`
}

function Comparison({ difference: { added, removed, changed, edges, head } }: { readonly difference: Difference }) {
  const nothing = added.length + removed.length + changed.length + edges === 0 && !head
  return (
    <Stack gap="xs">
      {nothing && <Text size="sm">{text.nothing}</Text>}
      <Nodes title={text.added} nodes={added} />
      <Nodes title={text.removed} nodes={removed} />
      <Nodes title={text.changed} nodes={changed} />
      {edges > 0 && <Text size="sm">{text.connections(edges)}</Text>}
      {head && <Text size="sm">{text.head}</Text>}
    </Stack>
  )
}

function Nodes({ title, nodes }: { readonly title: string; readonly nodes: readonly FlowNode[] }) {
  if (nodes.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm" mah="10rem" style={{ overflowY: 'auto' }}>
        {nodes.map((node) => (
          <List.Item key={node.id}>{cardOf(node).sentence}</List.Item>
        ))}
      </List>
    </div>
  )
}
