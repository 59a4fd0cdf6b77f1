/** What lies over the page: one at a time. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Overlay =
  | { readonly name: 'help' | 'context' | 'password' }
  | { readonly name: 'transfer' | 'handback' | 'resolve' | 'assign'; readonly conversation: string }
  | { readonly name: 'earlier'; readonly conversation: string; readonly title: string }

const store = createStore<{ readonly shown: Overlay | null }>(() => ({ shown: null }))

export const overlays = {
  show: (overlay: Overlay): void => store.setState({ shown: overlay }),
  hide: (): void => store.setState({ shown: null }),
  shown: (): Overlay | null => store.getState().shown,
}

export function useOverlay(): Overlay | null {
  return useStore(store, (state) => state.shown)
}
