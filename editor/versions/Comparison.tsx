import { Alert, Button, Text } from '@mantine/core'
import { useDeferredValue, useEffect, useMemo } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import type { FlowDocument } from '../document/document.ts'
import { marks } from '../document/marks.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { ChangeList } from './ChangeList.tsx'
import { difference, isNothing, type Changes } from './difference.ts'
import { paintOf } from './paint.ts'
import { causeOf, useVersion } from './reading.ts'

const text = words.versions

interface Props {
  readonly flowId: string
  readonly version: number
  readonly heading: string
  readonly equal: string
}

/** What the draft changes against a version: in words here, and painted on the canvas while this is seen. */
export function Comparison({ flowId, version, heading, equal }: Props) {
  const { data: before, error, refetch } = useVersion(flowId, version)
  const draft = useEditor((state) => state.document)
  const shown = useChanges(before ?? null)
  useEffect(() => {
    if (shown === null) return
    marks.set('changes', paintOf(shown))
    return () => marks.set('changes', null)
  }, [shown])

  if (error)
    return (
      <Alert color="orange" variant="light" title={text.compareFailed}>
        <Text size="sm">{causeOf(error)}</Text>
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
          {text.again}
        </Button>
      </Alert>
    )
  if (before === undefined) return <Waiting label={text.comparing} />
  if (before === null || shown === null) return <Text size="sm">{text.unreadable}</Text>
  if (isNothing(shown)) return <Text size="sm">{equal}</Text>
  return (
    <section aria-label={heading}>
      <Text size="sm">{heading}</Text>
      <ChangeList changes={shown} from={before} to={draft} />
      <Text size="xs" c="dimmed" mt="xs">
        {text.painted}
      </Text>
    </section>
  )
}

/** What the draft changes against `before`; it follows while the draft is being changed. */
export function useChanges(before: FlowDocument | null): Changes | null {
  const draft = useDeferredValue(useEditor((state) => state.document))
  return useMemo(() => (before === null ? null : difference(before, draft)), [before, draft])
}
