import { Kbd } from '@mantine/core'
import { capsOf } from './keys.ts'
import styles from './Keys.module.css'

/** A shortcut as keys of a keyboard. */
export function Keys({ of }: { readonly of: string }) {
  return (
    <span className={styles['keys']}>
      {capsOf(of).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  )
}
