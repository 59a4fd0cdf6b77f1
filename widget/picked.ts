/** Files that the customer has picked, pasted or dropped: each uploads at once, and goes with the next message. */
import { h, icon, iconButton, say } from './dom.ts'
import type { Upload } from './server.ts'
import { LARGEST_FILE, MOST_FILES, type Attachment } from './wire.ts'
import { fill, type Words } from './words.ts'

export interface PickedParts {
  readonly words: Words
  readonly upload: (file: File, onProgress: (part: number) => void) => Upload
  readonly onChange: () => void
  /** Where the keyboard goes from what is taken away. */
  readonly focus: () => void
}

export function createPicked({ words, upload, onChange, focus }: PickedParts) {
  const files = new Map<HTMLElement, Attachment | undefined>()
  const list = h('div', { class: 'picked' })
  const problem = h('p', { class: 'bad', role: 'alert', hidden: true })

  function add(file: File): void {
    if (files.size >= MOST_FILES || file.size > LARGEST_FILE) return say(problem, words.large)
    const bar = h('progress', { 'aria-label': file.name })
    const remove = iconButton('close', fill(words.remove, { name: file.name }), { onclick: () => (take(), focus()) })
    const node = h('div', { class: 'chip' }, icon('file'), h('bdi', {}, file.name), bar, remove)
    const sending = upload(file, (part) => {
      bar.value = part
    })
    function take(): void {
      sending.cancel()
      files.delete(node)
      node.remove()
      onChange()
    }
    files.set(node, undefined)
    list.append(node)
    sending.done.then(
      (attachment) => {
        bar.remove()
        if (files.has(node)) files.set(node, attachment)
        onChange()
      },
      (error: unknown) => {
        if (!files.has(node)) return
        take()
        const detail = error instanceof Error ? error.message : ''
        say(problem, `${file.name}: ${words.notSent} ${detail}`)
      },
    )
    onChange()
  }

  return {
    node: h('div', {}, list, problem),
    add(given: Iterable<File>): void {
      say(problem, '')
      ;[...given].forEach(add)
    },
    isUploading: (): boolean => [...files.values()].includes(undefined),
    /** Hands over what has been uploaded, and keeps nothing. */
    take(): readonly Attachment[] {
      const taken = [...files.values()].filter((each) => each !== undefined)
      files.clear()
      list.replaceChildren()
      say(problem, '')
      return taken
    },
    count: (): number => files.size,
  }
}
