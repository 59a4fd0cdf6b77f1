import { Alert, Button } from '@mantine/core'
import { useCallback } from 'react'
import type { DeadLetter } from '#ui/administration/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { useClock } from '../../clock/clock.ts'
import { moment } from '../../clock/telling.ts'
import { customerName } from '../../conversation/naming.ts'
import { useLive } from '../../live/store.ts'
import { paths } from '../../shell/route.ts'
import { Way } from '../../shell/Way.tsx'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { administration } from '../client.ts'
import { useAct } from '../useAct.ts'

const text = words.admin.letters

interface Props {
  readonly letter: DeadLetter
  onChanged(said: string): void
}

/** One that failed: what, for whom, why, and what can be done. */
export function Letter({ letter, onChanged }: Props) {
  const { id, conversation, error, attempts, at, asideAt } = letter
  const { busy, refusal, go } = useAct()
  const what = whatOf(letter)
  const known = useLive(({ desk }) => desk.conversations.get(conversation))
  const failedAt = useMoment(at)
  const setAsideAt = useMoment(asideAt ?? at)
  const retry = async (): Promise<void> => {
    await administration.retry(id)
    onChanged(text.retried)
  }
  const setAside = async (): Promise<void> => {
    await administration.setAside(id)
    onChanged(text.done)
  }
  return (
    <li className={styles['letter']} aria-label={what}>
      <div className={styles['title']}>
        <span>{what}</span>
        <time dateTime={at}>{failedAt}</time>
      </div>
      <p className={styles['facts']}>
        <Way to={paths.conversation(conversation)}>
          {text.of} <bdi>{known === undefined ? conversation : customerName(known.about)}</bdi>
        </Way>
        <span>{text.attempts(attempts)}</span>
        {asideAt !== undefined && <span>{text.asideAt(setAsideAt)}</span>}
      </p>
      <pre dir="auto" tabIndex={0} aria-label={text.why(what)}>
        {error}
      </pre>
      {refusal !== null && (
        <Alert color="red" variant="light" role="alert">
          {refusal.message}
        </Alert>
      )}
      <div className={styles['acts']}>
        <Button
          size="xs"
          loading={busy}
          leftSection={<Icon name="redo" size={14} />}
          aria-label={text.retryOf(what)}
          onClick={() => go(retry)}
        >
          {text.retry}
        </Button>
        {asideAt === undefined && (
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            aria-label={text.setAsideOf(what)}
            onClick={() => go(setAside)}
          >
            {text.setAside}
          </Button>
        )}
      </div>
    </li>
  )
}

function whatOf({ type }: DeadLetter): string {
  const known: Readonly<Record<string, string>> = text.types
  return known[type] ?? type
}

function useMoment(at: string): string {
  return useClock(useCallback((now: number) => moment(Date.parse(at), now), [at]))
}
