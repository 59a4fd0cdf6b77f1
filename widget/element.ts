/**
 * The script that pages include. Once for a page, however often it is included: it defines `<baton-chat>`, puts one
 * into the page when its script line names a flow, and leaves one name in the page, `baton`, to speak with it.
 */
import { BatonChat, withChat } from './chat.ts'
import type { ChatEvent } from './life.ts'
import type { Words } from './words.ts'

const line = document.currentScript
const isFirst = customElements.get('baton-chat') === undefined

if (isFirst) {
  customElements.define('baton-chat', BatonChat)
  Object.assign(window, { baton: speaker() })
}
if (line instanceof HTMLScriptElement && line.dataset['flow']) addChat(line)

/** The methods of the page's chat; what is asked before it is there is done once it is. */
function speaker() {
  return {
    open: () => void withChat((chat) => chat.open()),
    close: () => void withChat((chat) => chat.close()),
    identify: (token: string) => void withChat((chat) => chat.identify(token)),
    start: (opening?: Parameters<BatonChat['start']>[0]) => void withChat((chat) => chat.start(opening)),
    forget: () => void withChat((chat) => chat.forget()),
    words: (words: Partial<Words>) => void withChat((chat) => chat.words(words)),
    on(event: ChatEvent, listener: (value: unknown) => void): () => void {
      const listening = withChat((chat) => chat.on(event, listener))
      return () => void listening.then((end) => end?.())
    },
  }
}

/** A page that has a chat for this flow already gets no second one. */
function addChat({ src, dataset }: HTMLScriptElement): void {
  const add = (): void => {
    const chats = [...document.querySelectorAll('baton-chat')]
    if (chats.some((each) => each.getAttribute('flow') === dataset['flow'])) return
    const chat = document.createElement('baton-chat')
    chat.setAttribute('server', dataset['server'] ?? new URL(src, location.href).origin)
    for (const name of ['flow', 'language', 'theme', 'position', 'open']) {
      const value = dataset[name]
      if (value !== undefined) chat.setAttribute(name, value)
    }
    document.body.append(chat)
  }
  if (document.body) add()
  else document.addEventListener('DOMContentLoaded', add, { once: true })
}
