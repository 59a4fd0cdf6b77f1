/** The list beside the open conversation; on a phone one of the two. */
import { lazy, Suspense, useEffect } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { Boundary } from '../shell/Boundary.tsx'
import { Message } from '../shell/Message.tsx'
import { words } from '../words/en.ts'
import { ConversationList } from './ConversationList.tsx'
import styles from './Inbox.module.css'

const loadRoom = () => import('../conversation/ConversationRoom.tsx')
const ConversationRoom = lazy(() => loadRoom().then(({ ConversationRoom }) => ({ default: ConversationRoom })))

export function Inbox({ conversation }: { readonly conversation: string | null }) {
  // It is wanted soon: it comes while one still looks at the list.
  useEffect(() => void loadRoom(), [])
  return (
    <main className={styles['inbox']} data-open={conversation !== null}>
      <h1 className="unseen">{words.shell.product}</h1>
      <ConversationList opened={conversation} />
      <section className={styles['conversation']} aria-label={words.conversation.label}>
        <Boundary key={conversation}>
          {conversation === null ? (
            <Message {...words.conversation.none} />
          ) : (
            <Suspense fallback={<Waiting label={words.conversation.reading} />}>
              <ConversationRoom key={conversation} id={conversation} />
            </Suspense>
          )}
        </Boundary>
      </section>
    </main>
  )
}
