import type { ReactNode } from 'react'
import styles from './Admin.module.css'

interface Props {
  readonly title: string
  readonly explain?: string
  readonly children?: ReactNode
}

/** Says that a list is empty, and what would be in it. */
export function Empty({ title, explain, children }: Props) {
  return (
    <div className={styles['empty']}>
      <strong>{title}</strong>
      {explain !== undefined && <p>{explain}</p>}
      {children}
    </div>
  )
}
