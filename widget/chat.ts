/**
 * `<baton-chat flow="…">`: the customer's chat on any page. States of the window: shut <-> open. Shut, it is a button
 * that counts what is unread; open, it is a window beside the page, or the whole screen of a phone. What the element
 * does is told to the page by `on`; what the page wants of it, it says by the methods. Nothing of it ever throws into
 * the page.
 */
import { attempt, safely } from './dom.ts'
import { beginLife, type ChatEvent, type Life } from './life.ts'
import type { Opening } from './server.ts'
import css from './style.css?inline'
import type { Words } from './words.ts'

/** The words that pages have replaced, for all chats of the page. */
let ownWords: Partial<Words> = {}

let tellFirst = (): void => {}
const first = new Promise<void>((resolve) => {
  tellFirst = resolve
})
/** The chat with which the page speaks: the first, and where that has left the page, the next that comes. */
let spoken: BatonChat | undefined

/** Does it with the chat with which the page speaks, once there is one. */
export async function withChat<Result>(action: (chat: BatonChat) => Result): Promise<Result | undefined> {
  await first
  return spoken && action(spoken)
}

export class BatonChat extends HTMLElement {
  static readonly observedAttributes = ['flow', 'server', 'language', 'position']

  readonly #root = this.attachShadow({ mode: 'open' })
  #listeners = new Map<string, Set<(value: unknown) => void>>()
  #life: Life | undefined
  #identity: string | undefined
  #isOpen = false

  connectedCallback(): void {
    attempt(() => {
      style(this.#root)
      if (!spoken?.isConnected) {
        // The page's own program has told the one before whatever it tells but once.
        if (spoken) [this.#listeners, this.#identity] = [spoken.#listeners, spoken.#identity]
        spoken = this
      }
      this.#begin()
      tellFirst()
      if (this.hasAttribute('open')) this.#show(true, false)
    })
  }

  disconnectedCallback(): void {
    attempt(() => this.#end())
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.#life) attempt(() => this.#begin())
  }

  open(): void {
    attempt(() => this.#show(true, true))
  }

  close(): void {
    attempt(() => this.#show(false, true))
  }

  /** Binds the customer of a signed token, now and for every conversation begun on this page. */
  identify(token: string): void {
    this.#identity = token
    attempt(() => this.#life?.session.identify(token))
  }

  /** Opens the window and begins a conversation anew, with what the page knows. */
  start(opening: Partial<Opening> = {}): void {
    attempt(() => {
      this.#life?.session.begin(opening)
      this.#show(true, true)
    })
  }

  /** Forgets the customer and the conversation, as when they sign out of the page. */
  forget(): void {
    attempt(() => {
      this.#life?.session.forget()
      this.#forgotten()
    })
  }

  /** Calls `listener` with what happens; what it gives back ends that. */
  on(event: ChatEvent, listener: (value: unknown) => void): () => void {
    const all = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, all.add(listener))
    return () => all.delete(listener)
  }

  /** Replaces words, for all chats of the page. */
  words(words: Partial<Words>): void {
    ownWords = { ...ownWords, ...words }
    for (const chat of document.querySelectorAll('baton-chat'))
      if (chat instanceof BatonChat && chat.#life) attempt(() => chat.#begin())
  }

  #tell(event: ChatEvent, value?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) safely(listener)(value)
  }

  /** Nothing of what stood in the window may stay in it: it is made anew. */
  #forgotten(): void {
    this.#identity = undefined
    this.#show(false, false)
    if (this.#life) this.#begin()
  }

  #begin(): void {
    this.#end()
    const flow = this.getAttribute('flow')
    if (!flow) return console.warn('Baton’s chat has no flow: set data-flow, or flow.')
    this.#life = beginLife(this.#root, {
      flow,
      base: new URL(this.getAttribute('server') ?? location.origin, location.href).origin,
      language: this.getAttribute('language') ?? undefined,
      position: this.getAttribute('position') ?? 'end',
      identity: this.#identity,
      ownWords,
      onToggle: (isOpen) => this.#show(isOpen, true),
      onForgotten: (by) => (by === 'tab' ? this.#forgotten() : this.#begin()),
      tell: (event, value) => this.#tell(event, value),
    })
    if (this.#isOpen) this.#life.toggle(true, false)
  }

  #end(): void {
    this.#life?.end()
    this.#life = undefined
  }

  #show(isOpen: boolean, byHand: boolean): void {
    this.#life?.toggle(isOpen, byHand)
    if (isOpen !== this.#isOpen) this.#tell(isOpen ? 'open' : 'close')
    this.#isOpen = isOpen
  }
}

/** By an adopted sheet, which no policy of the page forbids. */
function style(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
}
