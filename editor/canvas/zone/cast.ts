/** Areas and beams of a drawing. A beam is what a watcher sees: from its eye towards the nearest of the bot's areas. */
import { faceOf } from '../model/face.ts'
import { rectOf } from '../model/place.ts'
import { isSameRect } from '../model/window.ts'
import { zonesOf, type Standing, type Zone } from '../model/zones.ts'
import type { FlowNode, Point, Rect } from '../model/parts.ts'

export interface Beam {
  readonly key: string
  readonly path: string
}
export interface Cast {
  /** `main`: the one that carries the phase's name, the fullest. */
  readonly zones: readonly (Zone & { readonly main: boolean })[]
  readonly beams: readonly Beam[]
  readonly watchers: number
}

const HALF_BEAM = 24
const LONGEST_BEAM = 64

interface Stood extends Standing {
  readonly watches: boolean
}

let last: { readonly standing: readonly Stood[]; readonly cast: Cast } | undefined

/** The same cast as before while every card stands where it stood. */
export function cast(nodes: readonly FlowNode[]): Cast {
  const standing = nodes.map(stood)
  if (last === undefined || !isSame(last.standing, standing)) last = { standing, cast: cut(standing) }
  return last.cast
}

const known = new WeakMap<FlowNode, Stood>()

function stood(node: FlowNode): Stood {
  const before = known.get(node)
  if (before !== undefined) return before
  const { phase, watches } = faceOf(node)
  const made = { id: node.id, phase, watches, rect: rectOf(node) }
  known.set(node, made)
  return made
}

function isSame(before: readonly Stood[], now: readonly Stood[]): boolean {
  return (
    before.length === now.length &&
    now.every((one, index) => {
      const other = before[index]
      if (one === other) return true
      return (
        one.id === other?.id &&
        one.phase === other.phase &&
        one.watches === other.watches &&
        isSameRect(one.rect, other.rect)
      )
    })
  )
}

function cut(standing: readonly Stood[]): Cast {
  const zones = zonesOf(standing).map((zone) => ({ ...zone, main: zone.key.endsWith('-0') }))
  const watched = zones.filter((zone) => zone.phase === 'bot')
  const watchers = standing.filter((card) => card.watches)
  const beams = watchers.flatMap(({ id, rect }) => {
    const zone = nearest(watched, rect)
    return zone === undefined ? [] : [{ key: id, path: beam(rect, zone.rect) }]
  })
  return { zones, beams, watchers: watchers.length }
}

function nearest(zones: readonly Zone[], to: Rect): Zone | undefined {
  const far = ({ rect }: Zone): number =>
    Math.hypot(beyond(to.x, rect.x, rect.width), beyond(to.y, rect.y, rect.height))
  return zones.reduce<Zone | undefined>(
    (best, zone) => (best === undefined || far(zone) < far(best) ? zone : best),
    undefined,
  )
}

function beyond(value: number, start: number, length: number): number {
  return Math.max(start - value, 0, value - start - length)
}

function beam(watcher: Rect, zone: Rect): string {
  const eye: Point = { x: watcher.x, y: watcher.y + watcher.height / 2 }
  const seen: Point = { x: clamp(eye.x, zone.x, zone.x + zone.width), y: clamp(eye.y, zone.y, zone.y + zone.height) }
  const far = Math.hypot(seen.x - eye.x, seen.y - eye.y)
  if (far === 0) return ''
  // A short look in that direction: long ones would run over what lies between.
  const reach = Math.min(far, LONGEST_BEAM) / far
  const at: Point = { x: eye.x + (seen.x - eye.x) * reach, y: eye.y + (seen.y - eye.y) * reach }
  const across: Point = { x: (-(seen.y - eye.y) / far) * HALF_BEAM, y: ((seen.x - eye.x) / far) * HALF_BEAM }
  return `M${eye.x} ${eye.y}L${at.x - across.x} ${at.y - across.y}L${at.x + across.x} ${at.y + across.y}Z`
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
