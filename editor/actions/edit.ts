/** Actions on the document that no one place on the screen owns. */
import { words } from '../words/en.ts'
import { removeItems } from '../document/commands/remove.ts'
import { editor } from '../document/store.ts'
import type { Action } from './action.ts'

const { actions } = words.shell

export const editActions: readonly Action[] = [
  {
    name: 'edit.undo',
    label: actions.undo,
    group: 'edit',
    icon: 'undo',
    keys: ['mod+Z'],
    when: (state) => state.canUndo && !state.readOnly,
    perform: () => editor.undo(),
  },
  {
    name: 'edit.redo',
    label: actions.redo,
    group: 'edit',
    icon: 'redo',
    keys: ['mod+shift+Z', 'mod+Y'],
    when: (state) => state.canRedo && !state.readOnly,
    perform: () => editor.redo(),
  },
  {
    name: 'edit.remove',
    label: actions.remove,
    group: 'edit',
    icon: 'trash',
    keys: ['Delete', 'Backspace'],
    keywords: 'remove erase',
    when: ({ selection, readOnly }) => !readOnly && selection.nodes.size + selection.edges.size > 0,
    perform() {
      const { nodes, edges } = editor.state().selection
      editor.run(removeItems(nodes, edges))
    },
  },
  {
    name: 'edit.selectNone',
    label: actions.selectNone,
    group: 'edit',
    icon: 'close',
    keys: ['Escape'],
    when: ({ selection }) => selection.nodes.size + selection.edges.size > 0,
    perform: () => editor.select([]),
  },
  {
    name: 'edit.save',
    label: actions.save,
    group: 'flow',
    icon: 'save',
    keys: ['mod+S'],
    inFields: true,
    perform: () => void editor.save(),
  },
]
