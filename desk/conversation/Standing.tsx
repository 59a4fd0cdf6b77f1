import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ConversationView } from '#ui/answers.ts'
import { useMe } from '../session/me.ts'
import { Keys } from '#ui/kit/Keys.tsx'
import { words } from '../words/en.ts'
import { accept, decline } from './acts.ts'
import styles from './Conversation.module.css'
import { standingOf, type May } from './standing.ts'

const text = words.conversation

interface Props {
  readonly view: ConversationView
  readonly may: May
  /** Above a composer: one may whisper, but not answer. */
  readonly compact?: boolean
}

/** Stands where the composer would: why one cannot answer here, and how one could. */
export function Standing({ view, may, compact = false }: Props) {
  const me = useMe()
  const standing = standingOf(view, me)
  const before = useRef(standing)
  const [isTaken, setTaken] = useState(false)
  // Somebody else took it under one's eyes: that is told otherwise than that somebody has it.
  useEffect(() => {
    if (standing === 'theirs' && (before.current === 'offered' || before.current === 'waiting')) setTaken(true)
    else if (standing !== 'theirs') setTaken(false)
    before.current = standing
  }, [standing])
  const holder = view.agent?.name ?? text.staff
  return (
    <div className={styles['standing']} data-compact={compact} role="status">
      <span>
        {standing !== 'theirs'
          ? why(standing, view, me.agent !== null)
          : compact
            ? text.watch(holder)
            : isTaken
              ? text.taken(holder)
              : text.why.theirs(holder)}
      </span>
      {may.accept && (
        <Button size="xs" onClick={() => void accept(view, me)} rightSection={<Keys of="A" />}>
          {standing === 'offered' ? text.act.accept : text.act.take}
        </Button>
      )}
      {may.decline && (
        <Button size="xs" variant="default" onClick={() => void decline(view, me)} rightSection={<Keys of="X" />}>
          {text.act.decline}
        </Button>
      )}
    </div>
  )
}

function why(
  standing: Exclude<ReturnType<typeof standingOf>, 'theirs'>,
  view: ConversationView,
  isSomebody: boolean,
): string {
  switch (standing) {
    case 'closed':
      return text.why.closed(view.closed?.reason ?? '')
    case 'waiting':
      return isSomebody ? text.why.waiting : text.why.waitingAsNobody
    case 'offered':
      return text.why.offered
    case 'mine':
    case 'bot':
      return text.why.bot
    default:
      return standing satisfies never
  }
}
