/** Actions that take the open flow away as a file. */
import type { Action } from '../actions/action.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { exportKeys, exportsAs } from './export/formats.ts'

const text = words.exporting

export const startActions: readonly Action[] = exportsAs.map((as) => ({
  name: `flow.export.${as}`,
  label: text.action(text.formats[as]),
  group: 'flow',
  icon: 'download',
  keys: [`alt+shift+${exportKeys[as]}`],
  keywords: 'download save file',
  perform() {
    const { document } = editor.state()
    // The exporters and painters are fetched when first asked for.
    void import('./export/perform.tsx').then(({ exportDocument }) => exportDocument(document, as))
  },
}))
