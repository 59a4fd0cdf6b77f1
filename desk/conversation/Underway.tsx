import { Glyph } from '../shell/Glyph.tsx'
import type { Sending } from '../outbox/outbox.ts'
import { words } from '../words/en.ts'
import { Files } from './Files.tsx'
import styles from './Conversation.module.css'

/** What was sent and is not in the transcript yet; what is no text shows when it is done. */
export function Underway({ sending }: { readonly sending: Sending }) {
  const { event, tries, state, conversation } = sending
  const isSlow = tries > 1 || (tries === 1 && state === 'waiting')
  const under = isSlow ? <p className={styles['under']}>{words.conversation.retrying}</p> : null
  if (event.type === 'agent.note')
    return (
      <article className={`${styles['note']} ${styles['sending']}`}>
        <header>
          <Glyph name="lock" size={13} />
          {words.conversation.sending}
        </header>
        <div className={styles['noteText']} dir="auto">
          {event.text}
        </div>
        {under}
      </article>
    )
  if (event.type !== 'agent.message') return null
  return (
    <div className={`${styles['said']} ${styles['sending']}`} data-side="ours" data-from="agent">
      <div className={styles['speaker']} data-from="agent">
        <Glyph name="people" size={14} />
        {words.inbox.you} <span className={styles['when']}>{words.conversation.sending}</span>
      </div>
      {event.text !== '' && (
        <div className={styles['bubble']} data-from="agent" dir="auto">
          {event.text}
        </div>
      )}
      {event.attachments !== undefined && <Files files={event.attachments} conversation={conversation} />}
      {under}
    </div>
  )
}
