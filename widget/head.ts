/**
 * The top of the window: who is there, where the customer stands in the queue, whether the line holds, and the menu.
 */
import { h, iconButton, say } from './dom.ts'
import { ApiProblem } from '#ui/request.ts'
import type { Keep } from './keep.ts'
import type { Shown } from './session.ts'
import { face, withName } from './transcript.ts'
import { fill, type Words } from './words.ts'

export interface HeadParts {
  readonly words: Words
  readonly keep: Keep
  readonly close: () => void
  readonly stopWaiting: () => void
  readonly emailTranscript: (to: string) => Promise<unknown>
}

export function createHead({ words, keep, close, stopWaiting, emailTranscript }: HeadParts) {
  const faces = h('span', { class: 'faces' })
  const title = h('h2')
  const about = h('p', { role: 'status', dir: 'auto' })
  const place = h('strong')
  const queue = h(
    'div',
    { class: 'strip', hidden: true },
    h('div', { role: 'status', dir: 'auto' }, place, h('p', {}, words.waitingFor)),
  )
  const stop = h('button', { type: 'button', class: 'link', onclick: stopWaiting }, words.stop)
  queue.append(stop)
  const line = h('p', { class: 'strip', role: 'status', dir: 'auto', hidden: true })
  const mail = createMail(words, emailTranscript, () => more.focus())
  const menu = createMenu(words, keep, () => (toggle(false), mail.open()))
  const more = iconButton('more', words.more, {
    'aria-expanded': 'false',
    onclick: () => toggle(menu.hidden !== false),
  })
  const bar = h(
    'header',
    {},
    faces,
    h('div', { class: 'names' }, title, about),
    more,
    iconButton('close', words.close, { onclick: close }),
    menu,
  )
  let told = ''

  function toggle(isOpen: boolean): void {
    menu.hidden = !isOpen
    more.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) menu.querySelector('input')?.focus()
  }
  bar.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.hidden && !(relatedTarget instanceof Node && bar.contains(relatedTarget))) toggle(false)
  })

  return {
    nodes: [bar, mail.node, line, queue],
    /** Whether there was something to close before the window. */
    escape(): boolean {
      const wasOpen = !menu.hidden || !mail.node.hidden
      if (wasOpen) more.focus()
      toggle(false)
      mail.node.hidden = true
      return wasOpen
    },
    show({ talk: { view }, stage, inLine, refusal }: Shown): void {
      const person = view?.phase === 'agentActive' ? view.agent?.name : undefined
      const key = `${person} ${view?.queue === undefined} ${stage}`
      if (key !== told) {
        faces.replaceChildren(face(person))
        title.replaceChildren(
          person === undefined ? (view?.queue ? words.comes : words.assistant) : h('bdi', {}, person),
        )
        say(
          about,
          stage === 'connecting'
            ? words.wait
            : person !== undefined
              ? words.talking
              : view?.queue
                ? ''
                : words.automated,
        )
      }
      told = key
      queue.hidden = view?.queue === undefined
      if (view?.queue) say(place, placeOf(view.queue, words))
      stop.hidden = view?.queue?.mayLeave !== true
      say(line, inLine || stage !== 'talking' ? '' : words.offline)
      more.hidden = refusal !== null || view === null
    },
  }
}

/** "Number 2 in line · about 4 min"; the time is left out when nobody can say. */
function placeOf(
  { position, eta }: { readonly position: number | null; readonly eta: number | null },
  words: Words,
): string {
  const minutes = Math.round((eta ?? 0) / 60_000)
  const time = eta === null ? [] : [minutes < 1 ? words.soon : fill(words.eta, { n: minutes })]
  const where = position === null ? [] : [position === 1 ? words.next : fill(words.place, { n: position })]
  return [...where, ...time].join(' · ') || words.comes
}

function createMenu(words: Words, keep: Keep, mail: () => void): HTMLElement {
  const sound = h('input', { type: 'checkbox', role: 'switch', checked: keep.get('sound') !== false })
  sound.addEventListener('change', () => keep.set('sound', sound.checked))
  return h(
    'div',
    // A press that took the focus would close the menu before it counts.
    { class: 'menu', hidden: true, onmousedown: (event) => event.preventDefault() },
    h('label', {}, words.sound, sound),
    h('button', { type: 'button', onclick: mail }, words.transcript),
  )
}

/** The customer's address is asked for, and what becomes of it is told in its place. */
function createMail(words: Words, send: (to: string) => Promise<unknown>, leave: () => void) {
  const field = h('input', {
    type: 'email',
    required: true,
    autocomplete: 'email',
    'aria-label': words.email,
    placeholder: words.email,
  })
  const told = h('p', { role: 'status', dir: 'auto', hidden: true })
  let isSending = false
  const node = h(
    'form',
    { class: 'strip mail', hidden: true, 'aria-label': words.transcript, onsubmit: submit },
    h('p', {}, words.transcript),
    h(
      'div',
      { class: 'row' },
      field,
      h('button', {}, words.send),
      h('button', { type: 'button', class: 'link', onclick: () => ((node.hidden = true), leave()) }, words.cancel),
    ),
    told,
  )
  function submit(event: Event): void {
    event.preventDefault()
    if (isSending) return
    const to = field.value.trim()
    isSending = true
    send(to)
      .then(
        () => tell(withName(words.mailed, to)),
        // Why a server sends no mail at all is not for its customers.
        (error: unknown) =>
          tell([`${words.notSent} ${error instanceof ApiProblem && error.status !== 409 ? error.detail : ''}`]),
      )
      .finally(() => {
        isSending = false
      })
  }
  function tell(parts: readonly (Node | string)[]): void {
    told.replaceChildren(...parts)
    told.hidden = false
  }
  return {
    node,
    open(): void {
      told.hidden = true
      node.hidden = false
      field.focus()
    },
  }
}
