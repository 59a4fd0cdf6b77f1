import { Loader, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './Message.module.css'

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
    <div className={styles['page']}>
      <Title order={order} size="h4" ta="center">
        {title}
      </Title>
      <Text maw="30rem" ta="center" size="sm" c="dimmed">
        {explain}
      </Text>
      {children !== undefined && <div className={styles['ways']}>{children}</div>}
    </div>
  )
}

/** Shown while a part of the page is on its way; for a blink of an eye nothing is. */
export function Waiting({ label }: { readonly label: string }) {
  return (
    <div className={styles['waiting']} role="status">
      <Loader size="sm" type="dots" aria-hidden="true" />
      <Text size="sm">{label}</Text>
    </div>
  )
}
