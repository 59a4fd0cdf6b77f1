/** What lies over the page: one at a time. `conflict` opens by itself; the others by actions. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Overlay = 'palette' | 'help' | 'fresh' | 'import' | 'staffing' | 'backtest' | 'conflict' | 'password'

const store = createStore<{ readonly shown: Overlay | null }>(() => ({ shown: null }))

export const overlays = {
  show: (overlay: Overlay): void => store.setState({ shown: overlay }),
  hide: (): void => store.setState({ shown: null }),
  shown: (): Overlay | null => store.getState().shown,
}

export function useOverlay(): Overlay | null {
  return useStore(store, (state) => state.shown)
}
