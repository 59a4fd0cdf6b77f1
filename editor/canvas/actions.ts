/** What the canvas contributes to the list of actions. */
import type { Action } from '../actions/action.ts'
import { addNote, group, ungroup } from '../document/commands/index.ts'
import { nodeOf, type FlowEdge } from '../document/document.ts'
import { freshGroupId, freshNoteId } from '../document/ids.ts'
import { editor, type EditorState } from '../document/store.ts'
import { words } from '../words/en.ts'
import { openAt, openOnWire } from './add/open.ts'
import { duplicateSelection, pasteText } from './clipboard.ts'
import { CARD_WIDTH, inputPoint } from './model/face.ts'
import { NOTE_SIZE } from './model/note.ts'
import type { Point } from './model/parts.ts'
import { canvas } from './state.ts'
import { tidyNow } from './tidy/perform.ts'
import { view } from './view.ts'

const { actions } = words.canvas
const mayDraw = ({ readOnly }: EditorState): boolean => !readOnly
const holdsCards = ({ readOnly, selection }: EditorState): boolean => !readOnly && selection.nodes.size > 0

export const canvasActions: readonly Action[] = [
  {
    name: 'canvas.add',
    label: actions.add,
    group: 'insert',
    icon: 'plus',
    keys: ['A', 'N'],
    keywords: 'new step node insert',
    when: mayDraw,
    perform: addInMiddle,
  },
  {
    name: 'canvas.note',
    label: actions.note,
    group: 'insert',
    icon: 'note',
    keys: ['shift+N'],
    keywords: 'comment remark sticky',
    when: mayDraw,
    perform: addNoteInMiddle,
  },
  {
    name: 'canvas.insertOnWire',
    label: words.canvas.wire.insert,
    group: 'insert',
    icon: 'plus',
    keys: ['I'],
    keywords: 'connection between middle',
    when: (state) => mayDraw(state) && onlyEdge(state) !== undefined,
    perform: insertOnWire,
  },
  {
    name: 'canvas.group',
    label: actions.group,
    group: 'edit',
    icon: 'group',
    keys: ['mod+G'],
    keywords: 'frame',
    when: holdsCards,
    perform: groupSelection,
  },
  {
    name: 'canvas.ungroup',
    label: actions.ungroup,
    group: 'edit',
    icon: 'group',
    keys: ['mod+shift+G'],
    keywords: 'frame',
    when: (state) => mayDraw(state) && groupsOf(state).length > 0,
    perform: () => {
      editor.run(ungroup(groupsOf(editor.state())))
    },
  },
  {
    name: 'canvas.selectAll',
    label: actions.selectAll,
    group: 'edit',
    icon: 'select',
    keys: ['mod+A'],
    perform: () => editor.select(editor.state().document.nodes.map((node) => node.id)),
  },
  {
    name: 'canvas.copy',
    label: actions.copy,
    group: 'edit',
    icon: 'copy',
    keys: ['mod+C'],
    when: ({ selection }) => selection.nodes.size > 0 && !wordsMarked(),
    perform: () => {
      document.execCommand('copy')
    },
  },
  {
    name: 'canvas.cut',
    label: actions.cut,
    group: 'edit',
    icon: 'cut',
    keys: ['mod+X'],
    when: (state) => holdsCards(state) && !wordsMarked(),
    perform: () => {
      document.execCommand('cut')
    },
  },
  {
    name: 'canvas.paste',
    label: actions.paste,
    group: 'edit',
    icon: 'paste',
    keys: ['mod+V'],
    // The browser's own paste needs no permission, and `clipboard.ts` hears it.
    heardByBrowser: true,
    when: mayDraw,
    perform: () => void navigator.clipboard?.readText().then(pasteText),
  },
  {
    name: 'canvas.duplicate',
    label: actions.duplicate,
    group: 'edit',
    icon: 'duplicate',
    keys: ['mod+D'],
    when: holdsCards,
    perform: duplicateSelection,
  },
  {
    name: 'canvas.tidy',
    label: actions.tidy,
    group: 'edit',
    icon: 'tidy',
    keys: ['shift+T'],
    keywords: 'layout arrange align',
    when: mayDraw,
    perform: () => void tidyNow(),
  },
  {
    name: 'canvas.find',
    label: actions.find,
    group: 'view',
    icon: 'search',
    keys: ['mod+F'],
    inFields: true,
    keywords: 'search',
    perform: () => canvas.setState({ finding: true }),
  },
  {
    name: 'canvas.fit',
    label: actions.fit,
    group: 'view',
    icon: 'fit',
    keys: ['shift+1'],
    keywords: 'zoom all overview',
    perform: view.fit,
  },
  {
    name: 'canvas.actualSize',
    label: actions.actualSize,
    group: 'view',
    icon: 'search',
    keys: ['shift+0'],
    keywords: 'zoom 100',
    perform: () => view.zoomTo(1),
  },
  {
    name: 'canvas.zoomIn',
    label: actions.zoomIn,
    group: 'view',
    icon: 'plus',
    keys: ['mod+=', 'mod+[plus]'],
    perform: view.zoomIn,
  },
  {
    name: 'canvas.zoomOut',
    label: actions.zoomOut,
    group: 'view',
    icon: 'minus',
    keys: ['mod+-'],
    perform: view.zoomOut,
  },
  {
    name: 'canvas.map',
    label: actions.map,
    group: 'view',
    icon: 'map',
    keys: ['shift+M'],
    keywords: 'minimap',
    perform: () => canvas.setState(({ mapShown }) => ({ mapShown: !mapShown })),
  },
  {
    name: 'canvas.palette',
    label: actions.palette,
    group: 'view',
    icon: 'menu',
    keys: ['shift+P'],
    when: mayDraw,
    perform: () => canvas.setState(({ paletteShown }) => ({ paletteShown: !paletteShown })),
  },
]

