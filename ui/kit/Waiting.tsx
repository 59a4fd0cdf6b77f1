import { Loader, Text } from '@mantine/core'
import styles from './Waiting.module.css'

/** Shown while a part of the page is on its way; for a blink of an eye nothing is. */
export function Waiting({ label }: { readonly label: string }) {
  return (
    <div className={styles['waiting']} role="status">
      <Loader size="sm" type="dots" aria-hidden="true" />
      <Text size="sm">{label}</Text>
    </div>
  )
}
