/** What hands do on the canvas, as commands. */
import type {
  Connection,
  FinalConnectionState,
  NodeChange,
  EdgeChange,
  ReactFlowInstance,
  ReactFlowProps,
} from '@xyflow/react'
import { canConnect, disconnect, reconnect } from '../document/commands/index.ts'
import { editor } from '../document/store.ts'
import { openAt } from './add/open.ts'
import { lead } from './add/perform.ts'
import { drag, drop } from './drag.ts'
import type { Way } from './model/fit.ts'
import type { Point } from './model/parts.ts'
import { FRAME_PREFIX, NOTE_PREFIX, type DrawnNode, type WireEdge } from './model/scene.ts'
import { canvas } from './state.ts'
import { view } from './view.ts'

type Props = ReactFlowProps<DrawnNode, WireEdge>
type Events = Required<
  Pick<
    Props,
    | 'onNodesChange'
    | 'onEdgesChange'
    | 'onNodeDragStop'
    | 'onSelectionDragStop'
    | 'isValidConnection'
    | 'onConnect'
    | 'onConnectStart'
    | 'onConnectEnd'
    | 'onReconnect'
    | 'onReconnectEnd'
    | 'onEdgeMouseEnter'
    | 'onEdgeMouseLeave'
    | 'onMoveStart'
  >
>

/** The handlers of one canvas; none changes while it lives, so nothing renders for their sake. */
export function flowEvents(flow: Pick<ReactFlowInstance<DrawnNode, WireEdge>, 'getZoom'>): Events {
  return {
    onNodesChange: (changes) => takeNodeChanges(changes, flow.getZoom()),
    onEdgesChange: takeEdgeChanges,
    onNodeDragStop: drop,
    onSelectionDragStop: drop,
    isValidConnection: ({ source, sourceHandle, target }) =>
      canConnect(editor.state().document, source, sourceHandle ?? '', target),
    onConnect: ({ source, sourceHandle, target }: Connection) => {
      lead({ source, outlet: sourceHandle ?? '' }, target)
    },
    onConnectStart: (_, { nodeId, handleId }) =>
      canvas.setState({
        adding: null,
        connecting: nodeId === null ? null : { source: nodeId, outlet: handleId ?? '' },
      }),
    onConnectEnd: (event, state) => endConnection(pointOf(event), state),
    onReconnect: ({ id }, { source, sourceHandle, target }) => {
      editor.run(reconnect(id, { source, outlet: sourceHandle ?? '', target }))
    },
    onReconnectEnd: (event, edge, _, state) => {
      if (state.isValid !== true && cardAt(pointOf(event)) === undefined) editor.run(disconnect([edge.id]))
    },
    onEdgeMouseEnter: (_, { id }) => canvas.setState({ hovered: id }),
    onEdgeMouseLeave: (_, { id }) => leaveSoon(id),
    onMoveStart: () => {
      if (canvas.getState().adding !== null) canvas.setState({ adding: null })
    },
  }
}

function takeNodeChanges(changes: readonly NodeChange<DrawnNode>[], zoom: number): void {
  const positions = changes.filter((change) => change.type === 'position').filter((change) => change.dragging === true)
  if (positions.length > 0) drag(positions, zoom)
  const chosen = changes.filter((change) => change.type === 'select').filter(({ id }) => !id.startsWith(FRAME_PREFIX))
  if (chosen.length === 0) return
  const { nodes, edges } = editor.state().selection
  const before = canvas.getState().notes
  const cards = chosen.filter(({ id }) => !id.startsWith(NOTE_PREFIX))
  const notes = chosen
    .filter(({ id }) => id.startsWith(NOTE_PREFIX))
    .map((change) => ({ ...change, id: change.id.slice(NOTE_PREFIX.length) }))
  if (cards.length > 0) editor.select(after(nodes, cards), edges)
  // A hand may choose cards and notes together.
  canvas.setState({ notes: notes.length > 0 ? after(before, notes) : before })
  const [only] = cards.filter((change) => change.selected)
  if (only !== undefined) canvas.setState({ cursor: only.id })
}

function takeEdgeChanges(changes: readonly EdgeChange<WireEdge>[]): void {
  const chosen = changes.filter((change) => change.type === 'select')
  if (chosen.length === 0) return
  const { nodes, edges } = editor.state().selection
  const { notes } = canvas.getState()
  editor.select(nodes, after(edges, chosen))
  canvas.setState({ notes })
}

/**
 * Follows what is chosen, until called off: a note that a hand chose before is chosen no longer when something else is,
 * or another flow is open, so that Delete takes nothing that is out of sight.
 */
export function followChoice(): () => void {
  const leaveNotes = (): void => {
    if (canvas.getState().notes.size > 0) canvas.setState({ notes: new Set() })
  }
  const unwatch = editor.subscribe((now, before) => {
    if (now.selection !== before.selection || now.flowId !== before.flowId) leaveNotes()
  })
  return () => {
    unwatch()
    leaveNotes()
  }
}

function after(
  before: ReadonlySet<string>,
  changes: readonly { readonly id: string; readonly selected: boolean }[],
): ReadonlySet<string> {
  const next = new Set(before)
  for (const { id, selected } of changes) {
    if (selected) next.add(id)
    else next.delete(id)
  }
  return next
}

/** A wire dropped on a card leads to it wherever it falls on it; on nothing, it asks what comes next. */
function endConnection(at: Point, state: FinalConnectionState): void {
  const way = canvas.getState().connecting
  canvas.setState({ connecting: null })
  if (way === null || state.isValid === true || state.fromHandle?.type !== 'source') return
  const card = cardAt(at)
  if (card !== undefined) leadUnlessItself(way, card)
  else if (isOnSheet(at)) openAt({ x: at.x + 8, y: at.y }, view.toFlow(at), way)
}

/** Let go over the card it began at, a wire was given up. */
function leadUnlessItself(way: Way, card: string): void {
  if (card !== way.source) lead(way, card)
}

function cardAt({ x, y }: Point): string | undefined {
  return document
    .elementsFromPoint(x, y)
    .map((element) => element.closest<HTMLElement>('[data-card]')?.dataset['card'])
    .find((id) => id !== undefined)
}

function isOnSheet({ x, y }: Point): boolean {
  return document.elementFromPoint(x, y)?.closest('.react-flow__pane, .react-flow__viewport') != null
}

function pointOf(event: globalThis.MouseEvent | TouchEvent): Point {
  const { clientX: x = 0, clientY: y = 0 } = 'changedTouches' in event ? (event.changedTouches[0] ?? {}) : event
  return { x, y }
}

const LINGER = 250

/** The way from a wire to its tools is a short one: they wait for it. */
function leaveSoon(id: string): void {
  setTimeout(() => {
    if (canvas.getState().hovered === id && document.querySelector('[data-wire-tools]:hover') === null)
      canvas.setState({ hovered: null })
  }, LINGER)
}
