/** Draws a picture on a 2D canvas: tiles in their phase's colour, the name where it can be read. */
import { phases, type Phase } from '#engine/conversation/owner.ts'
import { wrapped } from '#engine/export/picture/wrapped.ts'
import { words } from '../../words/en.ts'
import type { Rect } from '../model/parts.ts'
import { OUT } from '../wire/path.ts'
import type { Picture, Thread, Tile } from './picture.ts'

export interface Colours {
  readonly own: Readonly<Record<Phase, string>>
  readonly soft: Readonly<Record<Phase, string>>
  readonly body: string
  readonly text: string
  readonly line: string
  readonly accent: string
  readonly error: string
  readonly warning: string
}

/** Marks by card and wire. */
export interface Emphasis {
  readonly selected: ReadonlySet<string>
  paint(node: string): string
  lit(edge: string): boolean
  /** What stands on a wire: the numbers of the steps that pass it. */
  steps(edge: string): string | undefined
  trouble(node: string): 'error' | 'warning' | undefined
}

export interface Lens {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

const NAME_SIZE = 11
const LINE = 13
/** A tile lower than this on the screen has no room for its name. */
const NAME_ROOM = 12

/** Reads the colours that the style sheets give this element. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span')
  // Where motion is reduced every transition is short, not off: the second colour would still be the first.
  probe.style.setProperty('transition', 'none', 'important')
  element.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const of = (suffix: string): Record<Phase, string> => {
    // Every phase is given its colour just here.
    return Object.fromEntries(phases.map((phase) => [phase, colour(`--phase-${phase}${suffix}`)])) as Record<
      Phase,
      string
    >
  }
  const colours = {
    own: of(''),
    soft: of('-soft'),
    body: colour('--mantine-color-body'),
    text: colour('--mantine-color-text'),
    line: colour('--mantine-color-default-border'),
    accent: colour('--accent'),
    error: colour('--danger'),
    warning: colour('--warning'),
  }
  probe.remove()
  return colours
}

/** Draws what lies within `area` (the canvas' own units) through a lens. */
export function paint(
  context: CanvasRenderingContext2D,
  picture: Picture,
  lens: Lens,
  area: Rect,
  colours: Colours,
  emphasis: Emphasis,
): void {
  const scale = context.getTransform().a
  context.setTransform(scale * lens.zoom, 0, 0, scale * lens.zoom, scale * lens.x, scale * lens.y)
  for (const zone of picture.zones) paintZone(context, zone.rect, colours.soft[zone.phase], colours.own[zone.phase])
  paintThreads(context, picture.threads(), lens, area, colours, emphasis)
  context.fillStyle = colours.warning
  for (const note of picture.notes) context.fillRect(note.x, note.y, note.width, note.height)
  const tiles = picture.tiles.filter(
    (tile) =>
      tile.x < area.x + area.width &&
      area.x < tile.x + tile.width &&
      tile.y < area.y + area.height &&
      area.y < tile.y + tile.height,
  )
  for (const tile of tiles) paintTile(context, tile, lens, colours, emphasis)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  for (const tile of tiles) if (tile.height * lens.zoom >= NAME_ROOM) paintName(context, tile, lens, colours)
  for (const thread of picture.threads()) paintSteps(context, thread, lens, colours, emphasis)
  for (const zone of picture.zones)
    if (zone.key.endsWith('-0'))
      paintTitle(context, zone.rect, words.canvas.phases[zone.phase], lens, colours.own[zone.phase])
}

function paintZone(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  fill: string,
  stroke: string,
): void {
  context.beginPath()
  context.roundRect(x, y, width, height, 18)
  context.globalAlpha = 0.6
  context.fillStyle = fill
  context.fill()
  context.globalAlpha = 0.3
  context.strokeStyle = stroke
  context.lineWidth = 2
  context.stroke()
  context.globalAlpha = 1
}

function paintThreads(
  context: CanvasRenderingContext2D,
  threads: readonly Thread[],
  lens: Lens,
  area: Rect,
  colours: Colours,
  { lit }: Emphasis,
): void {
  const seen = threads.filter(
    ({ from, to }) =>
      Math.max(from.x, to.x) > area.x &&
      Math.min(from.x, to.x) < area.x + area.width &&
      Math.max(from.y, to.y) > area.y &&
      Math.min(from.y, to.y) < area.y + area.height,
  )
  for (const phase of phases) {
    const own = seen.filter((thread) => thread.phase === phase)
    strands(
      context,
      own.filter((thread) => !lit(thread.id)),
      1 / lens.zoom,
      colours.own[phase],
      0.45,
    )
    strands(
      context,
      own.filter((thread) => lit(thread.id)),
      3 / lens.zoom,
      colours.own[phase],
      1,
    )
  }
}

/** One path for all of a colour: a stroke each would cost far more. */
function strands(
  context: CanvasRenderingContext2D,
  threads: readonly Thread[],
  width: number,
  colour: string,
  alpha: number,
): void {
  if (threads.length === 0) return
  context.beginPath()
  for (const { from, to, lane } of threads) {
    context.moveTo(from.x, from.y)
    if (lane === undefined) {
      const bend = (to.x - from.x) / 2
      context.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y)
    } else {
      for (const [x, y] of [
        [from.x + OUT, from.y],
        [from.x + OUT, lane],
        [to.x - OUT, lane],
        [to.x - OUT, to.y],
        [to.x, to.y],
      ] as const)
        context.lineTo(x, y)
    }
  }
  context.lineWidth = width
  context.strokeStyle = colour
  context.globalAlpha = alpha
  context.stroke()
  context.globalAlpha = 1
}

