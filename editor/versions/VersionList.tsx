import { Badge, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import type { FlowVersion } from '#ui/answers.ts'
import { replaceDocument } from '../document/commands/head.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Comparison } from './Comparison.tsx'
import { causeOf, useVersion, versionQuery } from './reading.ts'
import style from './Versions.module.css'

const text = words.versions
const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

interface Props {
  readonly flowId: string
  readonly versions: readonly FlowVersion[]
  readonly compared: number | null
  readonly onCompare: (version: number | null) => void
  readonly onRollback: (version: number) => void
  readonly onMove: (version: number) => void
}

/** The published versions, the latest first. */
export function VersionList({ flowId, versions, compared, onCompare, onRollback, onMove }: Props) {
  const readOnly = useEditor((state) => state.readOnly)
  const viewing = useEditor((state) => state.viewing)
  return (
    <ol className={style['versions']} aria-label={text.list} reversed>
      {versions.map(({ version, publishedAt, note, live }) => (
        <li key={version} className={style['version']} data-live={live || undefined}>
          <Group justify="space-between" gap="xs">
            <Text fw={600} size="sm">
              {text.name(version)}
            </Text>
            {live && (
              <Badge size="sm" variant="light" color="green">
                {text.live}
              </Badge>
            )}
          </Group>
          <time className={style['quiet']} dateTime={publishedAt}>
            {text.published(when.format(new Date(publishedAt)))}
          </time>
          {note !== undefined && note !== '' && <p className={style['note']}>{note}</p>}
          <Group gap="xs" mt={6}>
            <Look flowId={flowId} version={version} onLook={() => onCompare(null)} />
            {viewing === null && (
              <Button
                size="compact-xs"
                variant={compared === version ? 'light' : 'default'}
                aria-expanded={compared === version}
                aria-label={text.compareLabel(version)}
                onClick={() => onCompare(compared === version ? null : version)}
              >
                {text.compare}
              </Button>
            )}
            {!live && !readOnly && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={text.rollbackLabel(version)}
                onClick={() => onRollback(version)}
              >
                {text.rollback}
              </Button>
            )}
            {live && !readOnly && versions.length > 1 && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={text.migration.openLabel(version)}
                onClick={() => onMove(version)}
              >
                {text.migration.open}
              </Button>
            )}
          </Group>
          {compared === version && (
            <div className={style['part']}>
              <Comparison
                flowId={flowId}
                version={version}
                heading={text.compared(version)}
                equal={text.equal(version)}
              />
              {!readOnly && <Bring flowId={flowId} version={version} />}
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

interface LookProps {
  readonly flowId: string
  readonly version: number
  /** Called before it is shown. */
  readonly onLook: () => void
}

/** A version on the canvas in the place of the draft, for reading; pressed again, the draft comes back. */
function Look({ flowId, version, onLook }: LookProps) {
  const isShown = useEditor((state) => state.viewing === version)
  const queries = useQueryClient()
  const look = async (): Promise<void> => {
    try {
      const document = await queries.fetchQuery(versionQuery(flowId, version))
      if (document === null) return void notifications.show({ color: 'orange', message: text.unreadable })
      onLook()
      await editor.viewVersion(flowId, version, document)
      if (editor.state().saving === 'conflict') notifications.show({ color: 'orange', message: text.notNow })
    } catch (error) {
      notifications.show({ color: 'red', title: text.failed, message: causeOf(error) })
    }
  }
  return (
    <Button
      size="compact-xs"
      variant={isShown ? 'light' : 'default'}
      aria-pressed={isShown}
      aria-label={text.lookLabel(version)}
      onClick={() => (isShown ? editor.leaveVersion() : void look())}
    >
      {text.look}
    </Button>
  )
}

/** An earlier version in the place of the draft; undo brings the draft back. */
function Bring({ flowId, version }: { readonly flowId: string; readonly version: number }) {
  const { data: document } = useVersion(flowId, version)
  if (!document) return null
  const bring = (): void => {
    if (editor.run(replaceDocument(document, words.document.restore)))
      notifications.show({ message: text.brought(version) })
  }
  return (
    <Button size="compact-sm" variant="default" aria-label={text.bringLabel(version)} onClick={bring}>
      {text.bring}
    </Button>
  )
}
