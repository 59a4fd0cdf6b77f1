import type { Fault } from '#engine/index.ts'
import { words } from '../words/en.ts'
import styles from './Faults.module.css'

interface Props {
  readonly faults: readonly Fault[]
  /** How many are shown; left out: all of them. */
  readonly most?: number
}

const text = words.start.faults

/** What is wrong with a document: each fault with its place and its cure. */
export function Faults({ faults, most = faults.length }: Props) {
  return (
    <ul className={styles['list']}>
      {faults.slice(0, most).map((fault, index) => (
        <li key={index}>
          <code>{fault.pointer === '' ? text.whole : fault.pointer}</code> {fault.message}
        </li>
      ))}
      {faults.length > most && <li>{text.more(faults.length - most)}</li>}
    </ul>
  )
}
