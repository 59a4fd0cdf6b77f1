import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithRef } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'

/** What opens the list of names. */
export function InsertButton(props: ButtonProps & ComponentPropsWithRef<'button'>) {
  return (
    <Button variant="subtle" size="compact-xs" leftSection={<Icon name="plus" size={12} />} {...props}>
      {words.inspector.text.insert}
    </Button>
  )
}
