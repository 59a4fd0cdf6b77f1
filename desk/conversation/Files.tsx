import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '#ui/client.ts'
import type { Attachment } from '#ui/answers.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'
import styles from './Conversation.module.css'
import { sizeOf } from './naming.ts'

interface Props {
  readonly files: readonly Attachment[]
  readonly conversation: string
}

const text = words.conversation.attachment
/** Only these are shown as pictures; the server has looked whether they are. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Files of a message: pictures are shown, the others saved. Their names are text. */
export function Files({ files, conversation }: Props) {
  return (
    <div className={styles['files']}>
      {files.map((file) =>
        PICTURES.has(file.type) ? (
          <Picture key={file.id} file={file} conversation={conversation} />
        ) : (
          <FileButton key={file.id} file={file} conversation={conversation} />
        ),
      )}
    </div>
  )
}

function Picture({ file, conversation }: { readonly file: Attachment; readonly conversation: string }) {
  const { data, isError } = useQuery({
    queryKey: ['attachment', conversation, file.id],
    queryFn: () => api.attachment(conversation, file.id),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (data === undefined) return
    const made = URL.createObjectURL(data)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [data])
  if (isError) return <FileButton file={file} conversation={conversation} />
  return (
    <button
      type="button"
      className={styles['image']}
      aria-label={text.open(file.name, sizeOf(file.size))}
      onClick={() => url !== null && window.open(url, '_blank', 'noopener')}
    >
      {url !== null && <img src={url} alt={text.image(file.name)} />}
    </button>
  )
}

function FileButton({ file, conversation }: { readonly file: Attachment; readonly conversation: string }) {
  const size = sizeOf(file.size)
  return (
    <button
      type="button"
      className={styles['file']}
      aria-label={text.open(file.name, size)}
      onClick={() => void save(conversation, file)}
    >
      <Glyph name="file" size={16} />
      <bdi>{file.name}</bdi>
      <span>{size}</span>
    </button>
  )
}

/** The file wants the key, so it is read here and handed to the browser. */
async function save(conversation: string, { id, name }: Attachment): Promise<void> {
  try {
    const url = URL.createObjectURL(await api.attachment(conversation, id))
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  } catch {
    say({ tone: 'warning', text: text.failed })
  }
}
