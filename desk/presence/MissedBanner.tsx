import { Button } from '@mantine/core'
import { words } from '../words/en.ts'
import styles from './Presence.module.css'
import { setPresence, useMyself } from './myself.ts'

/** Says to an agent who let offers pass that they are away now, and brings them back. */
export function MissedBanner() {
  const myself = useMyself()
  const missed = myself?.presence === 'away' && myself.because === 'missed'
  return (
    <div role="status">
      {missed && (
        <div className={styles['missed']}>
          <span>{words.presence.missed}</span>
          <Button size="compact-sm" onClick={() => void setPresence(myself.id, 'online')}>
            {words.presence.back}
          </Button>
        </div>
      )}
    </div>
  )
}
