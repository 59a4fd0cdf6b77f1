import { memo } from 'react'
import { Icon } from '#ui/icon.tsx'
import { timeOfDay } from '../clock/telling.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { words } from '../words/en.ts'
import { Files } from './Files.tsx'
import styles from './Conversation.module.css'
import type { Said } from './lines.ts'

interface Props {
  readonly line: Said
  readonly conversation: string
}

/** What somebody said: side, sign and name tell who, whatever the colours. */
export const SaidLine = memo(function SaidLine({ line, conversation }: Props) {
  const { from, name, text, at, attachments, choices, goesOn } = line
  const time = timeOfDay(at)
  return (
    <div
      className={styles['said']}
      data-from={from}
      data-side={from === 'bot' || from === 'agent' ? 'ours' : 'theirs'}
      data-goes-on={goesOn}
    >
      {goesOn ? (
        <span className="unseen">
          <bdi>{name}</bdi>, {time}:
        </span>
      ) : (
        <div className={styles['speaker']} data-from={from}>
          <Sign from={from} />
          <bdi>{name}</bdi>
          <time dateTime={new Date(at).toISOString()}>{time}</time>
        </div>
      )}
      {text !== '' && (
        <div className={styles['bubble']} data-from={from} dir="auto" title={time}>
          {text}
        </div>
      )}
      {attachments.length > 0 && <Files files={attachments} conversation={conversation} />}
      {choices.length > 0 && (
        <ul className={styles['choices']} aria-label={words.conversation.choices}>
          {choices.map((choice, index) => (
            <li key={index} dir="auto">
              {choice}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
})

function Sign({ from }: { readonly from: Said['from'] }) {
  if (from === 'bot') return <Glyph name="bot" size={14} />
  if (from === 'agent') return <Glyph name="people" size={14} />
  return <Icon name={from === 'customer' ? 'person' : 'note'} size={13} />
}
