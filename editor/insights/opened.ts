/** Which conversation is looked at: what the address says, so that a link leads there and a reload stays there. */
import { useSyncExternalStore } from 'react'
import { editor } from '../document/store.ts'
import { addressOf, openedIn, type Opened } from './address.ts'

/** Opens a conversation's journey beside the canvas, at an entry of its log or where it stands now. */
export function openJourney(id: string, seq: number | null = null): void {
  go({ id, seq }, 'push')
  editor.show('live')
}

/** Shows another moment of the conversation that is open; the way back leads out of it, not through its moments. */
export function showMoment(seq: number | null): void {
  const now = opened()
  if (now === null) return
  known = { hash: window.location.hash, opened: { id: now.id, seq } }
  tell()
  clearTimeout(writing)
  writing = setTimeout(() => {
    // Nothing else was opened meanwhile.
    if (known.opened !== null && known.hash === window.location.hash) go(known.opened, 'replace')
  }, PAUSE)
}

export function closeJourney(): void {
  if (opened() !== null) go(null, 'push')
}

export function useOpened(): Opened | null {
  return useSyncExternalStore(subscribe, opened)
}

/** The conversation that the address opens; null for none. */
function opened(): Opened | null {
  const { hash } = window.location
  if (hash !== known.hash) {
    // Another kind of address, such as the way to the canvas, leaves open what is open.
    const read = openedIn(hash)
    known = { hash, opened: read === undefined ? known.opened : read }
  }
  return known.opened
}

/** A slider that is drawn goes through many moments; browsers allow only so many addresses in a row. */
const PAUSE = 200
let writing: ReturnType<typeof setTimeout> | undefined
let known: { readonly hash: string; readonly opened: Opened | null } = { hash: '', opened: null }
const watchers = new Set<() => void>()

function go(to: Opened | null, how: 'push' | 'replace'): void {
  const { pathname, search } = window.location
  const address = `${pathname}${search}${to === null ? '' : addressOf(to)}`
  if (how === 'push') window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  tell()
}

function tell(): void {
  for (const watcher of watchers) watcher()
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  for (const event of ['hashchange', 'popstate']) window.addEventListener(event, watcher)
  return () => {
    watchers.delete(watcher)
    for (const event of ['hashchange', 'popstate']) window.removeEventListener(event, watcher)
  }
}
