import { memo, useCallback } from 'react'
import type { DeskConversation } from '#ui/answers.ts'
import { Age } from '../clock/Age.tsx'
import { SlaChip } from '../clock/SlaChip.tsx'
import { useClock } from '../clock/clock.ts'
import { asSentence, customerName, initials } from '../conversation/naming.ts'
import { useLive } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { useDraft } from '../session/work.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { opened as openedNow, paths } from '../shell/route.ts'
import { Way } from '../shell/Way.tsx'
import { words } from '../words/en.ts'
import styles from './Inbox.module.css'
import type { SectionName } from './sections.ts'

interface Props {
  readonly conversation: DeskConversation
  readonly opened: boolean
  /** Null: it was found by a search. */
  readonly section: SectionName | null
}

const text = words.inbox

/** One conversation in the list: who, what was said last, since when, and what is pressing. */
export const ConversationRow = memo(function ConversationRow({ conversation, opened, section }: Props) {
  const { id, about, queue, agent } = conversation
  const name = customerName(about)
  const isWaiting = section === 'offered' || section === 'waiting'
  const since = isWaiting ? (queue?.waitingSince ?? about.startedAt) : (about.last?.at ?? about.startedAt)
  return (
    <Way
      className={styles['row']}
      to={paths.conversation(id)}
      replaces={() => openedNow() !== null}
      aria-current={opened}
      data-owed={about.answerOwed && section === 'mine'}
    >
      <span className={styles['avatar']} aria-hidden="true">
        {initials(name)}
      </span>
      <span className={styles['body']}>
        <span className={styles['line']}>
          <bdi className={styles['name']}>{name}</bdi>
          <span className={styles['when']}>
            <Age at={since} />
          </span>
        </span>
        <span className={styles['line']}>
          <Last conversation={conversation} />
          {about.answerOwed && section === 'mine' && (
            <span className={styles['owed']} role="img" aria-label={text.owed} />
          )}
        </span>
        <span className={styles['chips']}>
          <SlaChip about={about} />
          <DraftChip id={id} />
          {queue !== undefined && queue.priority > 0 && (
            <span className={styles['chip']} title={text.priority(queue.priority)}>
              <Glyph name="up" size={11} />
              <span className="unseen">{text.priority(queue.priority)}</span>
              <span aria-hidden="true">{queue.priority}</span>
            </span>
          )}
          {queue !== undefined && <bdi className={styles['chip']}>{queue.team}</bdi>}
          {section === 'theirs' && agent !== undefined && <bdi className={styles['chip']}>{agent.name}</bdi>}
          {section === null && <span className={styles['chip']}>{words.inbox.phases[conversation.phase]}</span>}
          {isWaiting && about.reason !== null && <bdi className={styles['reason']}>{asSentence(about.reason)}</bdi>}
        </span>
      </span>
    </Way>
  )
})

function Last({ conversation: { id, about } }: { readonly conversation: DeskConversation }) {
  const typing = useLive(({ desk }) => desk.typing.get(id) ?? null)
  const writes = useClock(useCallback((time: number) => typing?.from === 'customer' && typing.until > time, [typing]))
  const { agent } = useMe()
  if (writes) return <span className={`${styles['last']} ${styles['typing']}`}>{text.typing}</span>
  if (about.last === null) return <span className={styles['last']}>{text.nothingSaid}</span>
  const { from, text: said } = about.last
  const shown = said === '' ? text.file : said
  const who = from === 'agent' && agent !== null ? text.you : words.conversation.from[from]
  return (
    <bdi className={styles['last']} dir="auto">
      {from === 'customer' ? shown : text.said(who, shown)}
    </bdi>
  )
}

function DraftChip({ id }: { readonly id: string }) {
  const { reply, note, attachments } = useDraft(id)
  return reply.trim() === '' && note.trim() === '' && attachments.length === 0 ? null : (
    <span className={styles['chip']} data-state="draft">
      {text.unsent}
    </span>
  )
}
