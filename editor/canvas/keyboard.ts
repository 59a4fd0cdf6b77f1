/**
 * The canvas without a mouse. The cards are one stop of the tab key. On a card: arrows walk to the nearest card that way,
 * Alt and an arrow moves it, Enter goes to its ways out. On a way out: up and down, Enter says where it leads, Escape
 * goes back to the card.
 */
import type { KeyboardEvent } from 'react'
import { nodeOf } from '../document/document.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { nudge } from './drag.ts'
import { faceOf } from './model/face.ts'
import { GRID } from './model/guides.ts'
import { neighbour } from './model/neighbour.ts'
import type { Point } from './model/parts.ts'
import { canvas, say } from './state.ts'
import { view } from './view.ts'

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
const FAR_STEP = 5

export function onCanvasKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || !(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return
  if (event.target.matches('input, textarea, select')) return
  const way = event.target.closest<HTMLElement>('[data-way]')
  const handled = way === null ? onCard(event) : onWay(event, way)
  if (!handled) return
  event.preventDefault()
  event.stopPropagation()
}

function onCard(event: KeyboardEvent<HTMLElement>): boolean {
  const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-card]') : null
  const direction = directions[event.key]
  const { cursor } = canvas.getState()
  if (direction !== undefined) {
    if (event.altKey) moveCard(cursor, direction, event.shiftKey)
    else walk(cursor, direction, event.shiftKey)
    return true
  }
  if (event.key === 'Enter' && card !== null) {
    const first = card.querySelector<HTMLElement>('[data-way]')
    first?.focus()
    return first !== null
  }
  if (event.key === 'Enter' && cursor !== null) {
    view.reveal(cursor)
    view.focusCard(cursor)
    return true
  }
  return false
}

function onWay(event: KeyboardEvent<HTMLElement>, way: HTMLElement): boolean {
  const card = way.closest<HTMLElement>('[data-card]')
  const ways = [...(card?.querySelectorAll<HTMLElement>('[data-way]') ?? [])]
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) {
    const next = ways[(ways.indexOf(way) + step + ways.length) % ways.length]
    next?.focus()
    tellWhere(card?.dataset['card'], next?.dataset['way'])
    return true
  }
  if (event.key === 'Escape' || event.key === 'ArrowLeft') {
    card?.focus()
    return true
  }
  return event.key === 'ArrowRight' && follow(card?.dataset['card'], way.dataset['way'])
}

/** Goes along a wire to where it leads. */
function follow(source: string | undefined, outlet: string | undefined): boolean {
  const edge = editor.state().document.edges.find((each) => each.source === source && each.sourceHandle === outlet)
  if (edge !== undefined) stand(edge.target, false)
  return edge !== undefined
}

function tellWhere(source: string | undefined, outlet: string | undefined): void {
  const { document } = editor.state()
  const edge = document.edges.find((each) => each.source === source && each.sourceHandle === outlet)
  const target = edge && nodeOf(document, edge.target)
  if (target) say(words.canvas.card.leadsTo(`${faceOf(target).title}: ${faceOf(target).sentence}`))
}

function walk(cursor: string | null, direction: Point, extend: boolean): void {
  const { document } = editor.state()
  const from = cursor === null ? undefined : nodeOf(document, cursor)
  const to = from === undefined ? document.nodes[0] : neighbour(document.nodes, from, direction)
  if (to !== undefined) stand(to.id, extend)
}

function stand(id: string, extend: boolean): void {
  const { document, selection } = editor.state()
  canvas.setState({ cursor: id })
  editor.select(extend ? [...selection.nodes, id] : [id])
  view.show(id)
  view.focusCard(id)
  const node = nodeOf(document, id)
  if (node)
    say(words.canvas.card.label(faceOf(node).title, faceOf(node).sentence, words.canvas.phases[faceOf(node).phase]))
}

function moveCard(cursor: string | null, { x, y }: Point, far: boolean): void {
  if (cursor === null) return
  const step = far ? GRID * FAR_STEP : GRID
  nudge(cursor, { x: x * step, y: y * step })
  const node = nodeOf(editor.state().document, cursor)
  if (!node) return
  view.show(cursor)
  say(words.canvas.said.moved(faceOf(node).title, node.position.x, node.position.y))
}
