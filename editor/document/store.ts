/** The one open flow, wired to this browser: `useEditor` for components, `editor` for everyone else. */
import { useStore } from 'zustand'
import { api } from '#ui/client.ts'
import { announceTab, createDrafts, tabName } from './drafts.ts'
import { createEditor, type EditorState } from './editor.ts'
import { examiner, watchFindings } from './findings.ts'
import { marks } from './marks.ts'
import { createSaving } from './saving.ts'

const core = createEditor()
const tab = tabName(window.sessionStorage, window.localStorage, Date.now)
const saving = createSaving({
  editor: core,
  server: api,
  drafts: createDrafts(window.localStorage, { tab, now: Date.now }),
})

export const editor = {
  ...core,
  /** Opens a flow: the server's draft, or what this device kept of it when that is newer. */
  open(flowId: string): Promise<void> {
    marks.clear()
    return saving.open(flowId)
  },
  close(): Promise<void> {
    marks.clear()
    return saving.close()
  },
  /** Sends what is not saved yet, now. */
  save: saving.save,
  keepMineAsCopy: saving.keepMineAsCopy,
  takeTheirs: saving.takeTheirs,
}

/** What a component needs of the editor's state; it renders again only when that changes. */
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(core.store, select)
}

watchFindings(
  core,
  examiner(() => new Worker(new URL('./findings.worker.ts', import.meta.url), { type: 'module' })),
)
announceTab(window.localStorage, tab, Date.now)
window.addEventListener('online', saving.backOnline)
window.addEventListener('beforeunload', (event) => {
  if (saving.wouldLose()) event.preventDefault()
})

export type { EditorState, Opening, PanelName, Saving } from './editor.ts'
export type { Selection } from './history.ts'
