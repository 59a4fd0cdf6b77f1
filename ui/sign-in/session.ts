/**
 * Who is signed in on this device: the key that goes with every request (why it is kept where it is: decision 0042).
 * States: out (no key) -> in (a key: from the sign-in page, from another tab, or from `/#key=…`) -> out (signed out), or
 * -> ended (the server does not know the key any more) -> in. A one-time `#code=…` in the address is out until the
 * sign-in page has exchanged it. Laws:
 * 1. A key or a code in the address is taken out of it at once, so that it is not bookmarked, shared or kept in the
 *    history.
 * 2. Who signs out in one tab is signed out in all tabs of the device; who signs in signs them all in.
 * 3. What has ended stays as it was beneath the sign-in page, and goes on for the same person. Anybody else begins anew:
 *    `turn` counts the beginnings. An answer to a key that was changed meanwhile ends nothing.
 */
export interface SessionState {
  readonly key: string | null
  /** The key was the server's until a moment ago. */
  readonly ended: boolean
  readonly turn: number
  /** What the address brought, to be exchanged for a key. */
  readonly code: string | null
}

/** Where the key is kept on a device. */
export const KEY = 'baton.key'
const PERSON = 'baton.person'

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export type Session = ReturnType<typeof createSession>

/** A session over its places: where the key is kept, the address it may arrive by, and what other tabs tell. */
export function createSession(storage: Place, address: Address, elsewhere: (hear: () => void) => void = () => {}) {
  const watchers = new Set<() => void>()
  const { key: brought, code } = arrival(address)
  let person = brought === null || brought === read(storage, KEY) ? read(storage, PERSON) : null
  let state: SessionState = { key: code === null ? (brought ?? read(storage, KEY)) : null, ended: false, turn: 0, code }
  if (brought !== null) keep()

  function set(to: Partial<SessionState>): void {
    state = { ...state, ...to }
    for (const watcher of watchers) watcher()
  }
  /** Other tabs hear of the key: by then they can read whose it is. */
  function keep(): void {
    write(storage, PERSON, person)
    write(storage, KEY, state.key)
  }
  function begin(key: string, whose: string | null): void {
    const isSame = state.key !== null && whose !== null && whose === person
    person = whose
    set({ key, ended: false, code: null, turn: isSame ? state.turn : state.turn + 1 })
  }

  function subscribe(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }
  function watch(hear: (now: SessionState, before: SessionState) => void): () => void {
    let before = state
    return subscribe(() => {
      const last = before
      before = state
      hear(state, last)
    })
  }

  elsewhere(() => {
    const key = read(storage, KEY)
    if (key === null) return set({ key: null, ended: false })
    if (key !== state.key) begin(key, read(storage, PERSON))
  })
  return {
    state: (): SessionState => state,
    key: (): string | null => (state.ended ? null : state.key),
    /** Who is signed in, as `personOf` names them; null: nobody, or nobody can say yet. */
    person: (): string | null => person,
    /** `whose`: the person as `personOf` names them. */
    signIn(key: string, whose: string): void {
      begin(key, whose)
      keep()
    },
    /** Forgets the key on this device, and answers it: the server is to forget it too. */
    signOut(): string | null {
      const { key } = state
      person = null
      set({ key: null, ended: false, code: null })
      keep()
      return key
    },
    /** The server does not know this key any more. It stays where it is kept: other tabs find out by themselves. */
    end(key: string): void {
      if (state.key === key && !state.ended) set({ ended: true })
    },
    /** Whose the key is, where that was not known when it came. */
    belongsTo(whose: string): void {
      if (person !== null || state.key === null) return
      person = whose
      write(storage, PERSON, person)
    },
    /** The code of the address, once. */
    takeCode(): string | null {
      const { code: taken } = state
      if (taken !== null) set({ code: null })
      return taken
    },
    subscribe,
    /** Calls when the same person goes on with another key: what was refused meanwhile is asked again. */
    onRenewed(act: () => void): () => void {
      return watch((now, before) => {
        const isRenewed = now.key !== null && !now.ended && (before.ended || now.key !== before.key)
        if (isRenewed && now.turn === before.turn) act()
      })
    },
    /** Calls when the person of before is gone: what the server told them is forgotten. */
    onChanged(act: () => void): () => void {
      return watch((now, before) => {
        if (now.turn !== before.turn || (now.key === null && before.key !== null)) act()
      })
    },
  }
}

/** Whether the key is of a person who has signed in, and so has a password or a provider; it says so itself. */
export function isPersons(key: string | null): boolean {
  return key?.startsWith('baton_session_') === true
}

/** The part of the browser's address that a key or a code may arrive in. */
export interface Address {
  readonly hash: string
  clear(): void
}

/** Who a key speaks for, as two keys of one person say alike. */
export function personOf(self: {
  readonly role: string
  readonly agent?: string
  readonly name?: string
  readonly user?: { readonly id: string }
}): string {
  return `${self.role}/${self.agent ?? self.user?.id ?? self.name ?? ''}`
}

/** The key of `#key=…` or the code of `#code=…`, which is taken out of the address. */
function arrival(address: Address): { readonly key: string | null; readonly code: string | null } {
  const brought = new URLSearchParams(address.hash.replace(/^#/, ''))
  const key = brought.get('key') || null
  const code = key === null ? brought.get('code') || null : null
  if (key !== null || code !== null) address.clear()
  return { key: key?.trim() ?? null, code }
}

function read(storage: Place, name: string): string | null {
  try {
    return storage.getItem(name)
  } catch {
    return null
  }
}

/** A device that keeps nothing still works until the page is left. */
function write(storage: Place, name: string, value: string | null): void {
  try {
    if (value === null) storage.removeItem(name)
    else storage.setItem(name, value)
  } catch {
    return
  }
}
