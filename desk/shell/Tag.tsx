import type { ReactNode } from 'react'
import styles from './Tag.module.css'

interface TagProps {
  readonly tone?: 'plain' | 'accent' | 'good' | 'warning' | 'danger'
  readonly children: ReactNode
}

/** A word or two about something, apart from what is written of it. */
export function Tag({ tone = 'plain', children }: TagProps) {
  return (
    <span className={styles['tag']} data-tone={tone}>
      {children}
    </span>
  )
}
