/** What the overview and the map draw: computed once for a document, drawn at any zoom. */
import type { Phase } from '#engine/index.ts'
import { CARD_WIDTH, faceOf, inputPoint, rowPoint } from '../model/face.ts'
import { around, holds, type Drawing, type FlowDocument, type FlowNode, type Point, type Rect } from '../model/parts.ts'
import { rectOf } from '../model/place.ts'
import { isSameRect } from '../model/window.ts'
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
  /** The ways out, in their order. */
  readonly ways: string
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
  /** Made when first asked for: the map shows none. */
  threads(): readonly Thread[]
  readonly zones: readonly Zone[]
  readonly notes: readonly Rect[]
  readonly bounds: Rect
  /** The card at a point, the uppermost. */
  at(point: Point): string | undefined
}

const CELL = 400
/** Where zones are too small to be told apart they cost more than they say. */
const ZONES_UP_TO = 1_500

/** Pictures of one document after the other; where cards say something new and stand as before, only that is new. */
export function createPicture(): (document: FlowDocument) => Picture {
  let last: { readonly document: FlowDocument; readonly picture: Picture } | undefined
  return (document) => {
    if (last?.document !== document) last = { document, picture: after(last, document) }
    return last.picture
  }
}

export function pictureOf(document: FlowDocument): Picture {
  return createPicture()(document)
}

function after(
  before: { readonly document: FlowDocument; readonly picture: Picture } | undefined,
  document: FlowDocument,
): Picture {
  const tiles = document.nodes.map(tileOf)
  const stays = before !== undefined && standAlike(before.picture.tiles, tiles)
  const notes = stays && before.document.notes === document.notes ? before.picture.notes : notesOf(document)
  const picture = {
    tiles,
    notes,
    threads:
      stays && before.document.edges === document.edges ? before.picture.threads : once(() => threadsOf(document)),
    zones: document.nodes.length > ZONES_UP_TO ? noZones : cast(document.nodes).zones,
  }
  if (stays && notes === before.picture.notes) return { ...before.picture, ...picture }
  const find = once(() => finder(tiles))
  return {
    ...picture,
    bounds: around([...tiles, ...notes]) ?? { x: 0, y: 0, width: 1, height: 1 },
    at: (point) => find()(point),
  }
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined
  return () => (made ??= { value: make() }).value
}

const noZones: readonly Zone[] = []
const known = new WeakMap<FlowNode, Tile>()

function tileOf(node: FlowNode): Tile {
  const before = known.get(node)
  if (before !== undefined) return before
  const { title, sentence, fault, phase, rows } = faceOf(node)
  const ways = rows.map((row) => row.id).join('\n')
  const tile = { id: node.id, phase, title, sentence: fault ?? sentence, ways, ...rectOf(node) }
  known.set(node, tile)
  return tile
}

/** Whether all stand where they stood, with the same ways out in the same order. */
function standAlike(before: readonly Tile[], now: readonly Tile[]): boolean {
  return (
    before.length === now.length &&
    now.every((one, index) => {
      const other = before[index]
      if (one === other) return true
      return (
        other !== undefined &&
        one.id === other.id &&
        one.ways === other.ways &&
        one.phase === other.phase &&
        isSameRect(one, other)
      )
    })
  )
}

function notesOf(document: FlowDocument): readonly Rect[] {
  return (document.notes ?? []).map(({ position, width = NOTE_SIZE.width, height = NOTE_SIZE.height }) => ({
    ...position,
    width,
    height,
  }))
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
