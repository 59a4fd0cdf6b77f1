/**
 * Where the customer writes. The field is the one that fits what is asked: a date, a number, an address; "write
 * something else" gives back the free text, for nobody is held to a question. What is not sent yet is kept as a draft,
 * what stands in the field of a question from when that one goes.
 */
import { isComposing } from '#ui/composing.ts'
import { focusIn, h, icon, iconButton, say } from './dom.ts'
import { createPicked, type PickedParts } from './picked.ts'
import { LONGEST_TEXT, type Attachment, type Input } from './wire.ts'
import { fill, type WordName, type Words } from './words.ts'

type Field = HTMLTextAreaElement | HTMLInputElement

export interface ComposerParts extends Pick<PickedParts, 'upload'> {
  readonly words: Words
  readonly language: string
  readonly draft: () => string
  readonly keepDraft: (text: string) => void
  readonly send: (text: string, attachments: readonly Attachment[]) => void
  readonly typing: (isTyping: boolean) => void
}

/** How a question is answered: the field's attributes and label. What is not here is answered in words. */
const asked: Readonly<Partial<Record<Input['as'], readonly [WordName, Readonly<Record<string, string>>]>>> = {
  number: ['number', { inputmode: 'decimal', autocomplete: 'off' }],
  email: ['email', { type: 'email', autocomplete: 'email' }],
  phone: ['phone', { type: 'tel', autocomplete: 'tel' }],
  date: ['date', { type: 'date' }],
}
const TYPING_TOLD = 3_000

export function createComposer({ words, language, draft, keepDraft, send, typing, upload }: ComposerParts) {
  const picked = createPicked({ words, upload, onChange: refresh, focus })
  const problem = h('p', { class: 'bad', role: 'alert', dir: 'auto', hidden: true })
  const file = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, onchange: pick })
  const attach = iconButton('attach', words.attach, { onclick: () => file.click() })
  const freely = iconButton('text', words.freely, { onclick: () => ((free = question), place(true)) })
  const button = h('button', { class: 'icon send', 'aria-label': words.send, title: words.send }, icon('send'))
  const holder = h('div', { class: 'field' })
  const node = h(
    'form',
    { class: 'composer', novalidate: true, onsubmit: submit },
    picked.node,
    problem,
    h('div', { class: 'row' }, attach, file, holder, freely, button),
  )
  let [as, label, question, free]: [Input['as'], string, string, string] = ['text', words.write, '', '']
  let placed = ''
  let field: Field = h('textarea')
  let toldAt = 0
  let rests: ReturnType<typeof setTimeout> | undefined

  function place(mayFocus: boolean): void {
    const [word, attributes] = (free === question ? undefined : asked[as]) ?? []
    const shownLabel = word === undefined ? label : words[word]
    // Asked again, or asked for another of the kind, the field keeps what is half typed.
    const key = `${word} ${shownLabel}`
    freely.hidden = word === undefined
    attach.hidden = word !== undefined
    if (key === placed) return
    placed = key
    const had = mayFocus || focusIn(field)
    const common = {
      'aria-label': shownLabel,
      placeholder: shownLabel,
      oninput: change,
      onkeydown: key_,
      onpaste: paste,
      dir: 'auto',
      enterkeyhint: 'send',
    }
    const half = field instanceof HTMLInputElement ? field.value : ''
    field = attributes === undefined ? h('textarea', { ...common, rows: 1 }) : h('input', { ...common, ...attributes })
    holder.replaceChildren(field)
    if (attributes === undefined) {
      if (half) keepDraft(`${draft()}\n${half}`.trim())
      field.value = draft()
    }
    refresh()
    if (had) field.focus()
  }

  /** As high as its text, up to what the style allows. */
  function refresh(): void {
    button.disabled = picked.isUploading() || (field.value.trim() === '' && picked.count() === 0)
    if (field instanceof HTMLInputElement) return
    field.style.height = 'auto'
    if (field.value !== '') field.style.height = `${field.scrollHeight}px`
  }

  function change(): void {
    say(problem, '')
    if (field instanceof HTMLTextAreaElement) keepDraft(field.value)
    refresh()
    tellTyping(field.value.trim() !== '')
  }

  function tellTyping(isTyping: boolean): void {
    clearTimeout(rests)
    if (isTyping) rests = setTimeout(() => tellTyping(false), TYPING_TOLD)
    const isNews = isTyping ? Date.now() - toldAt > TYPING_TOLD : toldAt > 0
    if (!isNews) return
    toldAt = isTyping ? Date.now() : 0
    typing(isTyping)
  }

  function key_(event: Event): void {
    const pressed = event as KeyboardEvent
    if (pressed.key !== 'Enter' || pressed.shiftKey || isComposing(pressed)) return
    event.preventDefault()
    node.requestSubmit()
  }

  function submit(event: Event): void {
    event.preventDefault()
    // Half a character and the mark of nothing are no text that can be kept.
    const text = field.value.replace(/\p{Cs}|\0/gu, '').trim()
    if ((text === '' && picked.count() === 0) || picked.isUploading()) return
    if (text.length > LONGEST_TEXT) {
      const count = new Intl.NumberFormat(language)
      return say(problem, fill(words.long, { n: count.format(text.length), max: count.format(LONGEST_TEXT) }))
    }
    field.value = ''
    change()
    send(text, picked.take())
    refresh()
  }

  function pick(): void {
    add(file.files ?? [])
    file.value = ''
  }

  function paste(event: Event): void {
    const files = (event as ClipboardEvent).clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    add(files)
  }

  /** Before the conversation has begun there is nowhere to put a file. */
  function add(files: Iterable<File>): void {
    if (node.classList.contains('early')) say(problem, words.wait)
    else picked.add(files)
  }

  function focus(): void {
    field.focus()
  }

  /** The draft was changed elsewhere; what is just being typed stays, unless it `must` go. */
  function takeDraft(must = false): void {
    if (field instanceof HTMLTextAreaElement && (must || !focusIn(field))) field.value = draft()
    refresh()
  }

  place(false)
  return {
    node,
    add,
    focus,
    /** `key` tells one question from the next. */
    ask(input: Input | undefined, key: string, shownLabel: string = words.write): void {
      ;[as, question, label] = [input?.as ?? 'text', key, shownLabel]
      place(false)
    },
    takeDraft,
    /** For another conversation: a file was for the one it was picked in. */
    anew(): void {
      picked.take()
      takeDraft(true)
    },
  }
}
