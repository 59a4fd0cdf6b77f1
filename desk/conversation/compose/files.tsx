import { CloseButton } from '@mantine/core'
import { useState, type DragEvent } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { ApiProblem } from '#ui/request.ts'
import { reach } from '../../actions/focus.ts'
import { changeDraft, draft, useDraft, writer } from '../../session/work.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import { sizeOf } from '../naming.ts'
import styles from './Composer.module.css'
import { LARGEST, upload } from './upload.ts'

const text = words.compose

interface Uploading {
  readonly key: number
  readonly conversation: string
  /** Whose upload it is: who signs in after them on this page neither sees nor gets it. */
  readonly who: string | undefined
  readonly name: string
  /** 0 to 1. */
  readonly part: number
}

export type Files = ReturnType<typeof useFiles>

/** Of all conversations: who looks into another one meanwhile finds the file on its way when they come back. */
const underway = createStore<readonly Uploading[]>(() => [])
let count = 0

async function addOne(conversation: string, file: File): Promise<void> {
  if (file.size > LARGEST) return say({ tone: 'warning', text: text.tooLarge(file.name) })
  const key = (count += 1)
  const who = writer()
  const change = (to: (all: readonly Uploading[]) => readonly Uploading[]): void =>
    underway.setState(to(underway.getState()), true)
  change((all) => [...all, { key, conversation, who, name: file.name, part: 0 }])
  try {
    const sent = await upload(conversation, file, (part) =>
      change((all) => all.map((each) => (each.key === key ? { ...each, part } : each))),
    )
    if (who === writer()) changeDraft(conversation, { attachments: [...draft(conversation).attachments, sent] })
  } catch (error) {
    const why = error instanceof ApiProblem ? error.detail || error.title : ''
    if (who === writer()) say({ tone: 'warning', title: text.uploadFailed(file.name), text: why })
  } finally {
    change((all) => all.filter((each) => each.key !== key))
  }
}

/** Files on their way into a draft: picked, pasted or dropped. What is sent is kept with the draft. */
export function useFiles(conversation: string) {
  const all = useStore(underway)
  const uploading = all.filter((each) => each.conversation === conversation && each.who === writer())
  const [isOver, setOver] = useState(false)
  const add = (files: Iterable<File>): void => {
    for (const file of files) void addOne(conversation, file)
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
            onClick={() => {
              changeDraft(id, { attachments: attachments.filter((each) => each.id !== file.id) })
              reach('reply')
            }}
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
