/**
 * The transcript on the screen. A line's element is made once and stays where it is: what has been read aloud is not
 * read again, and a picture is not fetched again.
 */
import { h, icon, say, type Child } from './dom.ts'
import { showFiles } from './files.ts'
import type { Line } from './lines.ts'
import { partsOf } from './links.ts'
import type { Unsent } from './outbox.ts'
import type { Words } from './words.ts'

type Said = Line & { kind: 'said' }

export interface TranscriptParts {
  readonly words: Words
  readonly language: string
  readonly file: (attachment: string) => Promise<Blob>
  readonly again: (key: string) => void
  readonly drop: (key: string) => void
}

interface Shown {
  readonly node: HTMLElement
  update(line: Line): void
}

export function createTranscript(parts: TranscriptParts) {
  const { words, language } = parts
  const log = h('div', { role: 'log', 'aria-live': 'polite', 'aria-label': words.title, class: 'log' })
  const shown = new Map<string, Shown>()
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })

  function make(line: Line): Shown {
    switch (line.kind) {
      case 'day': {
        const node = h('div', { class: 'day' })
        // Today is yesterday tomorrow.
        return { node, update: () => say(node, dayName(line.at, language)) }
      }
      case 'joined':
      case 'left':
        return still(h('div', { class: 'day', dir: 'auto' }, ...withName(words[line.kind], line.name)))
      case 'said':
        return makeSaid(line, parts, time)
      default:
        return line satisfies never
    }
  }

  return {
    node: log,
    show(lines: readonly Line[]): void {
      const wanted = new Set(lines.map(({ key }) => key))
      for (const [key, { node }] of shown) {
        if (wanted.has(key)) continue
        node.remove()
        shown.delete(key)
      }
      let place = log.firstChild
      for (const line of lines) {
        const known = shown.get(line.key) ?? make(line)
        shown.set(line.key, known)
        known.update(line)
        if (known.node === place) place = place.nextSibling
        else log.insertBefore(known.node, place)
      }
    },
  }
}

function makeSaid(line: Said, { words, file, again, drop }: TranscriptParts, time: Intl.DateTimeFormat): Shown {
  const { message, at } = line
  const { from, agent, attachments = [] } = message
  const name = from === 'customer' ? words.you : from === 'agent' ? (agent?.name ?? '') : words.assistant
  const status = h('span', { class: 'status' })
  const node = h(
    'div',
    { class: `said ${from}` },
    h(
      'span',
      { class: 'who' },
      face(from === 'agent' ? name : undefined),
      h('bdi', {}, name),
      h('span', { class: 'sr' }, ': '),
    ),
    message.text !== '' && h('p', { class: 'text', dir: 'auto' }, ...textWithLinks(message.text)),
    attachments.length > 0 && showFiles(attachments, words, file),
    h('span', { class: 'meta' }, h('time', { datetime: new Date(at).toISOString() }, time.format(at)), status),
  )
  let told = ''
  return {
    node,
    update(now) {
      if (now.kind !== 'said') return
      node.classList.toggle('first', now.first)
      node.classList.toggle('last', now.last || now.unsent?.state === 'refused' || (now.unsent?.failures ?? 0) > 0)
      const key = JSON.stringify([now.unsent?.state, now.unsent?.failures])
      if (key !== told) status.replaceChildren(...statusOf(now.unsent, words, again, drop))
      told = key
    },
  }
}

function statusOf(
  item: Unsent | undefined,
  words: Words,
  again: (key: string) => void,
  drop: (key: string) => void,
): readonly Node[] {
  if (!item || item.state === 'answered') return []
  const link = (label: string, action: (key: string) => void): HTMLElement =>
    h('button', { type: 'button', class: 'link', onclick: () => action(item.key) }, label)
  if (item.refusal) {
    const isOver = item.refusal.code === 'closed'
    const told = h('span', { class: 'bad' }, `${words.notSent} ${isOver ? words.over : item.refusal.detail}`)
    return [told, ...(isOver ? [] : [link(words.again, again)]), link(words.discard, drop)]
  }
  return item.failures > 0 ? [h('span', {}, words.notYet), link(words.again, again)] : [h('span', {}, words.sending)]
}

/** A line that never changes. */
function still(node: HTMLElement): Shown {
  return { node, update() {} }
}

export function face(name: string | undefined): HTMLElement {
  const initial = name === undefined ? undefined : [...name.trim()][0]
  return h(
    'span',
    { class: initial === undefined ? 'face' : 'face person', 'aria-hidden': 'true' },
    initial ?? icon('bot'),
  )
}

/** A name is set apart: one written in the other direction would turn the sentence around. */
export function withName(text: string, name: string): readonly (Node | string)[] {
  const [before = '', behind = ''] = text.split('{name}')
  return [before, h('bdi', {}, name), behind]
}

function textWithLinks(text: string): readonly Child[] {
  return partsOf(text).map((part) =>
    typeof part === 'string'
      ? part
      : h('a', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, part.text),
  )
}

function dayName(at: number, language: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(Date.now())) / 86_400_000)
  if (days > -2) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.min(days, 0), 'day')
  return new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(at)
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
