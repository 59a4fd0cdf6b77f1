/** What customers were promised for later: tickets to answer, and the calls that are booked. */
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../live/store.ts'
import { words } from '../words/en.ts'
import { CallList } from './CallList.tsx'
import styles from './Promises.module.css'
import { useFollowing } from './read.ts'
import { TicketList, type Shown } from './TicketList.tsx'

const text = words.promises

export function Promises() {
  const queues = useLive(({ desk }) => desk.queues)
  const [team, setTeam] = useState('')
  const [shown, setShown] = useState<Shown>('open')
  useFollowing()
  const chosen = team === '' ? undefined : team
  return (
    <main className={styles['room']} aria-label={text.title}>
      <header className={styles['head']}>
        <div>
          <h1>{text.title}</h1>
          <p>{text.explain}</p>
        </div>
        {queues.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={text.team}
            value={team}
            data={[{ value: '', label: text.everyTeam }, ...queues.map((each) => each.team)]}
            onChange={({ currentTarget: { value } }) => setTeam(value)}
          />
        )}
      </header>
      <div className={styles['pair']}>
        <section aria-label={text.tickets}>
          <div className={styles['title']}>
            <h2>{text.tickets}</h2>
            <SegmentedControl
              size="xs"
              aria-label={text.show}
              value={shown}
              onChange={setShown}
              data={(['open', 'resolved'] as const).map((value) => ({ value, label: text.states[value] }))}
            />
          </div>
          <TicketList shown={shown} team={chosen} />
        </section>
        <section aria-label={text.calls}>
          <div className={styles['title']}>
            <h2>{text.calls}</h2>
          </div>
          <CallList team={chosen} />
        </section>
      </div>
    </main>
  )
}
