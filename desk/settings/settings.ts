/** What was chosen on this device, whoever works at it. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { kept } from '../outbox/kept.ts'

export interface Settings {
  /** Enter sends and Shift+Enter breaks the line; otherwise Ctrl+Enter sends. */
  readonly enterSends: boolean
  readonly sound: boolean
  readonly notices: boolean
  /** Whether the handoff package stands beside the conversation. */
  readonly contextShown: boolean
}

const NAME = 'settings'
const first: Settings = { enterSends: true, sound: true, notices: false, contextShown: true }

const store = createStore<Settings>(chosen)
// What is chosen in one tab holds in all.
kept.onChanged((name) => {
  if (name === null || name === NAME) store.setState(chosen())
})

export const settings = {
  state: store.getState,
  set(to: Partial<Settings>): void {
    store.setState(to)
    kept.write(NAME, store.getState())
  },
}

export function useSettings(): Settings {
  return useStore(store)
}

function chosen(): Settings {
  return { ...first, ...settingsOf(kept.read(NAME)) }
}

function settingsOf(value: unknown): Partial<Settings> {
  // Only this file writes under the name, and writes Settings.
  return typeof value === 'object' && value !== null ? (value as Partial<Settings>) : {}
}
