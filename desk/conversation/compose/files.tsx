import { CloseButton } from '@mantine/core'
import { useRef, useState, type DragEvent } from 'react'
import { ApiProblem } from '#ui/request.ts'
import { changeDraft, draft, useDraft } from '../../session/work.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import { sizeOf } from '../naming.ts'
import styles from './Composer.module.css'
import { LARGEST, upload } from './upload.ts'

const text = words.compose

interface Uploading {
  readonly key: number
  readonly name: string
  /** 0 to 1. */
  readonly part: number
}

export type Files = ReturnType<typeof useFiles>

/** Files on their way into a draft: picked, pasted or dropped. What is sent is kept with the draft. */
export function useFiles(conversation: string) {
  const [uploading, setUploading] = useState<readonly Uploading[]>([])
  const [isOver, setOver] = useState(false)
  const count = useRef(0)

  const addOne = async (file: File): Promise<void> => {
    if (file.size > LARGEST) return say({ tone: 'warning', text: text.tooLarge(file.name) })
    const key = (count.current += 1)
    setUploading((all) => [...all, { key, name: file.name, part: 0 }])
    try {
      const sent = await upload(conversation, file, (part) =>
        setUploading((all) => all.map((each) => (each.key === key ? { ...each, part } : each))),
      )
      changeDraft(conversation, { attachments: [...draft(conversation).attachments, sent] })
    } catch (error) {
      const why = error instanceof ApiProblem ? error.detail || error.title : ''
      say({ tone: 'warning', title: text.uploadFailed(file.name), text: why })
    } finally {
      setUploading((all) => all.filter((each) => each.key !== key))
    }
  }
  const add = (files: Iterable<File>): void => {
    for (const file of files) void addOne(file)
  }
  return {
    uploading,
    isBusy: uploading.length > 0,
    isOver,
    add,
    pick(): void {
      const input = document.createElement('input')
      input.type = 'file'
      input.multiple = true
      input.onchange = () => add(input.files ?? [])
      input.click()
    },
    dropZone: {
      onDragOver(event: DragEvent): void {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent): void {
        setOver(false)
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        add(event.dataTransfer.files)
      },
    },
  }
}

/** The files of a draft, and those that are still on their way. */
export function FileChips({ id, files: { uploading } }: { readonly id: string; readonly files: Files }) {
  const { attachments } = useDraft(id)
  if (attachments.length + uploading.length === 0) return null
  return (
    <ul className={styles['chips']}>
      {attachments.map((file) => (
        <li key={file.id} className={styles['fileChip']}>
          <Glyph name="file" size={14} />
          <bdi>{file.name}</bdi>
          <span>{sizeOf(file.size)}</span>
          <CloseButton
            size="xs"
            aria-label={text.remove(file.name)}
            onClick={() => changeDraft(id, { attachments: attachments.filter((each) => each.id !== file.id) })}
          />
        </li>
      ))}
      {uploading.map(({ key, name, part }) => (
        <li key={key} className={styles['fileChip']}>
          <Glyph name="file" size={14} />
          <bdi>{name}</bdi>
          <progress value={part} max={1} aria-label={text.uploading(name, Math.round(part * 100))} />
        </li>
      ))}
    </ul>
  )
}
