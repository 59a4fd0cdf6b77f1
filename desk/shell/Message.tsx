import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Alone, AloneWays } from '#ui/kit/Alone.tsx'

interface MessageProps {
  readonly title: string
  readonly explain: string
  /** 1 where the message is all there is on the page. */
  readonly order?: 1 | 2
  /** What can be done about it. */
  readonly children?: ReactNode
}

/** Says why there is nothing else here. */
export function Message({ title, explain, order = 2, children }: MessageProps) {
  return (
    <Alone gap="xs">
      <Title order={order} size="h4" ta="center">
        {title}
      </Title>
      <Text maw="30rem" ta="center" size="sm" c="dimmed">
        {explain}
      </Text>
      {children !== undefined && <AloneWays>{children}</AloneWays>}
    </Alone>
  )
}
