/**
 * What is written and not saved yet, for as long as the tab is open. Laws: it stands there again when one comes back to
 * it, also after the page was loaded again; it is who wrote it’s alone; what an older page kept in another shape is
 * forgotten.
 */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { createKept } from '../outbox/kept-in.ts'
import { me } from '../session/me.ts'

export interface Draft<Fields> {
  /** What the server had when the writing began; null: nothing. */
  readonly base: Fields | null
  readonly value: Fields
}

const kept = createKept(window.sessionStorage)
const PREFIX = 'setup/'

const store = createStore<ReadonlyMap<string, unknown>>(
  () => new Map(kept.names(PREFIX).map((name) => [name, kept.read(name)])),
)

/** `place` names it: `agents/sarah`. `like` has the shape that a draft of this place has. */
export function useDraft<Fields extends object>(place: string, like: Fields): Draft<Fields> | null {
  const held = useStore(store, (drafts) => drafts.get(nameOf(place)))
  return isDraft(held, like) ? held : null
}

/** The draft of this place as it stands at this moment. */
export function readDraft<Fields extends object>(place: string, like: Fields): Draft<Fields> | null {
  const held = store.getState().get(nameOf(place))
  return isDraft(held, like) ? held : null
}

export function writeDraft<Fields extends object>(place: string, draft: Draft<Fields> | null): void {
  const name = nameOf(place)
  if (draft === null) kept.forget(name)
  else kept.write(name, draft)
  const drafts = new Map(store.getState())
  if (draft === null) drafts.delete(name)
  else drafts.set(name, draft)
  store.setState(drafts, true)
}

/** The places of a part of the setup where something is not saved yet. */
export function useUnsaved(part: string): ReadonlySet<string> {
  const drafts = useStore(store)
  const before = nameOf(`${part}/`)
  return new Set([...drafts.keys()].flatMap((name) => (name.startsWith(before) ? [name.slice(before.length)] : [])))
}

function nameOf(place: string): string {
  return `${PREFIX}${me()?.who ?? ''}/${place}`
}

function isDraft<Fields extends object>(held: unknown, like: Fields): held is Draft<Fields> {
  if (typeof held !== 'object' || held === null || !('base' in held) || !('value' in held)) return false
  return isLike(held.value, like) && (held.base === null || isLike(held.base, like))
}

function isLike(value: unknown, like: object): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(like).every(([key, part]) => {
    const held: unknown = Reflect.get(value, key)
    return typeof held === typeof part && Array.isArray(held) === Array.isArray(part)
  })
}
