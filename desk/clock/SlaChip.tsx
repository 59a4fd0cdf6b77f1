import { useCallback } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { About } from '#ui/answers.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { words } from '../words/en.ts'
import { useClock } from './clock.ts'
import styles from '../inbox/Inbox.module.css'
import { slaNow } from './sla.ts'

/** The clock of the promised first answer; nothing when none runs. */
export function SlaChip({ about }: { readonly about: Pick<About, 'sla'> }) {
  const told = useClock(
    useCallback(
      (now: number) => {
        const sla = slaNow(about, now)
        return sla === null ? '' : `${sla.state}|${sla.text}`
      },
      [about],
    ),
  )
  if (told === '') return null
  const [state = 'ok', text = ''] = told.split('|')
  return (
    <span className={styles['chip']} data-state={state}>
      {state === 'ok' ? <Glyph name="clock" size={11} /> : <Icon name="warning" size={11} />}
      <span className="unseen">{words.inbox.sla[state === 'breached' || state === 'risk' ? state : 'ok']}: </span>
      {text}
    </span>
  )
}
