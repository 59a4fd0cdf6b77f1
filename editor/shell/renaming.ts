/** Whether the flow's name is being written: begun by its button, or by an action. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What was typed so far, and the name that Escape brings back. */
interface Typed {
  readonly text: string
  readonly before: string
}

const store = createStore<{ readonly typed: Typed | null }>(() => ({ typed: null }))

export const renaming = {
  begin: (name: string): void => store.setState({ typed: { text: name, before: name } }),
  type: (text: string): void => store.setState(({ typed }) => ({ typed: typed && { ...typed, text } })),
  end: (): void => store.setState({ typed: null }),
}

export function useRenaming(): Typed | null {
  return useStore(store, ({ typed }) => typed)
}
