import { useQuery } from '@tanstack/react-query'
import type { ConversationView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { useOpen } from '../../live/store.ts'
import { words } from '../../words/en.ts'
import styles from './Composer.module.css'

interface Props {
  readonly view: ConversationView
  onTake(text: string): void
}

const text = words.compose
const MOST = 3

/** Replies that may fit, with why; one click puts one into the field, to be changed and sent. */
export function Suggestions({ view: { id }, onTake }: Props) {
  const { thread } = useOpen(id)
  // Asked again when the customer has said more, not for what one says oneself.
  const said = thread.entries.findLast((entry) => entry.kind === 'message' && entry.from === 'customer')?.seq ?? 0
  const { data = [] } = useQuery({
    queryKey: ['suggestions', id, said],
    queryFn: () => api.replies(id, { limit: MOST }),
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  if (data.length === 0) return null
  return (
    <section className={styles['suggestions']} aria-label={text.suggestions}>
      <ul>
        {data.slice(0, MOST).map((reply) => (
          <li key={reply.id}>
            <button
              type="button"
              className={styles['suggestion']}
              title={reply.text}
              onClick={() => onTake(reply.text)}
            >
              <small>{reply.because ?? text.source[reply.source]}</small>
              <span dir="auto">{reply.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
