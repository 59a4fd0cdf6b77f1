import { useEffect, useRef, type ReactNode } from 'react'
import styles from './Parted.module.css'
import { Way } from './Way.tsx'

interface PartedProps<Part extends string> {
  readonly title: string
  readonly parts: readonly Part[]
  readonly open: Part
  nameOf(part: Part): string
  pathOf(part: Part): string
  /** On a phone one thing of the part has the whole page. */
  readonly isInside?: boolean
  readonly children: ReactNode
}

/** A page of parts: its name, the ways to them, and below the one that is open. */
export function Parted<Part extends string>(props: PartedProps<Part>) {
  const { title, parts, open, nameOf, pathOf, isInside = false, children } = props
  const ways = useRef<HTMLElement>(null)
  // On a phone they may be wider than the screen.
  useEffect(() => ways.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center' }), [open])
  return (
    <main className={styles['page']} data-inside={isInside} aria-label={title}>
      <header className={styles['head']}>
        <h1>{title}</h1>
        <nav ref={ways} className={styles['parts']} aria-label={title}>
          {parts.map((part) => (
            <Way key={part} to={pathOf(part)} aria-current={part === open ? 'page' : undefined}>
              {nameOf(part)}
            </Way>
          ))}
        </nav>
      </header>
      {children}
    </main>
  )
}
