import type { ReactNode } from 'react'
import styles from './Alone.module.css'

interface AloneProps {
  readonly as?: 'div' | 'main' | 'section'
  readonly role?: 'alert'
  /** Between its lines. */
  readonly gap?: 'xs' | 'sm' | 'md'
  readonly children: ReactNode
}

/** What stands alone in the middle of a page or of a part of it. */
export function Alone({ as: Element = 'div', role, gap = 'sm', children }: AloneProps) {
  return (
    <Element className={styles['alone']} data-gap={gap} role={role}>
      {children}
    </Element>
  )
}

/** What can be done there, side by side. */
export function AloneWays({ children }: { readonly children: ReactNode }) {
  return <div className={styles['ways']}>{children}</div>
}
