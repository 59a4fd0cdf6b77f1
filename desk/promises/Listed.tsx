import { Alert, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { words } from '../words/en.ts'
import styles from './Promises.module.css'
import type { Read } from './read.ts'

const text = words.promises

interface Props<Item> {
  readonly read: Read<Item>
  /** Said when there is nothing. */
  readonly none: string
  readonly children: (items: readonly Item[]) => ReactNode
}

/** A list as far as it was read: on its way, not to be had, empty, or there and perhaps old. */
export function Listed<Item>({ read, none, children }: Props<Item>) {
  const { items, failed, hasMore, isReading, more, again } = read
  return (
    <>
      {failed && (
        <Alert
          color="orange"
          variant="light"
          role="alert"
          mb="sm"
          {...(items === undefined ? { title: text.failed.title } : {})}
        >
          {items !== undefined && <p className={styles['stale']}>{text.stale}</p>}
          <Button size="compact-sm" variant="default" loading={isReading} onClick={again}>
            {text.failed.again}
          </Button>
        </Alert>
      )}
      {items === undefined && !failed && <Waiting label={text.loading} />}
      {items?.length === 0 && <p className={styles['none']}>{none}</p>}
      {items !== undefined && items.length > 0 && children(items)}
      {hasMore && (
        <Button variant="default" size="xs" loading={isReading} onClick={more}>
          {text.more}
        </Button>
      )}
    </>
  )
}
