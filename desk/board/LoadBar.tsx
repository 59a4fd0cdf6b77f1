import { words } from '../words/en.ts'
import styles from './Board.module.css'

/** How much is held of what can be held, as a bar and in figures. */
export function LoadBar({ load, capacity }: { readonly load: number; readonly capacity: number }) {
  const part = capacity === 0 ? 0 : Math.min(1, load / capacity)
  return (
    <span className={styles['load']} data-full={capacity > 0 && load >= capacity}>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${part * 100}%` }} />
      </span>
      {words.board.loadOf(load, capacity)}
    </span>
  )
}
