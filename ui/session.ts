/**
 * Who is signed in on this device: the key that goes with every request. States: signed out (no key) -> signed in (a
 * key, from the sign-in page or from `/#key=…`) -> refused (the server does not know the key; it is forgotten) or
 * signed
 * out. A key in the address is taken out of it at once, so that it is not bookmarked, shared or kept in the history.
 */
export interface SessionState {
  readonly key: string | null
  /** The last key was one the server does not know. */
  readonly refused: boolean
}

const PLACE = 'baton.key'

export type Session = ReturnType<typeof createSession>

/** A session over its places: where the key is kept, and the address it may arrive by. */
export function createSession(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, address: Address) {
  const watchers = new Set<() => void>()
  let state: SessionState = { key: arrival(address) ?? read(storage), refused: false }
  if (state.key !== null) keep(storage, state.key)

  const set = (next: SessionState): void => {
    state = next
    keep(storage, next.key)
    for (const watcher of watchers) watcher()
  }
  return {
    state: (): SessionState => state,
    key: (): string | null => state.key,
    signIn: (key: string): void => set({ key: key.trim(), refused: false }),
    signOut: (): void => set({ key: null, refused: false }),
    refuse: (): void => {
      if (state.key !== null) set({ key: null, refused: true })
    },
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

/** The part of the browser's address that a key may arrive in. */
export interface Address {
  readonly hash: string
  clear(): void
}

/** The key of `#key=…`, which is taken out of the address. */
function arrival(address: Address): string | null {
  const key = new URLSearchParams(address.hash.replace(/^#/, '')).get('key')
  if (key === null || key === '') return null
  address.clear()
  return key
}

function read(storage: Pick<Storage, 'getItem'>): string | null {
  try {
    return storage.getItem(PLACE)
  } catch {
    return null
  }
}

/** A device that keeps nothing still works until the page is left. */
function keep(storage: Pick<Storage, 'setItem' | 'removeItem'>, key: string | null): void {
  try {
    if (key === null) storage.removeItem(PLACE)
    else storage.setItem(PLACE, key)
  } catch {
    return
  }
}

export const session = createSession(window.localStorage, {
  hash: window.location.hash,
  clear: () => window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search),
})
