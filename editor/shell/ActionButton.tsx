import { ActionIcon, Group } from '@mantine/core'
import { Hint } from '#ui/hint.tsx'
import { Icon } from '#ui/icon.tsx'
import { canPerform, type Action } from '../actions/index.ts'
import { useEditor } from '../document/store.ts'
import { Keys } from '#ui/kit/Keys.tsx'

interface Props {
  readonly action: Action
  /** Says more than the action's label, such as what undo will undo. */
  readonly label?: string
}

/** An action as an icon, with its name and its keys beside it on hover and focus. */
export function ActionButton({ action, label = action.label }: Props) {
  const can = useEditor((state) => canPerform(action, state))
  const [keys] = action.keys
  return (
    <Hint
      label={
        <Group gap="xs">
          {label}
          {keys !== undefined && <Keys of={keys} />}
        </Group>
      }
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        c="var(--text)"
        aria-label={label}
        aria-disabled={!can}
        opacity={can ? 1 : 0.4}
        onClick={() => {
          if (can) action.perform()
        }}
      >
        <Icon name={action.icon} />
      </ActionIcon>
    </Hint>
  )
}
