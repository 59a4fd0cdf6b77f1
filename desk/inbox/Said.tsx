import styles from './Inbox.module.css'

/** Why there is nothing in the list. */
export function Said({ title, explain }: { readonly title: string; readonly explain: string }) {
  return (
    <div className={styles['empty']}>
      <strong>{title}</strong>
      {explain}
    </div>
  )
}
