import { ActionIcon, type ActionIconProps } from '@mantine/core'
import type { ComponentPropsWithRef } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'

/** What opens the menu of all actions. */
export function MenuButton(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" c="var(--text)" aria-label={words.shell.moreActions} {...props}>
      <Icon name="menu" />
    </ActionIcon>
  )
}
