/** The one open flow, wired to this browser: `useEditor` for components, `editor` for everyone else. */
import { useStore } from 'zustand'
import { api } from '#ui/client.ts'
import { session } from '#ui/session.ts'
import { getFlow } from '../arrival.ts'
import type { FlowDocument } from './document.ts'
import { announceTab, createDrafts, livingTabs, tabName } from './drafts.ts'
import { createEditor, type EditorState } from './editor.ts'
import { examiner } from './findings.examiner.ts'
import { watchFindings } from './findings.ts'
import { marks } from './marks.ts'
import { createSaving } from './saving.ts'

const core = createEditor()
const tab = tabName(window.sessionStorage, window.localStorage, Date.now)
const saving = createSaving({
  editor: core,
  server: { ...api, getFlow },
  drafts: createDrafts(window.localStorage, { tab, now: Date.now, who: session.person, living: livingTabs }),
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
  /** Publishes what is on the screen. */
  publish: saving.publish,
  /** Shows a published version for reading, once what is drawn is sent; not while two go apart, nor on another flow. */
  async viewVersion(flowId: string, version: number, published: FlowDocument): Promise<void> {
    await saving.save()
    const { saving: stands, flowId: open } = core.state()
    if (open === flowId && stands !== 'conflict') core.viewVersion(version, published)
  },
  keepMineAsCopy: saving.keepMineAsCopy,
  takeTheirs: saving.takeTheirs,
  saveAgain: saving.saveAgain,
  letGo: saving.letGo,
}

/** What a component needs of the editor's state; it renders again only when that changes. */
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(core.store, select)
}

watchFindings(core, examiner)
announceTab(window.localStorage, tab, Date.now)
window.addEventListener('online', saving.backOnline)
session.onChanged(saving.abandon)
// What was refused meanwhile is asked again.
session.onRenewed(() => {
  const { opening, flowId } = core.state()
  void (opening === 'failed' && flowId !== null ? saving.open(flowId) : saving.save())
})
// Of these a browser that puts a page away fires at least one.
window.addEventListener('pagehide', saving.leave)
document.addEventListener('visibilitychange', saving.leave)
window.addEventListener('beforeunload', (event) => {
  if (saving.wouldLose()) event.preventDefault()
})

export type { EditorState, Opening, PanelName, Saving } from './editor.ts'
export type { Selection } from './history.ts'
