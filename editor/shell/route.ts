/** Where the page is: `/` the gallery, `/flows/<id>` the editor. The browser's own history, nothing more. */
import { useSyncExternalStore } from 'react'

export type Route =
  { readonly page: 'gallery' } | { readonly page: 'flow'; readonly id: string } | { readonly page: 'nowhere' }

/** What an address shows. */
export function routeOf(path: string): Route {
  if (path === '/' || path === '') return { page: 'gallery' }
  const id = /^\/flows\/([^/]+)\/?$/.exec(path)?.[1]
  const read = id === undefined ? undefined : decode(id)
  return read === undefined ? { page: 'nowhere' } : { page: 'flow', id: read }
}

export function flowPath(id: string): string {
  return `/flows/${encodeURIComponent(id)}`
}

/** Goes to an address of the editor; `replace` leaves no way back to the present one. */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === window.location.pathname) return
  if (replace) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  for (const watcher of watchers) watcher()
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

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
