import { Button, Group, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { FlowSummary } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { Icon } from '#ui/icon.tsx'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import { DeleteDialog } from './dialogs/DeleteDialog.tsx'
import { FlowCard } from './FlowCard.tsx'
import styles from './Gallery.module.css'
import { byEase, isReady } from './ready.ts'
import { SearchField } from './SearchField.tsx'
import { reasonOf } from './server.ts'
import { useDrafts, type Drafts } from './useDrafts.ts'

const text = words.start
/** Below this width flows are shown for reading, as in the editor. */
const NARROW = '(max-width: 48em)'
const NONE: readonly FlowSummary[] = []

/** All flows: those drawn here, and those that come ready to start from. */
export function Gallery() {
  const flows = useQuery({ queryKey: ['flows'], queryFn: api.listFlows })
  const [query, setQuery] = useState('')
  const [removing, setRemoving] = useState<FlowSummary | null>(null)
  const drafts = useDrafts(flows.data ?? NONE, query.trim() !== '')
  const { mayWrite, narrow } = useRights()
  const found = (flows.data ?? NONE).filter((flow) => fits(flow, drafts, query))

  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['intro']}>
          <Title order={1} size="h2">
            {text.title}
          </Title>
          <Text c="dimmed">{narrow ? text.phone : text.explain}</Text>
        </div>
        <SearchField value={query} onChange={setQuery} found={flows.data === undefined ? null : found.length} />
        {mayWrite && <Ways />}
      </header>
      {flows.isPending && <Waiting label={text.loading} />}
      {flows.isError && flows.data === undefined && <Failed error={flows.error} onAgain={() => void flows.refetch()} />}
      {flows.data !== undefined && (
        <Shelves
          all={flows.data}
          found={found}
          query={query}
          mayWrite={mayWrite}
          onClear={() => setQuery('')}
          ways={<Ways />}
        >
          {(flow) => (
            <FlowCard
              key={flow.id}
              flow={flow}
              drafts={drafts}
              mayWrite={mayWrite}
              onRemove={() => setRemoving(flow)}
            />
          )}
        </Shelves>
      )}
      {removing && <DeleteDialog flow={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}

/** The two ways to a flow of one's own beside a copy. */
function Ways() {
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<Icon name="upload" size={16} />} onClick={() => overlays.show('import')}>
        {text.import}
      </Button>
      <Button leftSection={<Icon name="plus" size={16} />} onClick={() => overlays.show('fresh')}>
        {text.add}
      </Button>
    </Group>
  )
}

interface ShelvesProps {
  readonly all: readonly FlowSummary[]
  readonly found: readonly FlowSummary[]
  readonly query: string
  readonly mayWrite: boolean
  readonly ways: ReactNode
  readonly onClear: () => void
  readonly children: (flow: FlowSummary) => ReactNode
}

function Shelves({ all, found, query, mayWrite, ways, onClear, children }: ShelvesProps) {
  const own = found
    .filter((flow) => !isReady(flow.id))
    .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  const ready = found.filter((flow) => isReady(flow.id)).toSorted(byEase)
  const hasReady = all.some((flow) => isReady(flow.id))
  if (found.length === 0 && query.trim() !== '')
    return (
      <Empty title={text.nothingFits(query.trim())}>
        <Button variant="default" onClick={onClear}>
          {text.clear}
        </Button>
      </Empty>
    )
  return (
    <>
      {own.length > 0 && <Shelf title={text.own}>{own.map(children)}</Shelf>}
      {all.every((flow) => isReady(flow.id)) && (
        <Empty title={text.noneYet} explain={hasReady ? text.noneYetHelp : text.noneYetBare}>
          {mayWrite && ways}
        </Empty>
      )}
      {ready.length > 0 && (
        <Shelf title={text.ready} explain={text.readyHelp}>
          {ready.map(children)}
        </Shelf>
      )}
    </>
  )
}

interface ShelfProps {
  readonly title: string
  readonly explain?: string
  readonly children: ReactNode
}

function Shelf({ title, explain, children }: ShelfProps) {
  return (
    <section aria-label={title} className={styles['shelf']}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {explain !== undefined && (
        <Text size="sm" c="dimmed">
          {explain}
        </Text>
      )}
      <ul className={styles['cards']}>{children}</ul>
    </section>
  )
}

interface EmptyProps {
  readonly title: string
  readonly explain?: string
  readonly children: ReactNode
}

function Empty({ title, explain, children }: EmptyProps) {
  return (
    <div className={styles['empty']}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {explain !== undefined && (
        <Text c="dimmed" maw="36rem">
          {explain}
        </Text>
      )}
      {children}
    </div>
  )
}

function Failed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  return (
    <div role="alert">
      <Empty title={text.failed} explain={reasonOf(error)}>
        <Button onClick={onAgain}>{text.again}</Button>
      </Empty>
    </div>
  )
}

function useRights(): { readonly mayWrite: boolean; readonly narrow: boolean } {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) === true
  const { data: self } = useQuery({ queryKey: ['self'], queryFn: api.self, staleTime: Infinity })
  return { narrow, mayWrite: !narrow && (self === undefined || self.role === 'admin' || self.role === 'designer') }
}

/** Every word of the query stands in the name, the id or the description. */
function fits({ id, name }: FlowSummary, drafts: Drafts, query: string): boolean {
  const said = `${name} ${id} ${drafts.of(id)?.description ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
