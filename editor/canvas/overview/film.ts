/**
 * The overview while it moves. The picture is drawn once on a film larger than the window, and the film is moved and
 * scaled with the viewport; it is drawn anew when it no longer covers the window, when the zoom has gone too far for it,
 * and shortly after a zoom has come to rest. So panning costs no drawing, whatever the flow's size.
 */
import type { Rect, Size } from '../model/parts.ts'
import type { Lens } from './paint.ts'

/** How much of the window's size the film has on each side besides. */
const MARGIN = 0.5
const SHARP_AGAIN_AFTER = 140
const SCALE = { least: 0.6, most: 1.7 } as const

export interface Film {
  move(lens: Lens): void
  redraw(): void
  stop(): void
}

/** Draws an area, and says how far all there is to draw extends. */
type Draw = (context: CanvasRenderingContext2D, lens: Lens, area: Rect) => Rect

export function createFilm(element: HTMLCanvasElement, windowSize: () => Size, draw: Draw): Film {
  let lens: Lens = { x: 0, y: 0, zoom: 1 }
  let drawn: Lens | undefined
  let filmed: Size = { width: 0, height: 0 }
  let rest: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let extent: Rect = { x: 0, y: 0, width: 0, height: 0 }

  const expose = (): void => {
    const size = windowSize()
    const context = element.getContext('2d')
    if (context === null || size.width === 0) return
    const density = Math.min(window.devicePixelRatio, 2)
    const [width, height] = [size.width * (1 + 2 * MARGIN), size.height * (1 + 2 * MARGIN)]
    if (filmed.width !== size.width || filmed.height !== size.height) {
      element.width = Math.ceil(width * density)
      element.height = Math.ceil(height * density)
      element.style.width = `${width}px`
      element.style.height = `${height}px`
      filmed = size
    }
    drawn = lens
    context.setTransform(density, 0, 0, density, 0, 0)
    context.clearRect(0, 0, width, height)
    const onFilm = { x: lens.x + size.width * MARGIN, y: lens.y + size.height * MARGIN, zoom: lens.zoom }
    extent = draw(context, onFilm, {
      x: -onFilm.x / lens.zoom,
      y: -onFilm.y / lens.zoom,
      width: width / lens.zoom,
      height: height / lens.zoom,
    })
  }

  const show = (): void => {
    frame = 0
    if (drawn === undefined || !covers(drawn, lens, windowSize(), filmed, extent)) expose()
    if (drawn === undefined) return
    const ratio = lens.zoom / drawn.zoom
    const left = lens.x - ratio * (drawn.x + filmed.width * MARGIN)
    const top = lens.y - ratio * (drawn.y + filmed.height * MARGIN)
    element.style.transform = `translate(${left}px, ${top}px) scale(${ratio})`
    clearTimeout(rest)
    if (ratio !== 1) rest = setTimeout(redraw, SHARP_AGAIN_AFTER)
  }
  const soon = (): void => {
    frame ||= requestAnimationFrame(show)
  }
  const redraw = (): void => {
    drawn = undefined
    soon()
  }

  return {
    move: (next) => {
      lens = next
      soon()
    },
    redraw,
    stop: () => {
      clearTimeout(rest)
      cancelAnimationFrame(frame)
    },
  }
}

/** Whether the film, moved and scaled, still shows sharply enough what the window holds of all that extends so far. */
export function covers(drawn: Lens, lens: Lens, size: Size, filmed: Size, extent: Rect): boolean {
  if (size.width !== filmed.width || size.height !== filmed.height) return false
  const ratio = lens.zoom / drawn.zoom
  if (ratio < SCALE.least || ratio > SCALE.most) return false
  const left = lens.x - ratio * (drawn.x + size.width * MARGIN)
  const top = lens.y - ratio * (drawn.y + size.height * MARGIN)
  const [width, height] = [size.width * (1 + 2 * MARGIN) * ratio, size.height * (1 + 2 * MARGIN) * ratio]
  // Beyond the drawing there is nothing to film.
  const from = { x: Math.max(0, extent.x * lens.zoom + lens.x), y: Math.max(0, extent.y * lens.zoom + lens.y) }
  const to = {
    x: Math.min(size.width, (extent.x + extent.width) * lens.zoom + lens.x),
    y: Math.min(size.height, (extent.y + extent.height) * lens.zoom + lens.y),
  }
  if (from.x >= to.x || from.y >= to.y) return true
  return left <= from.x && top <= from.y && left + width >= to.x && top + height >= to.y
}
