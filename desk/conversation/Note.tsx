import { timeOfDay } from '../clock/telling.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { words } from '../words/en.ts'
import styles from './Conversation.module.css'
import type { Line } from './lines.ts'

/** What staff wrote for staff. */
export function Note({ line }: { readonly line: Line & { readonly kind: 'note' } }) {
  const { by, isWhisper, text, at } = line
  return (
    <article className={styles['note']}>
      <header>
        <Glyph name={isWhisper ? 'ear' : 'lock'} size={13} />
        <bdi>{isWhisper ? words.conversation.whisper(by) : words.conversation.note(by)}</bdi>
        <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
      </header>
      <div className={styles['noteText']} dir="auto">
        {text}
      </div>
    </article>
  )
}
