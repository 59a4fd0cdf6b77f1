/**
 * Attachments in the transcript: pictures are shown, the rest is offered to be saved. All come with the customer's
 * token.
 */
import { h, icon, safely } from './dom.ts'
import type { Attachment } from './wire.ts'
import { fill, type Words } from './words.ts'

type Fetch = (attachment: string) => Promise<Blob>

const PICTURE = /^image\/(png|jpeg|gif|webp)$/

export function showFiles(attachments: readonly Attachment[], words: Words, file: Fetch): HTMLElement {
  return h(
    'div',
    { class: 'files' },
    ...attachments.map((each) => (PICTURE.test(each.type) ? picture(each, words, file) : chip(each, words, file))),
  )
}

/** A picture that does not come, or that the page's policy forbids, is offered as a file. */
function picture(attachment: Attachment, words: Words, file: Fetch): HTMLElement {
  const image = h('img', { alt: attachment.name, class: 'picture' })
  const button = h(
    'button',
    {
      type: 'button',
      class: 'picture',
      'aria-label': fill(words.download, { name: attachment.name }),
      onclick: () => save(attachment, file),
    },
    image,
  )
  const giveUp = (): void => button.replaceWith(chip(attachment, words, file))
  image.addEventListener('error', giveUp)
  file(attachment.id).then((blob) => {
    const address = URL.createObjectURL(blob)
    image.addEventListener('load', () => URL.revokeObjectURL(address))
    image.src = address
  }, giveUp)
  return button
}

function chip(attachment: Attachment, words: Words, file: Fetch): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'chip',
      'aria-label': fill(words.download, { name: attachment.name }),
      onclick: () => save(attachment, file),
    },
    icon('file'),
    h('bdi', {}, attachment.name),
    h('small', {}, sizeOf(attachment.size)),
  )
}

function save(attachment: Attachment, file: Fetch): void {
  file(attachment.id).then(
    safely((blob: Blob) => {
      const href = URL.createObjectURL(blob)
      h('a', { href, download: attachment.name }).click()
      setTimeout(() => URL.revokeObjectURL(href), 10_000)
    }),
    (error: unknown) => console.warn('Baton’s chat:', error),
  )
}

export function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
