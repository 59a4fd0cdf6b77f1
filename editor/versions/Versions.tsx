import { Alert, Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { MoveDialog } from './migration/MoveDialog.tsx'
import { Publish } from './Publish.tsx'
import { causeOf, useVersions } from './reading.ts'
import { RollbackDialog } from './RollbackDialog.tsx'
import { VersionList } from './VersionList.tsx'
import style from './Versions.module.css'

const text = words.versions

/** The versions of the open flow: what the draft changes, publishing it, and the ones there were. */
export function Versions() {
  const flowId = useEditor((state) => state.flowId)
  const { data: versions, error, refetch } = useVersions(flowId)
  return (
    <section className={style['panel']} aria-label={text.title}>
      <header className={style['head']}>
        <Title order={2} size="h5">
          {text.title}
        </Title>
      </header>
      {versions && flowId !== null ? (
        <Known key={flowId} flowId={flowId} versions={versions} />
      ) : error ? (
        <Alert m="md" color="red" variant="light" title={text.failed}>
          <Text size="sm">{causeOf(error)}</Text>
          <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
            {text.again}
          </Button>
        </Alert>
      ) : (
        <Waiting label={text.loading} />
      )}
    </section>
  )
}

interface KnownProps {
  readonly flowId: string
  readonly versions: NonNullable<ReturnType<typeof useVersions>['data']>
}

function Known({ flowId, versions }: KnownProps) {
  const [compared, setCompared] = useState<number | null>(null)
  const [asked, setAsked] = useState<number | null>(null)
  const [moved, setMoved] = useState<number | null>(null)
  const live = versions.find((each) => each.live)?.version ?? null
  return (
    <div className={style['scroll']}>
      <Publish flowId={flowId} live={live} isAside={compared !== null} onMove={setMoved} />
      <section className={style['part']} aria-label={text.list}>
        <Title order={3} size="h6">
          {versions.length === 0 ? text.none : text.list}
        </Title>
        <Text size="xs" c="dimmed">
          {versions.length === 0 ? text.noneMore : text.stay}
        </Text>
        {versions.length > 0 && (
          <VersionList
            flowId={flowId}
            versions={versions}
            compared={compared}
            onCompare={setCompared}
            onRollback={setAsked}
            onMove={setMoved}
          />
        )}
      </section>
      <RollbackDialog flowId={flowId} version={asked} live={live} onClose={() => setAsked(null)} />
      <MoveDialog flowId={flowId} version={moved} onClose={() => setMoved(null)} />
    </div>
  )
}
