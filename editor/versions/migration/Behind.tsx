import { Alert, Button } from '@mantine/core'
import { words } from '../../words/en.ts'
import { useVersionPreview } from './reading.ts'
import { countOf } from './Standing.tsx'

const text = words.versions.migration

interface Props {
  readonly flowId: string
  /** The version that went live just now. */
  readonly version: number
  readonly onMove: () => void
}

/** After publishing: that conversations which run can move to the new version, and the way there. */
export function Behind({ flowId, version, onMove }: Props) {
  const count = countOf(useVersionPreview(flowId, version).data?.moves ?? [])
  if (count === 0) return null
  return (
    <Alert color="blue" variant="light" p="xs" role="status">
      {text.behind(count, version)}
      <Button size="compact-sm" mt="xs" display="block" onClick={onMove}>
        {text.open}
      </Button>
    </Alert>
  )
}
