import { ActionIcon, Menu } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { actions, canPerform, type ActionGroup } from '../actions/index.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Keys } from './Keys.tsx'

interface Props {
  readonly groups: readonly ActionGroup[]
}

/** All actions of some groups; what cannot be done now is shown, and cannot be chosen. */
export function ActionMenu({ groups }: Props) {
  const state = useEditor((now) => now)
  return (
    <Menu position="bottom-end" width={320} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" c="var(--text)" aria-label={words.shell.moreActions}>
          <Icon name="menu" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="80vh" style={{ overflowY: 'auto' }}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={words.shell.groups[group]}>
            <Menu.Label>{words.shell.groups[group]}</Menu.Label>
            {actions
              .filter((action) => action.group === group)
              .map((action) => (
                <Menu.Item
                  key={action.name}
                  leftSection={<Icon name={action.icon} size={16} />}
                  disabled={!canPerform(action, state)}
                  rightSection={action.keys[0] !== undefined && <Keys of={action.keys[0]} />}
                  onClick={() => action.perform()}
                >
                  {action.label}
                </Menu.Item>
              ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
