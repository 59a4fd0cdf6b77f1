import { Button, Loader, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '../words/en.ts'
import styles from './Message.module.css'
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
    <main className={styles['page']}>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text maw="34rem" ta="center">
        {explain}
      </Text>
      <div className={styles['ways']}>
        {children}
        <Button variant="default" onClick={() => navigate('/')}>
          {words.shell.missing.back}
        </Button>
      </div>
    </main>
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
