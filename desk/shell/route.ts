/**
 * Where the page is: `/desk` the list, `/desk/c/<id>` a conversation, `/desk/board` the supervisor's board,
 * `/desk/replies` the canned replies. The browser's own history, nothing more.
 */
import { useSyncExternalStore } from 'react'

export type Route =
  | { readonly page: 'inbox'; readonly conversation: string | null }
  | { readonly page: 'board' }
  | { readonly page: 'replies' }
  | { readonly page: 'nowhere' }

/** What an address shows. */
export function routeOf(path: string): Route {
  const rest = path.replace(/^\/desk(?=\/|$)/, '').replace(/\/$/, '')
  if (rest === '') return { page: 'inbox', conversation: null }
  if (rest === '/board') return { page: 'board' }
  if (rest === '/replies') return { page: 'replies' }
  const id = decode(/^\/c\/([^/]+)$/.exec(rest)?.[1])
  return id === undefined ? { page: 'nowhere' } : { page: 'inbox', conversation: id }
}

export const paths = {
  inbox: '/desk',
  board: '/desk/board',
  replies: '/desk/replies',
  conversation: (id: string): string => `/desk/c/${encodeURIComponent(id)}`,
}

/** Goes to an address of the desk; `replace` leaves no way back to the present one. */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === window.location.pathname) return
  if (replace) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  for (const watcher of watchers) watcher()
}

export function route(): Route {
  return routeOf(window.location.pathname)
}

/** The conversation that is open. */
export function opened(): string | null {
  const at = route()
  return at.page === 'inbox' ? at.conversation : null
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.pathname))
}

const watchers = new Set<() => void>()

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  window.addEventListener('popstate', watcher)
  return () => {
    watchers.delete(watcher)
    window.removeEventListener('popstate', watcher)
  }
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
