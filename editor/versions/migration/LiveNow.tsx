import { Alert, Button, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useId } from 'react'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { causeOf } from '../reading.ts'
import style from './Migration.module.css'
import { useDraftPreview } from './reading.ts'
import { Standing } from './Standing.tsx'

const text = words.versions.migration
/** A draft that is being changed is looked at when it rests; in milliseconds. */
const REST = 700

/** Who is in the flow now, and what publishing the draft would allow them. Nothing where nobody is. */
export function LiveNow({ flowId }: { readonly flowId: string }) {
  const id = useId()
  const [draft] = useDebouncedValue(
    useEditor((state) => state.document),
    REST,
  )
  const isReadable = useEditor((state) => state.faults.length === 0)
  const { data, error, isPending, refetch } = useDraftPreview(flowId, draft, isReadable)
  if (!isReadable) return null
  if (error) {
    return (
      <Alert color="orange" variant="light" p="xs" title={text.failed}>
        <Text size="sm">{causeOf(error)}</Text>
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
          {words.versions.again}
        </Button>
      </Alert>
    )
  }
  if (isPending)
    return (
      <Text size="xs" c="dimmed" role="status">
        {text.reading}
      </Text>
    )
  if (data.moves.length + data.stays.length === 0) return null
  return (
    <section className={style['now']} aria-labelledby={id}>
      <Title order={4} size="h6" id={id}>
        {text.title}
      </Title>
      <Text size="xs" c="dimmed">
        {text.leaves}
      </Text>
      <Standing {...data} level={5} />
    </section>
  )
}