function paintTile(
  context: CanvasRenderingContext2D,
  tile: Tile,
  { zoom }: Lens,
  colours: Colours,
  emphasis: Emphasis,
): void {
  const painted = emphasis.paint(tile.id)
  const bright = painted.includes('lit') || painted.includes('active')
  const { x, y, width, height } = tile
  context.fillStyle = bright ? colours.soft[tile.phase] : colours.body
  context.fillRect(x, y, width, height)
  context.fillStyle = colours.own[tile.phase]
  context.fillRect(x, y, painted.includes('active') ? width : Math.max(10, 3 / zoom), height)
  const frame = emphasis.selected.has(tile.id) ? colours.accent : colours.own[tile.phase]
  context.lineWidth = (emphasis.selected.has(tile.id) ? 3 : 1) / zoom
  context.strokeStyle = frame
  context.strokeRect(x, y, width, height)
  const trouble = emphasis.trouble(tile.id)
  if (trouble === undefined) return
  context.fillStyle = colours[trouble]
  context.fillRect(x + width - 12 / zoom, y + 4 / zoom, 8 / zoom, 8 / zoom)
}

/** What the card says, in as many lines as it has room for. */
function paintName(context: CanvasRenderingContext2D, tile: Tile, { x, y, zoom }: Lens, colours: Colours): void {
  const left = tile.x * zoom + x + 8
  const room = Math.max(1, Math.floor((tile.height * zoom - 2) / LINE))
  const lines = wrapped(
    tile.sentence === '' ? tile.title : tile.sentence,
    Math.floor((tile.width * zoom - 12) / (NAME_SIZE * 0.56)),
    Math.min(room, 3),
  )
  const top = tile.y * zoom + y + Math.max(0, (tile.height * zoom - lines.length * LINE) / 2)
  context.font = `${NAME_SIZE}px system-ui, sans-serif`
  context.fillStyle = colours.text
  for (const [index, line] of lines.entries()) context.fillText(line, left, top + index * LINE + NAME_SIZE)
}

/** The numbers of a way's steps, as large on the screen however far away the flow is. */
function paintSteps(
  context: CanvasRenderingContext2D,
  { id, from, to, lane }: Thread,
  { x, y, zoom }: Lens,
  colours: Colours,
  { lit, steps }: Emphasis,
): void {
  const numbers = lit(id) ? steps(id) : undefined
  if (numbers === undefined) return
  const [left, top] = [((from.x + to.x) / 2) * zoom + x, (lane ?? (from.y + to.y) / 2) * zoom + y]
  const width = 9 + numbers.length * 6
  context.beginPath()
  context.roundRect(left - width / 2, top - 8, width, 16, 8)
  context.fillStyle = colours.accent
  context.fill()
  context.font = `700 ${NAME_SIZE}px system-ui, sans-serif`
  context.fillStyle = colours.body
  context.textAlign = 'center'
  context.fillText(numbers, left, top + 4)
  context.textAlign = 'start'
}

function paintTitle(
  context: CanvasRenderingContext2D,
  { x, y, width }: Rect,
  title: string,
  lens: Lens,
  colour: string,
): void {
  if (width * lens.zoom < 60) return
  context.font = '600 13px system-ui, sans-serif'
  context.fillStyle = colour
  context.fillText(title, x * lens.zoom + lens.x, y * lens.zoom + lens.y - 4)
}
