/**
 * The flow, drawn. The document is the truth and React Flow a view of it: every gesture becomes a command, and what comes
 * back is drawn. Below the zoom at which cards can be read, React Flow is given nothing and one 2D canvas shows the whole.
 */
import { useComputedColorScheme } from '@mantine/core'
import { useDeferredValue, useEffect, useMemo, useRef, useState, type DragEvent, type MouseEvent } from 'react'
import { ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { openAt } from './add/open.ts'
import { addAt } from './add/perform.ts'
import { QuickAdd } from './add/QuickAdd.tsx'
import { Card } from './card/Card.tsx'
import { listenToClipboard } from './clipboard.ts'
import { FindBar } from './find/FindBar.tsx'
import { flowEvents, followChoice } from './gestures.ts'
import { Guides } from './Guides.tsx'
import { onCanvasKey } from './keyboard.ts'
import { useLook } from './look.ts'
import { OVERVIEW_BELOW, ZOOM } from './model/look.ts'
import type { Rect } from './model/parts.ts'
import { createScene, type DrawnNode, type WireEdge } from './model/scene.ts'
import { isSameRect, windowAt } from './model/window.ts'
import { Minimap } from './overview/Minimap.tsx'
import { Overview } from './overview/Overview.tsx'
import { createPicture, type Picture } from './overview/picture.ts'
import { DRAGGED, Palette } from './Palette.tsx'
import { Frame } from './remark/Frame.tsx'
import { NoteCard } from './remark/NoteCard.tsx'
import { canvas, useCanvas } from './state.ts'
import { view } from './view.ts'
import { ViewBar } from './ViewBar.tsx'
import { LooseWire, Wire } from './wire/Wire.tsx'
import { Zones } from './zone/Zones.tsx'
import classes from './Canvas.module.css'

const nodeTypes = { card: Card, note: NoteCard, frame: Frame }
const edgeTypes = { wire: Wire }
const noNodes: DrawnNode[] = []
const noEdges: WireEdge[] = []

/** The canvas with its palette; reads the open flow from the store. */
export function Canvas() {
  useEffect(listenToClipboard, [])
  return (
    <div className={classes['room']}>
      <Palette />
      <ReactFlowProvider>
        <Sheet />
      </ReactFlowProvider>
      <QuickAdd />
    </div>
  )
}

function Sheet() {
  const element = useRef<HTMLDivElement>(null)
  const flow = useReactFlow<DrawnNode, WireEdge>()
  const count = useEditor((state) => state.document.nodes.length)
  const readOnly = useEditor((state) => state.readOnly)
  const isOverview = useStore((state) => state.transform[2] < OVERVIEW_BELOW)
  const connecting = useCanvas((state) => state.connecting !== null)
  const mapShown = useCanvas((state) => state.mapShown)
  const scheme = useComputedColorScheme()
  const area = useArea(useLook(flow))
  const { nodes, edges } = useScene(area)
  const picture = usePicture()
  const events = useMemo(() => flowEvents(flow), [flow])
  useEffect(() => (element.current === null ? undefined : view.attach(flow, element.current)), [flow])
  useEffect(followChoice, [])
  useFocus()

  const onPaneClick = (event: MouseEvent): void => {
    const id = isOverview ? picture.at(view.toFlow({ x: event.clientX, y: event.clientY })) : undefined
    canvas.setState({ adding: null, cursor: id ?? null, notes: new Set() })
    editor.select(id === undefined ? [] : event.shiftKey ? [...editor.state().selection.nodes, id] : [id])
  }
  const onDoubleClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return
    const place = view.toFlow({ x: event.clientX, y: event.clientY })
    const id = isOverview ? picture.at(place) : undefined
    if (id !== undefined) view.reveal(id)
    else if (!isOverview) openAt({ x: event.clientX, y: event.clientY }, place)
  }
  const onDrop = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(DRAGGED)
    if (kind === '') return
    event.preventDefault()
    addAt(kind, view.toFlow({ x: event.clientX, y: event.clientY }))
  }

  return (
    <div
      ref={element}
      className={classes['sheet']}
      role="region"
      aria-label={words.canvas.title}
      aria-describedby="canvas-keys"
      tabIndex={0}
      data-connecting={connecting || undefined}
      data-overview={isOverview || undefined}
      onKeyDown={onCanvasKey}
      onDoubleClick={onDoubleClick}
      onDrop={onDrop}
      onFocus={followFocus}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault()
      }}
    >
      <p id="canvas-keys" className={classes['unseen']}>
        {isOverview ? words.canvas.overview(count) : words.canvas.keys}
      </p>
      <ReactFlow<DrawnNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onlyRenderVisibleElements
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
        selectionMode={SelectionMode.Partial}
        connectionLineComponent={LooseWire}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        zoomOnDoubleClick={false}
        connectOnClick={false}
        connectionDragThreshold={4}
        nodeDragThreshold={2}
        connectionRadius={28}
        elevateNodesOnSelect={false}
        zIndexMode="manual"
        proOptions={{ hideAttribution: true }}
        aria-label={words.canvas.title}
        onPaneClick={onPaneClick}
        {...events}
      >
        {isOverview ? <Overview picture={picture} /> : <Zones area={area} />}
        <Guides />
      </ReactFlow>
      {mapShown && !isOverview && <Minimap picture={picture} />}
      <ViewBar />
      <FindBar />
      <Said />
      {count <= 1 && !readOnly && !isOverview && <p className={classes['empty']}>{words.canvas.empty}</p>}
    </div>
  )
}

/** The part of the canvas to draw cards in; none while nothing was looked at yet, and none where they cannot be read. */
function useArea(looked: boolean): Rect | undefined {
  return useStore(
    ({ transform: [x, y, zoom], width, height }) =>
      looked && width > 0 && zoom >= OVERVIEW_BELOW ? windowAt({ x, y, zoom }, { width, height }) : undefined,
    isSameRect,
  )
}

function useScene(area: Rect | undefined): { readonly nodes: DrawnNode[]; readonly edges: WireEdge[] } {
  const [scene] = useState(createScene)
  const document = useEditor((state) => state.document)
  const selection = useEditor((state) => state.selection)
  const moved = useCanvas((state) => state.moved)
  const notes = useCanvas((state) => state.notes)
  const connecting = useCanvas((state) => state.connecting?.source)
  return useMemo(
    () =>
      area === undefined
        ? { nodes: noNodes, edges: noEdges }
        : scene(document, { selection, notes, moved, connecting, area }),
    [scene, document, selection, notes, moved, connecting, area],
  )
}

/** What map and overview show: a key typed in a form does not wait for it. */
function usePicture(): Picture {
  const [pictureOf] = useState(createPicture)
  const document = useDeferredValue(useEditor((state) => state.document))
  return useMemo(() => pictureOf(document), [pictureOf, document])
}

/** Brings into view what others ask for. */
function useFocus(): void {
  const focus = useEditor((state) => state.focus)
  useEffect(() => {
    if (focus === null) return
    canvas.setState({ cursor: focus.node })
    view.reveal(focus.node)
  }, [focus])
}

/** The card that has the keyboard is the one the arrows walk from, and the one the inspector shows. */
function followFocus(event: { readonly target: EventTarget }): void {
  const id = event.target instanceof HTMLElement ? event.target.dataset['card'] : undefined
  if (id === undefined) return
  canvas.setState({ cursor: id })
  if (!editor.state().selection.nodes.has(id)) editor.select([id])
}

function Said() {
  return (
    <p className={classes['unseen']} role="status" aria-live="polite">
      {useCanvas((state) => state.said)}
    </p>
  )
}
