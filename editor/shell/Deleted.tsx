import { Button, Group, Stack, Text } from '@mantine/core'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { overlays } from './overlays.ts'
import { navigate } from './route.ts'

const text = words.shell.deleted

/** What becomes of a flow that somebody else deleted while it was drawn on here. */
export function Deleted() {
  const letGo = (): void => {
    editor.letGo()
    navigate('/')
  }
  return (
    <Stack>
      <Text size="sm">{text.explain}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="red" mr="auto" title={text.letGoHelp} onClick={letGo}>
          {text.letGo}
        </Button>
        <Button variant="default" onClick={overlays.hide}>
          {text.later}
        </Button>
        <Button title={text.againHelp} onClick={() => void editor.saveAgain()} data-autofocus>
          {text.again}
        </Button>
      </Group>
    </Stack>
  )
}
