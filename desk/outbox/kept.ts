/** What this page's device keeps. */
import { createKept } from './kept-in.ts'

export const kept = createKept(window.localStorage, (hear) => {
  const tell = ({ key }: StorageEvent): void => hear(key)
  window.addEventListener('storage', tell)
  return () => window.removeEventListener('storage', tell)
})
