import { Alert, Text } from '@mantine/core'
import { words } from '../words/en.ts'
import type { Trouble } from './run/run.ts'

interface Props {
  readonly trouble: Trouble
  readonly hasRun: boolean
  readonly onClose: () => void
}

/** Why something could not be done, in the engine's own sentence. */
export function TroubleNote({ trouble, hasRun, onClose }: Props) {
  return (
    <Alert
      m="xs"
      p="xs"
      variant="light"
      color={trouble.kind === 'refused' && hasRun ? 'blue' : 'orange'}
      role="status"
      withCloseButton={hasRun}
      closeButtonLabel={words.simulate.dismiss}
      onClose={onClose}
    >
      <Text size="sm" fw={600}>
        {leadOf(trouble, hasRun)}
      </Text>
      <Text size="sm">{trouble.message}</Text>
    </Alert>
  )
}

function leadOf(trouble: Trouble, hasRun: boolean): string {
  if (!hasRun) return words.simulate.cannotBegin
  switch (trouble.kind) {
    case 'halted':
      return words.simulate.halted(trouble.doing)
    case 'faults':
      return words.simulate.stale(trouble.count)
    case 'refused':
      return words.simulate.refused
    default:
      return trouble satisfies never
  }
}