function addInMiddle(): void {
  const place = view.centre()
  openAt(view.toScreen(place), place)
}

function insertOnWire(): void {
  const edge = onlyEdge(editor.state())
  const place = edge === undefined ? undefined : middleOfWire(edge)
  if (edge !== undefined && place !== undefined) openOnWire(edge.id, place, view.toScreen(place))
}

/** The connection that is chosen, when nothing else is. */
function onlyEdge({ document, selection: { nodes, edges } }: EditorState): FlowEdge | undefined {
  const [only] = edges
  return nodes.size === 0 && edges.size === 1 ? document.edges.find((each) => each.id === only) : undefined
}

function middleOfWire({ source, target }: FlowEdge): Point | undefined {
  const { document } = editor.state()
  const [from, to] = [nodeOf(document, source), nodeOf(document, target)]
  if (from === undefined || to === undefined) return undefined
  const x = (from.position.x + CARD_WIDTH + to.position.x) / 2
  return { x, y: (from.position.y + to.position.y) / 2 + inputPoint.y }
}

function addNoteInMiddle(): void {
  const { x, y } = view.centre()
  editor.run(
    addNote({
      id: freshNoteId(editor.state().document),
      text: '',
      position: { x: x - NOTE_SIZE.width / 2, y: y - NOTE_SIZE.height / 2 },
    }),
  )
}

function groupSelection(): void {
  const { document, selection } = editor.state()
  editor.run(group(freshGroupId(document), words.document.newGroup, selection.nodes))
}

/** The groups that the selection touches. */
function groupsOf({ document, selection }: EditorState): readonly string[] {
  return (document.groups ?? [])
    .filter((each) => each.nodes.some((id) => selection.nodes.has(id)))
    .map((each) => each.id)
}

/** A person who marked words on the page means to copy those. */
function wordsMarked(): boolean {
  return window.getSelection()?.isCollapsed === false
}
