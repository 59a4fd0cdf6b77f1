import { useLive } from '../live/store.ts'
import { useSendings } from '../session/work.ts'
import { words } from '../words/en.ts'
import { Icon } from '#ui/icon.tsx'
import styles from './Shell.module.css'

/** Says that what is shown may be old, and that nothing is lost by it. */
export function LineBanner() {
  const broken = useLive(({ line, desk }) => line !== 'open' && (desk.known || line === 'waiting'))
  const isWaiting = useLive(({ line }) => line === 'waiting' || line === 'refused')
  const unsent = useSendings().filter(({ state }) => state !== 'answered').length
  const { line } = words.shell
  return (
    <div role="status">
      {broken && (
        <div className={styles['banner']}>
          <Icon name="offline" size={16} />
          <span>
            {isWaiting ? line.waiting : line.connecting}
            {unsent > 0 && ` ${line.unsent(unsent)}`}
          </span>
        </div>
      )}
    </div>
  )
}
