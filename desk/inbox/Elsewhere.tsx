import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { DeskConversation } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { words } from '../words/en.ts'
import { ConversationRow } from './ConversationRow.tsx'
import styles from './Inbox.module.css'
import { Said } from './Said.tsx'

interface Props {
  readonly query: string
  readonly opened: string | null
  /** What the list shows already. */
  readonly hidden: readonly DeskConversation[]
}

const LIMIT = 30

/** What the server finds among all conversations, those of the bot and the closed ones too. */
export function Elsewhere({ query, opened, hidden }: Props) {
  const [q] = useDebouncedValue(query, 250)
  const { data, isFetching } = useQuery({
    queryKey: ['found', q],
    queryFn: () => api.deskConversations({ q, limit: LIMIT }),
    placeholderData: (before) => before,
  })
  const shown = new Set(hidden.map(({ id }) => id))
  const found = (data?.items ?? []).filter(({ id }) => !shown.has(id))
  const isLooking = isFetching || q !== query
  return (
    <section className={styles['section']} aria-label={words.inbox.found} aria-busy={isLooking}>
      {(found.length > 0 || isLooking) && (
        <h3>
          {words.inbox.found} <span>{isLooking ? words.inbox.finding : found.length}</span>
        </h3>
      )}
      <ul className={styles['rows']}>
        {found.map((each) => (
          <li key={each.id}>
            <ConversationRow conversation={each} opened={each.id === opened} section={null} />
          </li>
        ))}
      </ul>
      {!isLooking && found.length + hidden.length === 0 && <Said {...words.inbox.noneFound} />}
    </section>
  )
}
