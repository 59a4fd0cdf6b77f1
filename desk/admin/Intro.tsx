import type { ReactNode } from 'react'
import styles from './Admin.module.css'

/** What a part is about, and what can be begun in it. */
export function Intro({
  title,
  explain,
  children,
}: {
  readonly title: string
  readonly explain: string
  readonly children?: ReactNode
}) {
  return (
    <div className={styles['intro']}>
      <div>
        <h2>{title}</h2>
        <p>{explain}</p>
      </div>
      {children}
    </div>
  )
}
