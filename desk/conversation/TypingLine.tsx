import { useCallback } from 'react'
import { useClock } from '../clock/clock.ts'
import { useOpen } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { words } from '../words/en.ts'
import styles from './Conversation.module.css'

/** Who writes at this moment; it ends by itself. */
export function TypingLine({ id, name }: { readonly id: string; readonly name: string }) {
  const { typing } = useOpen(id)
  const { agent } = useMe()
  const writes = useClock(useCallback((now: number) => typing !== null && typing.until > now, [typing]))
  const isMe = typing?.agent !== undefined && typing.agent.id === agent
  const who = typing?.from === 'customer' ? name : (typing?.agent?.name ?? words.conversation.from.bot)
  return (
    <div className={styles['typing']} role="status">
      {writes && !isMe && (
        <>
          <span className={styles['dots']} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <bdi>{words.conversation.typing(who)}</bdi>
        </>
      )}
    </div>
  )
}
