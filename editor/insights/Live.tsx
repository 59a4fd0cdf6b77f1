import { Alert, Button, EmptyState, Text, Title } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { causeOf } from '../versions/reading.ts'
import { words } from '../words/en.ts'
import { Journey } from './Journey.tsx'
import style from './Live.module.css'
import { closeJourney, openJourney, useOpened } from './opened.ts'
import { useStanding } from './reading.ts'
import { byNode, MOST, type Standing } from './standing.ts'
import { Steps } from './Steps.tsx'

const text = words.insights
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' })

/** Where the conversations of the open flow stand now, and the way of any of them. */
export function Live() {
  const flowId = useEditor((state) => state.flowId)
  return (
    <section className={style['panel']} aria-label={text.title}>
      <header className={style['head']}>
        <Title order={2} size="h5">
          {text.title}
        </Title>
      </header>
      <Figures key={flowId} flowId={flowId} />
    </section>
  )
}

function Figures({ flowId }: { readonly flowId: string | null }) {
  const opened = useOpened()
  const { data, error, refetch, dataUpdatedAt } = useStanding(flowId)
  if (opened !== null) return <Journey key={opened.id} id={opened.id} seq={opened.seq} onBack={closeJourney} />
  if (data) return <Counted standing={data} at={dataUpdatedAt} isStale={error !== null} onOpen={openJourney} />
  if (!error) return <Waiting label={text.loading} />
  return (
    <Alert m="md" color="red" variant="light" title={text.failed}>
      <Text size="sm">{causeOf(error)}</Text>
      <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
        {text.again}
      </Button>
    </Alert>
  )
}

interface CountedProps {
  readonly standing: Standing
  /** When it was read, in epoch milliseconds. */
  readonly at: number
  readonly isStale: boolean
  readonly onOpen: (conversation: string) => void
}

function Counted({ standing: { conversations, isCapped }, at, isStale, onOpen }: CountedProps) {
  const groups = useMemo(() => byNode(conversations), [conversations])
  useEffect(() => {
    marks.set('live', { counts: Object.fromEntries([...groups].map(([node, here]) => [node, here.length])) })
    return () => marks.set('live', null)
  }, [groups])
  if (conversations.length === 0) return <Nobody />
  return (
    <div className={style['scroll']}>
      <div>
        <Text fw={600} size="sm" aria-live="polite">
          {text.open(conversations.length, isCapped)}
        </Text>
        <Text size="xs" c="dimmed">
          {isStale ? text.stale : text.asOf(clock.format(at))}
        </Text>
        {isCapped && (
          <Text size="xs" c="dimmed">
            {text.capped(MOST)}
          </Text>
        )}
      </div>
      <Steps groups={groups} onOpen={onOpen} />
    </div>
  )
}

function Nobody() {
  const isPublished = useEditor((state) => state.published !== null)
  return isPublished ? (
    <EmptyState mt="xl" px="md" size="sm" title={text.none} description={text.noneMore} />
  ) : (
    <div>
      <EmptyState mt="xl" px="md" size="sm" title={text.unpublished} description={text.unpublishedMore} />
      <Button display="block" mx="auto" mt="md" variant="default" onClick={() => editor.show('versions')}>
        {text.toVersions}
      </Button>
    </div>
  )
}
