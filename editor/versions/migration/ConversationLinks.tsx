import { Anchor } from '@mantine/core'
import { openJourney } from '../../insights/opened.ts'
import { words } from '../../words/en.ts'
import style from './Migration.module.css'

interface Props {
  readonly conversations: readonly string[]
  /** How many more there are than are named. */
  readonly more: number
}

/** Conversations by their ids; each opens its journey. */
export function ConversationLinks({ conversations, more }: Props) {
  return (
    <p className={style['links']}>
      {conversations.map((id) => (
        <Anchor
          key={id}
          component="button"
          type="button"
          size="xs"
          aria-label={words.insights.look(id)}
          onClick={() => openJourney(id)}
        >
          {id}
        </Anchor>
      ))}
      {more > 0 && <span className={style['quiet']}>{words.insights.more(more)}</span>}
    </p>
  )
}
