/** What the overview and the map draw: computed once for a document, drawn at any zoom. */
import type { Phase } from '#engine/index.ts'
import { CARD_WIDTH, faceOf, inputPoint, rowPoint } from '../model/face.ts'
import { around, holds, type Drawing, type FlowDocument, type Point, type Rect } from '../model/parts.ts'
import { NOTE_SIZE } from '../model/note.ts'
import { endsOf } from '../model/scene.ts'
import type { Zone } from '../model/zones.ts'
import { laneOf } from '../wire/path.ts'
import { cast } from '../zone/cast.ts'

export interface Tile extends Rect {
  readonly id: string
  readonly phase: Phase
  readonly title: string
  readonly sentence: string
}
export interface Thread {
  readonly id: string
  readonly phase: Phase
  readonly from: Point
  readonly to: Point
  readonly lane: number | undefined
}
export interface Picture {
  readonly tiles: readonly Tile[]
  readonly threads: readonly Thread[]
  readonly zones: readonly Zone[]
  readonly notes: readonly Rect[]
  readonly bounds: Rect
  /** The card at a point, the uppermost. */
  at(point: Point): string | undefined
}

const CELL = 400
/** Where zones are too small to be told apart they cost more than they say. */
const ZONES_UP_TO = 1_500

export function pictureOf(document: FlowDocument): Picture {
  const tiles = document.nodes.map((node): Tile => {
    const { title, sentence, fault, phase, width, height } = faceOf(node)
    return { id: node.id, phase, title, sentence: fault ?? sentence, ...node.position, width, height }
  })
  const notes = (document.notes ?? []).map(({ position, width = NOTE_SIZE.width, height = NOTE_SIZE.height }) => ({
    ...position,
    width,
    height,
  }))
  return {
    tiles,
    notes,
    threads: threadsOf(document),
    zones: document.nodes.length > ZONES_UP_TO ? [] : cast(document.nodes).zones,
    bounds: around([...tiles, ...notes]) ?? { x: 0, y: 0, width: 1, height: 1 },
    at: finder(tiles),
  }
}

function threadsOf({ nodes, edges }: Drawing): readonly Thread[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return edges.flatMap((edge): readonly Thread[] => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)]
    if (source === undefined || target === undefined) return []
    const face = faceOf(source)
    const row = face.rows.findIndex((each) => each.id === edge.sourceHandle)
    const out = row < 0 ? { x: CARD_WIDTH, y: face.height / 2 } : rowPoint(face, row)
    const [from, to] = [plus(source.position, out), plus(target.position, inputPoint)]
    return [{ id: edge.id, phase: face.phase, from, to, lane: laneOf(from, to, endsOf(face, out, faceOf(target))) }]
  })
}

function plus(one: Point, other: Point): Point {
  return { x: one.x + other.x, y: one.y + other.y }
}

/** A grid of cells, so that a pointer asks a few tiles and not all. */
function finder(tiles: readonly Tile[]): Picture['at'] {
  const cells = new Map<string, Tile[]>()
  for (const tile of tiles) {
    for (let column = cell(tile.x); column <= cell(tile.x + tile.width); column += 1) {
      for (let row = cell(tile.y); row <= cell(tile.y + tile.height); row += 1) {
        const key = `${column} ${row}`
        const there = cells.get(key)
        if (there === undefined) cells.set(key, [tile])
        else there.push(tile)
      }
    }
  }
  return (point) => cells.get(`${cell(point.x)} ${cell(point.y)}`)?.findLast((tile) => holds(tile, point))?.id
}

function cell(value: number): number {
  return Math.floor(value / CELL)
}
