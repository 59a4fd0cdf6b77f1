/** What choosing in the menu, clicking in the palette or dropping on the canvas does to the document. */
import { addNode, connect, freshNode, insertOnEdge } from '../../document/commands/index.ts'
import { nodeOf } from '../../document/document.ts'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { CARD_WIDTH, faceOf, inputPoint } from '../model/face.ts'
import type { Way } from '../model/fit.ts'
import { middle, type Point } from '../model/parts.ts'
import { beside, freePlace, rectsOf } from '../model/place.ts'
import { canvas, say, type Adding } from '../state.ts'
import { view } from '../view.ts'

/** Adds a card where the menu says; what it follows leads to it. */
export function addFromMenu(kind: string, { after, onEdge, place }: Adding): void {
  if (onEdge !== undefined) insert(kind, onEdge)
  else if (after !== undefined) addAfter(kind, after, place)
  else addAt(kind, place ?? view.centre())
}

/** Adds a card with its middle at a point, or as near as there is room. */
export function addAt(kind: string, point: Point): void {
  const { document } = editor.state()
  const draft = freshNode(document, kind, point)
  const { width, height } = faceOf(draft)
  settle(
    freshNode(
      document,
      kind,
      freePlace(rectsOf(document), { x: point.x - width / 2, y: point.y - height / 2 }, { width, height }),
    ),
  )
}

/** Leads a way out to a card that is there. */
export function lead(way: Way, target: string): boolean {
  const { document } = editor.state()
  const [from, to] = [nodeOf(document, way.source), nodeOf(document, target)]
  const label =
    from === undefined ? way.outlet : (faceOf(from).rows.find((row) => row.id === way.outlet)?.label ?? way.outlet)
  const done = editor.run(connect(way.source, way.outlet, target))
  if (to !== undefined)
    say(done ? words.canvas.said.connected(label, faceOf(to).title) : words.canvas.said.refused(faceOf(to).title))
  return done
}

function addAfter(kind: string, after: Way, place: Point | undefined): void {
  const { document } = editor.state()
  const from = nodeOf(document, after.source)
  const draft = freshNode(document, kind, { x: 0, y: 0 })
  const wanted =
    place === undefined ? beside(from?.position ?? view.centre()) : { x: place.x, y: place.y - inputPoint.y }
  settle(freshNode(document, kind, freePlace(rectsOf(document), wanted, faceOf(draft))), after)
}

function insert(kind: string, edge: string): void {
  const { document } = editor.state()
  const present = document.edges.find((each) => each.id === edge)
  const [from, to] = [nodeOf(document, present?.source ?? ''), nodeOf(document, present?.target ?? '')]
  if (from === undefined || to === undefined) return
  const draft = freshNode(document, kind, { x: 0, y: 0 })
  const size = faceOf(draft)
  const centre = middle({
    x: from.position.x + CARD_WIDTH,
    y: from.position.y,
    width: to.position.x - from.position.x - CARD_WIDTH,
    height: to.position.y - from.position.y,
  })
  const node = freshNode(
    document,
    kind,
    freePlace(rectsOf(document), { x: centre.x - size.width / 2, y: centre.y }, size),
  )
  if (editor.run(insertOnEdge(edge, node))) shown(node.id, kind)
}

function settle(node: ReturnType<typeof freshNode>, after?: Way): void {
  if (editor.run(addNode(node, after && { node: after.source, outlet: after.outlet }))) shown(node.id, node.type)
}

function shown(id: string, kind: string): void {
  canvas.setState({ cursor: id, adding: null })
  const node = nodeOf(editor.state().document, id)
  say(words.canvas.said.added(node === undefined ? kind : faceOf(node).title))
  view.reveal(id)
  view.focusCard(id)
}
