/** Opens the menu of what comes next, at the thing it is about. */
import { editor } from '../../document/store.ts'
import type { Way } from '../model/fit.ts'
import type { Point } from '../model/parts.ts'
import { canvas } from '../state.ts'

/** For a way out of a card. */
export function openWay(after: Way, element: Element): void {
  if (!editor.state().readOnly) canvas.setState({ adding: { at: besideOf(element), after } })
}

/** For the middle of a wire, at a point of the screen. */
export function openOnWire(edge: string, place: Point, at: Point): void {
  if (!editor.state().readOnly) canvas.setState({ adding: { at, onEdge: edge, place } })
}

/** For a spot on the canvas. */
export function openAt(at: Point, place: Point, after?: Way): void {
  if (!editor.state().readOnly) canvas.setState({ adding: { at, place, ...(after === undefined ? {} : { after }) } })
}

export function besideOf(element: Element): Point {
  const { right, top } = element.getBoundingClientRect()
  return { x: right + 8, y: top }
}
