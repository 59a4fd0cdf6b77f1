/**
 * The line to one conversation, shared by the tabs of a browser. The tab that leads holds the stream and tells the
 * others what it hears; a tab that joins asks all of them for what was heard before. States, of the tab that leads:
 * connecting -> open -> waiting -> open, or lost, when the server knows the conversation no more. Out of line is told
 * after a moment only: most lines that break are back by then. A device that slept, or whose network comes back, does
 * not wait for its turn.
 */
import type { Feed, FeedEvent } from '#ui/feed.ts'
import type { Pass, Server } from './server.ts'
import { joinTabs } from './tabs.ts'
import type { Heard, Talk } from './talk.ts'
import { isMessage, isTyping, isView } from './wire.ts'

export interface Line {
  /** Hears it, and lets the other tabs hear it. */
  share(heard: Heard): void
  close(): void
}

export interface LineParts {
  readonly server: Server
  readonly pass: Pass
  readonly name: string
  readonly talk: () => Talk
  readonly onHear: (heard: Heard) => void
  readonly onLead: (leads: boolean) => void
  /** Whether anything comes in at present. */
  readonly onLine: (isIn: boolean) => void
  readonly onLost: () => void
}

const GRACE = 2_000
const ASLEEP = 15_000

export function openLine({ server, pass, name, talk, onHear, onLead, onLine, onLost }: LineParts): Line {
  let feed: Feed | undefined
  let leads = false
  let hiddenAt = 0
  let grace: ReturnType<typeof setTimeout> | undefined
  const ending = new AbortController()

  const tabs = joinTabs(name, {
    onLead() {
      leads = true
      listen()
      onLead(true)
    },
    onFollow() {
      leads = false
      feed?.close()
      clearTimeout(grace)
      onLine(true)
      onLead(false)
    },
    onHear(said) {
      if (typeof said !== 'object' || said === null) return
      // Tabs of one browser run the same program: they tell what is told below.
      const { heard, ask } = said as { heard?: readonly Heard[]; ask?: true }
      heard?.forEach(onHear)
      if (ask) tabs.tell({ heard: allOf(talk()) })
    },
  })

  function share(heard: Heard): void {
    tabs.tell({ heard: [heard] })
    onHear(heard)
  }

  function listen(): void {
    feed?.close()
    feed = server.listen(pass, talk().cursor, hear, (state) => {
      clearTimeout(grace)
      if (state === 'refused') onLost()
      else if (state === 'open') onLine(true)
      else grace = setTimeout(() => onLine(false), GRACE)
    })
  }

  function hear({ id, event, data }: FeedEvent): void {
    if (event === 'view' && isView(data)) share({ type: 'view', view: data })
    else if (event === 'typing' && isTyping(data)) share({ type: 'typing', typing: data })
    else if (event === 'message' && isMessage(data)) share({ type: 'entry', seq: Number(id), message: data })
    else if (id !== '') share({ type: 'entry', seq: Number(id) })
  }

  const on = (target: EventTarget, type: string, action: () => void): void =>
    target.addEventListener(type, action, { signal: ending.signal })
  on(window, 'offline', () => onLine(false))
  on(window, 'online', () => (leads ? listen() : onLine(true)))
  on(document, 'visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (!leads) tabs.seize()
    else if (Date.now() - hiddenAt > ASLEEP) listen()
  })
  if (!document.hidden) tabs.seize()
  tabs.tell({ ask: true })

  return {
    share,
    close() {
      clearTimeout(grace)
      ending.abort()
      feed?.close()
      tabs.leave()
    },
  }
}

/** All that a tab has heard, as another may hear it. */
function allOf({ messages, view, cursor }: Talk): readonly Heard[] {
  return [
    { type: 'said', messages },
    { type: 'entry', seq: cursor },
    ...(view ? [{ type: 'view', view } as const] : []),
  ]
}
