import { Menu } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { actions, canPerform, type ActionGroup } from '../actions/index.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Keys } from '#ui/kit/Keys.tsx'
import { MenuButton } from './MenuButton.tsx'

interface Props {
  readonly groups: readonly ActionGroup[]
}

/**
 * All actions of some groups; what cannot be done now is shown, and cannot be chosen. It begins open: it was asked for.
 */
export function ActionMenuOpen({ groups }: Props) {
  const state = useEditor((now) => now)
  const listed = groups.flatMap((group) => actions.filter((action) => action.group === group))
  // The keyboard begins where something can be chosen: what cannot be done takes no focus.
  const first = listed.find((action) => canPerform(action, state))
  return (
    <Menu
      defaultOpened
      position="bottom-end"
      width={320}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <MenuButton />
      </Menu.Target>
      <Menu.Dropdown mah="80vh" style={{ overflowY: 'auto' }}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={words.shell.groups[group]}>
            <Menu.Label>{words.shell.groups[group]}</Menu.Label>
            {listed
              .filter((action) => action.group === group)
              .map((action) => (
                <Menu.Item
                  key={action.name}
                  data-autofocus={action === first || undefined}
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
