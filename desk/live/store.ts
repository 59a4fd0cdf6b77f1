/** The desk's state on the page, and the lines that keep it true. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { DESK_STREAM, streamPath } from '#ui/api.ts'
import type { ConversationView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { now } from '../clock/clock.ts'
import { heard, nothingKnown, type Desk, type DeskNews, type Typing } from './desk.ts'
import { openLine, type LineState } from './line.ts'
import { deskNews, threadNews } from './news.ts'
import { emptyThread, hasGap, read, type Thread } from './thread.ts'

/** A conversation that is open, or was a while ago. */
export interface Open {
  readonly thread: Thread
  readonly view: ConversationView | null
  readonly typing: Typing | null
  readonly line: LineState
}

export interface Live {
  readonly desk: Desk
  readonly line: LineState
  readonly open: ReadonlyMap<string, Open>
}

const nothing: Live = { desk: nothingKnown, line: 'connecting', open: new Map() }
const notRead: Open = { thread: emptyThread, view: null, typing: null, line: 'connecting' }
/** Conversations that stay read, so that going back to one shows it at once. */
const KEPT = 20

const store = createStore<Live>(() => nothing)

export const live = {
  state: store.getState,
  subscribe: store.subscribe,
  /** Follows the desk until called off. */
  follow(): () => void {
    store.setState(nothing)
    const line = openLine({
      connection: api.connection,
      path: () => DESK_STREAM,
      onEvents: (events) => hear(events.flatMap((event) => deskNews(event, now()) ?? [])),
      onState(state) {
        if (state === 'open') hear([{ type: 'opened' }])
        store.setState({ line: state })
      },
    })
    return () => {
      line.close()
      store.setState(nothing)
    }
  },
  /** Follows one conversation, from where it was read to, until called off. */
  open(id: string): () => void {
    change(id, (open) => ({ ...open, line: 'connecting' }))
    const line = openLine({
      connection: api.connection,
      path: () => streamPath(id, of(id).thread.last),
      onEvents(events) {
        const news = events.flatMap((event) => threadNews(event, now()) ?? [])
        change(id, (open) =>
          news.reduce<Open>(
            (known, each) => {
              if (each.type === 'view') return { ...known, view: newer(known.view, each.view) }
              return each.type === 'typing' ? { ...known, typing: each.typing } : known
            },
            {
              ...open,
              thread: read(
                open.thread,
                news.flatMap((each) => (each.type === 'entry' ? each.entry : [])),
              ),
            },
          ),
        )
        if (hasGap(of(id).thread)) void mend(id)
      },
      onState(state, refusal) {
        const isForgotten = refusal?.status === 404 && isKnown(id)
        if (isForgotten) hear([{ type: 'gone', id, isForgotten }])
        change(id, (open) => ({ ...open, line: state }))
      },
    })
    return line.close
  },
  /** An answer to one's own event: it is shown before the streams tell of it. */
  answered(view: ConversationView): void {
    hear([{ type: 'answered', view }])
    if (store.getState().open.has(view.id)) change(view.id, (open) => ({ ...open, view: newer(open.view, view) }))
  },
  hear,
}

export function useLive<Part>(part: (live: Live) => Part): Part {
  return useStore(store, part)
}

export function useOpen(id: string): Open {
  return useStore(store, (state) => state.open.get(id) ?? notRead)
}

/** Reads again what is missing before what came too early. */
async function mend(id: string): Promise<void> {
  const { items } = await api.log(id, { after: of(id).thread.last, limit: 1_000 }).catch(() => ({ items: [] }))
  change(id, (open) => ({ ...open, thread: read(open.thread, items) }))
}

function hear(news: readonly DeskNews[]): void {
  if (news.length === 0) return
  store.setState(({ desk, open }) => ({ desk: heard(desk, news), open: withoutForgotten(open, news) }))
}

function withoutForgotten(open: Live['open'], news: readonly DeskNews[]): Live['open'] {
  const forgotten = news.flatMap((each) => (each.type === 'gone' && each.isForgotten ? each.id : []))
  return forgotten.some((id) => open.has(id)) ? new Map([...open].filter(([id]) => !forgotten.includes(id))) : open
}

/** Whether something of it was shown here. */
function isKnown(id: string): boolean {
  const { thread, view } = of(id)
  return view !== null || thread.last > 0 || store.getState().desk.conversations.has(id)
}

function of(id: string): Open {
  return store.getState().open.get(id) ?? notRead
}

/** Puts it last, so that those not looked at for longest are forgotten first. */
function change(id: string, to: (open: Open) => Open): void {
  store.setState(({ open }) => {
    const next = new Map(open)
    next.delete(id)
    next.set(id, to(open.get(id) ?? notRead))
    for (const old of next.keys()) {
      if (next.size <= KEPT) break
      next.delete(old)
    }
    return { open: next }
  })
}

function newer(held: ConversationView | null, view: ConversationView): ConversationView {
  return held !== null && held.version > view.version ? held : view
}
