import { Badge, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { FlowVersion } from '#ui/answers.ts'
import { replaceDocument } from '../document/commands/head.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Comparison } from './Comparison.tsx'
import { useVersion } from './reading.ts'
import style from './Versions.module.css'

const text = words.versions
const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

interface Props {
  readonly flowId: string
  readonly versions: readonly FlowVersion[]
  readonly compared: number | null
  readonly onCompare: (version: number | null) => void
  readonly onRollback: (version: number) => void
}

/** The published versions, the latest first. */
export function VersionList({ flowId, versions, compared, onCompare, onRollback }: Props) {
  const readOnly = useEditor((state) => state.readOnly)
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
            <Button
              size="compact-xs"
              variant={compared === version ? 'light' : 'default'}
              aria-expanded={compared === version}
              aria-label={text.compareLabel(version)}
              onClick={() => onCompare(compared === version ? null : version)}
            >
              {text.compare}
            </Button>
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
