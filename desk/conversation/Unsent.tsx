import { Alert, Text } from '@mantine/core'
import { changeDraft, useDraft } from '../session/work.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { words } from '../words/en.ts'
import styles from './compose/Composer.module.css'
import { sizeOf } from './naming.ts'
import type { May } from './standing.ts'

const text = words.compose

interface Props {
  readonly id: string
  readonly may: Pick<May, 'reply' | 'note'>
}

/** What one has written where one may write no more: it stays in sight, to be taken elsewhere or let go. */
export function Unsent({ id, may }: Props) {
  const { reply, note, attachments, problem } = useDraft(id)
  const written = [may.reply ? '' : reply, may.note ? '' : note].filter((each) => each !== '')
  const files = may.reply ? [] : attachments
  if (written.length + files.length === 0) return null
  const letGo = (): void =>
    changeDraft(id, {
      ...(may.reply ? {} : { reply: '', attachments: [] }),
      ...(may.note ? {} : { note: '' }),
      problem: null,
    })
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      title={text.unsent}
      withCloseButton
      closeButtonLabel={text.letGo}
      onClose={letGo}
    >
      {/* Where there is a composer, it says why. */}
      {problem !== null && !may.reply && !may.note && <Text size="sm">{problem}</Text>}
      <div tabIndex={0} style={{ maxHeight: '30vh', overflowY: 'auto' }}>
        {written.map((each, index) => (
          <Text key={index} size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {each}
          </Text>
        ))}
        {files.length > 0 && (
          <ul className={styles['chips']} style={{ padding: 0 }}>
            {files.map(({ id: file, name, size }) => (
              <li key={file} className={styles['fileChip']}>
                <Glyph name="file" size={14} />
                <bdi>{name}</bdi>
                <span>{sizeOf(size)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Alert>
  )
}
