/**
 * A chat between two changes of what it is: its flow, its server, its words. The conversation, the window and the
 * button that opens it, what is unread, and what the page is told.
 */
import { isComposing } from '#ui/composing.ts'
import { h, icon, iconButton, safely } from './dom.ts'
import { createKeep, type Keep } from './keep.ts'
import { createNotice } from './notice.ts'
import { createPanel } from './panel.ts'
import { createSession, type Session, type SessionParts } from './session.ts'
import { fill, isRightToLeft, localeFor, wordsIn, type Words } from './words.ts'

/** What a page may listen to. */
export type ChatEvent = 'open' | 'close' | 'start' | 'message' | 'phase' | 'unread'

const PHONE = '(max-width: 480px)'
const SOON = 16

export interface Life {
  readonly session: Session
  /** `byHand`: the customer did it, so that the focus goes along. */
  toggle(isOpen: boolean, byHand: boolean): void
  end(): void
}

export interface LifeParts {
  readonly flow: string
  readonly base: string
  readonly language: string | undefined
  readonly position: string
  readonly identity: string | undefined
  /** Words of the page's in the place of the widget's. */
  readonly ownWords: Partial<Words>
  readonly onToggle: (isOpen: boolean) => void
  readonly onForgotten: SessionParts['onForgotten']
  readonly tell: (event: ChatEvent, value?: unknown) => void
}

/** Puts it into `root`. */
export function beginLife(
  root: ShadowRoot,
  { flow, base, language, position, identity, ownWords, onToggle, onForgotten, tell }: LifeParts,
): Life {
  const keep: Keep = createKeep(`${base}:${flow}`)
  const reads = language ?? (document.documentElement.lang || navigator.language)
  const words = wordsIn(reads, ownWords)
  const notice = createNotice(keep)
  let due: ReturnType<typeof setTimeout> | undefined
  let [isOpen, unread, phase, conversation, heard] = [false, 0, '', '', 0]
  let shownId: string | undefined

  const session = createSession({ base, flow, keep, language, onChange: soon, onForgotten })
  const locale = localeFor(reads, navigator.language)
  const panel = createPanel({ words, language: locale, keep, session, close: () => onToggle(false) })
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true' })
  const launcher = iconButton('chat', words.open, {
    class: 'launcher',
    'aria-haspopup': 'dialog',
    onclick: () => onToggle(!isOpen),
  })
  launcher.append(icon('down'), badge)
  const section = h(
    'section',
    {
      'aria-label': words.title,
      dir: isRightToLeft(reads) ? 'rtl' : 'ltr',
      lang: reads,
      class: 'chat',
      'data-position': position,
    },
    panel.node,
    launcher,
  )
  root.replaceChildren(section)
  if (identity !== undefined) session.identify(identity)

  /** Much may change at once, and be drawn once. */
  function soon(): void {
    due ??= setTimeout(safely(draw), SOON)
  }

  function draw(): void {
    due = undefined
    tellNews(session.shown())
    if (isOpen && !document.hidden) session.markRead()
    const shown = session.shown()
    // Another tab has ended the conversation in sight.
    if (isOpen && shown.stage === 'closed') session.open()
    if (shown.id !== shownId) panel.anew()
    shownId = shown.id
    if (isOpen) panel.show(shown)
    badge.textContent = shown.unread > 9 ? '9+' : String(shown.unread)
    badge.hidden = shown.unread === 0 || isOpen
    const label = isOpen ? words.close : words.open
    launcher.setAttribute(
      'aria-label',
      shown.unread > 0 && !isOpen ? `${label}, ${fill(words.unread, { n: shown.unread })}` : label,
    )
    launcher.title = label
    notice.title(shown.unread)
    if (shown.unread !== unread) tell('unread', (unread = shown.unread))
  }

  function tellNews({ talk, read, leads }: ReturnType<Session['shown']>): void {
    if (talk.view && talk.view.id !== conversation) {
      ;[conversation, heard] = [talk.view.id, read]
      tell('start', { conversation })
    }
    if (talk.view && talk.view.phase !== phase) tell('phase', (phase = talk.view.phase))
    for (const message of talk.messages) {
      if (message.seq <= heard) continue
      heard = message.seq
      tell('message', message)
      if (leads && message.from !== 'customer') notice.ring(message.seq)
    }
  }

  function toggle(to: boolean, byHand: boolean): void {
    if (to === isOpen) return
    isOpen = to
    if (to) session.open()
    // Before it is in sight: what stands there is not read aloud as if it were news.
    draw()
    launcher.setAttribute('aria-expanded', String(to))
    section.classList.toggle('open', to)
    if (!to) {
      panel.node.close()
      if (byHand) launcher.focus()
    } else if (matchMedia(PHONE).matches) panel.node.showModal()
    // Not by show(), which takes the focus from the page.
    else panel.node.open = true
    if (to && byHand) {
      panel.focus()
      notice.touched()
    }
  }

  const ending = new AbortController()
  const on = (target: EventTarget, type: string, action: (event: Event) => void): void =>
    target.addEventListener(type, safely(action), { signal: ending.signal })
  on(document, 'visibilitychange', soon)
  on(section, 'pointerdown', notice.touched)
  on(panel.node, 'keydown', (event) => {
    const pressed = event as KeyboardEvent
    if (pressed.key === 'Escape' && !isComposing(pressed)) leave(event)
  })
  // A phone's own way back.
  on(panel.node, 'cancel', leave)
  on(panel.node, 'close', () => isOpen && onToggle(false))
  const { visualViewport: seen } = window
  if (seen) for (const type of ['resize', 'scroll']) on(seen, type, fit)
  const unwatch = keep.watch((name) => {
    if (name === 'draft') panel.takeDraft()
  })

  /** Leaves the innermost of what is open. */
  function leave(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    if (!panel.head.escape()) onToggle(false)
  }

  /** A phone's keyboard covers the page instead of making it smaller. */
  function fit(): void {
    panel.node.style.setProperty('--seen-height', `${seen?.height}px`)
    panel.node.style.setProperty('--seen-top', `${seen?.offsetTop}px`)
  }

  fit()
  draw()
  return {
    session,
    toggle,
    end() {
      clearTimeout(due)
      ending.abort()
      unwatch()
      session.close()
      if (unread > 0) tell('unread', 0)
      notice.title(0)
      root.replaceChildren()
    },
  }
}
