/** Actions on the document that no one place on the screen owns. */
import { words } from '../words/en.ts'
import { removeItems } from '../document/commands/remove.ts'
import { editor, type EditorState } from '../document/store.ts'
import { canvas } from '../canvas/state.ts'
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
    when: (state) => !state.readOnly && isChosen(state),
    perform() {
      const { nodes, edges } = editor.state().selection
      editor.run(removeItems(nodes, edges, canvas.getState().notes))
      canvas.setState({ notes: new Set() })
    },
  },
  {
    name: 'edit.selectNone',
    label: actions.selectNone,
    group: 'edit',
    icon: 'close',
    keys: ['Escape'],
    when: isChosen,
    perform() {
      editor.select([])
      canvas.setState({ notes: new Set() })
    },
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

/** Whether anything is: a step, a connection, or a note that is still there. */
function isChosen({ selection, document }: EditorState): boolean {
  const { notes } = canvas.getState()
  return selection.nodes.size + selection.edges.size > 0 || document.notes?.some(({ id }) => notes.has(id)) === true
}
