/** The window onto the canvas, for whoever wants it elsewhere: actions, panels, the keyboard. */
import type { ReactFlowInstance } from '@xyflow/react'
import { nodeOf } from '../document/document.ts'
import { editor } from '../document/store.ts'
import { faceOf } from './model/face.ts'
import { centred, fitting, OVERVIEW_BELOW } from './model/look.ts'
import { around, middle, overlap, type Point, type Rect, type Size } from './model/parts.ts'
import { rectsOf } from './model/place.ts'
import { NOTE_SIZE } from './model/note.ts'
import type { DrawnNode, WireEdge } from './model/scene.ts'

type Flow = Pick<
  ReactFlowInstance<DrawnNode, WireEdge>,
  'setViewport' | 'getViewport' | 'screenToFlowPosition' | 'flowToScreenPosition' | 'zoomIn' | 'zoomOut' | 'zoomTo'
>
interface Window {
  readonly flow: Flow
  readonly element: HTMLElement
}

let open: Window | undefined

export const view = {
  attach(flow: Flow, element: HTMLElement): () => void {
    open = { flow, element }
    return () => {
      open = undefined
    }
  },
  /** The middle of what is seen. */
  centre(): Point {
    return middle(seen())
  },
  seen,
  toFlow: (screen: Point): Point => open?.flow.screenToFlowPosition(screen, { snapToGrid: false }) ?? screen,
  toScreen: (point: Point): Point => open?.flow.flowToScreenPosition(point) ?? point,
  /** The whole flow. */
  fit(): void {
    const bounds = around([...rectsOf(editor.state().document), ...noteRects()])
    if (open !== undefined && bounds !== undefined)
      void open.flow.setViewport(fitting(bounds, sizeOf(open.element), 1), glide())
  },
  /** Some cards, all of them; no nearer than they are read at. */
  fitCards(ids: Iterable<string>): void {
    const bounds = around([...ids].flatMap((id) => rectOf(id) ?? []))
    if (open !== undefined && bounds !== undefined)
      void open.flow.setViewport(fitting(bounds, sizeOf(open.element), 1), glide())
  },
  zoomIn: (): void => {
    void open?.flow.zoomIn(glide())
  },
  zoomOut: (): void => {
    void open?.flow.zoomOut(glide())
  },
  zoomTo: (zoom: number): void => {
    void open?.flow.zoomTo(zoom, glide())
  },
  /** Brings a card into view at the zoom there is. */
  show(id: string): void {
    const rect = rectOf(id)
    if (open === undefined || rect === undefined || inside(rect, seen())) return
    void open.flow.setViewport(centred(middle(rect), open.flow.getViewport().zoom, sizeOf(open.element)), glide())
  },
  /** Brings a card into view, and comes closer when it could not be read. */
  reveal(id: string): void {
    const rect = rectOf(id)
    if (open === undefined || rect === undefined) return
    const { zoom } = open.flow.getViewport()
    if (zoom >= OVERVIEW_BELOW && inside(rect, seen())) return
    void open.flow.setViewport(centred(middle(rect), zoom < OVERVIEW_BELOW ? 1 : zoom, sizeOf(open.element)), glide())
  },
  centreOn(point: Point): void {
    if (open !== undefined)
      void open.flow.setViewport(centred(point, open.flow.getViewport().zoom, sizeOf(open.element)))
  },
  /** Gives a card the keyboard as soon as it is drawn. */
  focusCard(id: string): void {
    const { element } = open ?? {}
    const focus = (tries: number): void => {
      const card = element?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
      if (card) card.focus({ preventScroll: true })
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1))
    }
    requestAnimationFrame(() => focus(30))
  },
  /** Gives the keyboard back to the canvas as a whole. */
  focus: (): void => open?.element.focus({ preventScroll: true }),
}

function seen(): Rect {
  if (open === undefined) return { x: 0, y: 0, width: 0, height: 0 }
  const { x, y, zoom } = open.flow.getViewport()
  const { width, height } = sizeOf(open.element)
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): Size {
  return { width: clientWidth, height: clientHeight }
}

function rectOf(id: string): Rect | undefined {
  const node = nodeOf(editor.state().document, id)
  if (node === undefined) return undefined
  const { width, height } = faceOf(node)
  return { ...node.position, width, height }
}

function noteRects(): readonly Rect[] {
  return (editor.state().document.notes ?? []).map(
    ({ position, width = NOTE_SIZE.width, height = NOTE_SIZE.height }) => ({ ...position, width, height }),
  )
}

function inside(rect: Rect, area: Rect): boolean {
  return (
    overlap(rect, area) &&
    rect.x >= area.x &&
    rect.y >= area.y &&
    rect.x + rect.width <= area.x + area.width &&
    rect.y + rect.height <= area.y + area.height
  )
}

/** Moves are shown gliding, unless the person asked for stillness. */
function glide(): { readonly duration: number } {
  return { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220 }
}
