/**
 * Where the page is: `/desk` the list, `/desk/c/<id>` a conversation, `/desk/board` the supervisor's board,
 * `/desk/replies` the canned replies, `/desk/promises` tickets and booked calls, `/desk/setup/agents/<id>` one of what is set
 * up, `/desk/admin/<part>` what administrators see to. The browser's own history, nothing more.
 */
import { useSyncExternalStore } from 'react'

export type Route =
  | { readonly page: 'inbox'; readonly conversation: string | null }
  | { readonly page: 'board' }
  | { readonly page: 'replies' }
  | { readonly page: 'promises' }
  | { readonly page: 'setup'; readonly part: SetupPart; readonly item: string | null }
  | { readonly page: 'admin'; readonly part: AdminPart }
  | { readonly page: 'nowhere' }

export const setupParts = ['agents', 'teams', 'schedules'] as const
export type SetupPart = (typeof setupParts)[number]
export const adminParts = ['people', 'keys', 'audit', 'dead-letters', 'customers'] as const
export type AdminPart = (typeof adminParts)[number]

/** What an address shows. */
export function routeOf(path: string): Route {
  const rest = path.replace(/^\/desk(?=\/|$)/, '').replace(/\/$/, '')
  if (rest === '') return { page: 'inbox', conversation: null }
  if (rest === '/board') return { page: 'board' }
  if (rest === '/replies') return { page: 'replies' }
  if (rest === '/promises') return { page: 'promises' }
  if (rest === '/setup') return { page: 'setup', part: 'agents', item: null }
  const [, named, of] = /^\/setup\/([a-z]+)(?:\/([^/]+))?$/.exec(rest) ?? []
  const part = setupParts.find((each) => each === named)
  if (part !== undefined) return { page: 'setup', part, item: decode(of) ?? null }
  const administered = adminParts.find((each) => rest === `/admin/${each}`)
  if (administered !== undefined || rest === '/admin') return { page: 'admin', part: administered ?? 'people' }
  const id = decode(/^\/c\/([^/]+)$/.exec(rest)?.[1])
  return id === undefined ? { page: 'nowhere' } : { page: 'inbox', conversation: id }
}

export const paths = {
  inbox: '/desk',
  board: '/desk/board',
  replies: '/desk/replies',
  promises: '/desk/promises',
  setup: (part: SetupPart = 'agents', item: string | null = null): string =>
    `/desk/setup/${part}${item === null ? '' : `/${encodeURIComponent(item)}`}`,
  admin: (part: AdminPart): string => `/desk/admin/${part}`,
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
