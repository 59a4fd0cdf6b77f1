import { Alert, Button, CopyButton, Group } from '@mantine/core'
import { words } from '../../words/en.ts'

interface Props {
  readonly unread: readonly unknown[]
  readonly onRemove: () => void
}

/** What is kept beside the scenarios and cannot be read: it can be taken along, and taken away. */
export function Left({ unread, onRemove }: Props) {
  const said = words.simulate.scenarios
  if (unread.length === 0) return null
  return (
    <Alert mt="xs" p="xs" color="orange" variant="light" role="status">
      {said.left(unread.length)}
      <Group gap={6} mt="xs">
        <CopyButton value={JSON.stringify(unread, null, 2)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? said.copied : said.copy}
            </Button>
          )}
        </CopyButton>
        <Button size="compact-xs" variant="default" onClick={onRemove}>
          {said.leftRemove}
        </Button>
      </Group>
    </Alert>
  )
}
