import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import type { CallbackView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { useClock } from '../clock/clock.ts'
import { timeOfDay } from '../clock/telling.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { navigate, paths } from '../shell/route.ts'
import { Tag } from '../shell/Tag.tsx'
import { words } from '../words/en.ts'
import { calendarOf } from './calendar.ts'
import { Confirm } from './Confirm.tsx'
import { Listed } from './Listed.tsx'
import { callerName, phoneOf } from './naming.ts'
import styles from './Promises.module.css'
import { useCallbacks, useReadAgain } from './read.ts'
import { When } from './When.tsx'

const text = words.promises
const quarter = (now: number): number => Math.floor(now / 900_000) * 900_000

/** The calls that are still to come, by their days. */
export function CallList({ team }: { readonly team: string | undefined }) {
  const read = useCallbacks(team)
  const again = useReadAgain()
  const [cancelling, setCancelling] = useState<CallbackView | null>(null)
  return (
    <>
      <Listed read={read} none={text.none.calls}>
        {(items) => <Days calls={items} onCancel={setCancelling} />}
      </Listed>
      {cancelling !== null && (
        <Confirm
          {...text.confirmCancel}
          title={text.confirmCancel.title(callerName(cancelling))}
          act={async () => {
            await api.cancelCallback(cancelling.id)
            await again()
          }}
          onClose={() => setCancelling(null)}
        />
      )}
    </>
  )
}

interface DaysProps {
  readonly calls: readonly CallbackView[]
  onCancel(call: CallbackView): void
}

function Days({ calls, onCancel }: DaysProps) {
  // A new day begins at a quarter of an hour everywhere.
  const now = useClock(useCallback(quarter, []))
  const days = useMemo(() => calendarOf(calls, now), [calls, now])
  return days.map(({ key, name, calls: of }) => (
    <div key={key} className={styles['day']}>
      <h3 id={`day-${key}`}>{name}</h3>
      <ul className={styles['list']} aria-labelledby={`day-${key}`}>
        {of.map((call) => (
          <Row key={call.id} call={call} onCancel={onCancel} />
        ))}
      </ul>
    </div>
  ))
}

function Row({ call, onCancel }: { readonly call: CallbackView; onCancel(call: CallbackView): void }) {
  const { at, length, state, team, conversation, bookedAt } = call
  const name = callerName(call)
  const phone = phoneOf(call)
  const begins = Date.parse(at)
  return (
    <li className={`${styles['item']} ${styles['call']}`} aria-label={name}>
      <p className={styles['time']}>
        <time dateTime={at}>{timeOfDay(begins)}</time>
        <small>{text.length(Math.round(length / 60_000))}</small>
      </p>
      <div className={styles['who']}>
        <h4>
          <bdi>{name}</bdi>
        </h4>
        <p className={styles['facts']}>
          {phone !== undefined && phone !== name && <bdi className={styles['phone']}>{phone}</bdi>}
          <bdi>{team ?? text.anybody}</bdi>
          <span>
            {text.bookedAt} <When at={bookedAt} />
          </span>
        </p>
        {state !== 'booked' && (
          <p className={styles['state']}>
            <Tag tone={state === 'missed' ? 'danger' : 'warning'}>
              <Glyph name="bell" size={13} />
              {text.call[state]}
            </Tag>
          </p>
        )}
        <div className={styles['acts']}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={text.of(text.read, name)}
            onClick={() => navigate(paths.conversation(conversation))}
          >
            {text.read}
          </Button>
          {state === 'booked' && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              c="var(--text-dim)"
              aria-label={text.of(text.cancel, name)}
              onClick={() => onCancel(call)}
            >
              {text.cancel}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
