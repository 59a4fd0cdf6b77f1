import { Button, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Alone, AloneWays } from '#ui/kit/Alone.tsx'
import { words } from '../words/en.ts'
import { navigate } from './route.ts'

interface MessageProps {
  readonly title: string
  readonly explain: string
  /** What can be done about it, beside going back to all flows. */
  readonly children?: ReactNode
}

/** A page that says why there is nothing else on it. */
export function Message({ title, explain, children }: MessageProps) {
  return (
    <Alone as="main" gap="md">
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text maw="34rem" ta="center">
        {explain}
      </Text>
      <AloneWays>
        {children}
        <Button variant="default" onClick={() => navigate('/')}>
          {words.shell.missing.back}
        </Button>
      </AloneWays>
    </Alone>
  )
}
