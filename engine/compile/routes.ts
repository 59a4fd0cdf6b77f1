/** Where a flow's outlets lead: the drawn edges, and the documented defaults where none is drawn. */
import { kindOf, type AnyNode } from '../kinds/index.ts'
import type { Target } from '../kinds/fragment.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'

/** A way to go: the transition, and what must hold for it (`at`: the bot's step left; `fedBy`: the queue that fed). */
export interface Way {
  readonly transition: { readonly target?: string; readonly reenter?: true }
  readonly only?: Readonly<Record<string, Json>>
}
export interface Routes {
  readonly start: string
  /** The absolute target of a node, `#<flow>.<phase>.<node>`. */
  path(node: string): string
  follow(from: AnyNode | undefined, target: Exclude<Target, { readonly rung: number }>): readonly Way[]
}

const stay: readonly Way[] = [{ transition: {} }]

export function routes(flow: Flow): Routes {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]))
  const edges = new Map(flow.edges.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge.target]))
  const first = (...types: readonly AnyNode['type'][]): AnyNode | undefined => types.map((type) => flow.nodes.find((node) => node.type === type)).find(Boolean)
  const start = first('start')?.id ?? ''
  const rescue = first('queue', 'ticket', 'callback')
  const promise = first('ticket', 'callback')
  const end = first('close')
  const talk = first('listen')
  const queues = flow.nodes.filter((node) => node.type === 'queue')
  const leaky = leakySteps(flow, byId)

  const path = (id: string): string => {
    const node = byId.get(id)
    return `#${flow.id}.${node === undefined ? 'bot' : kindOf(node).phase}.${id}`
  }
  const to = (from: AnyNode | undefined, node: AnyNode | undefined): readonly Way[] => {
    if (node === undefined) return stay
    return [{ transition: { target: path(node.id), ...(from?.id === node.id ? { reenter: true } : {}) } }]
  }
  const notBack = (from: AnyNode | undefined, node: AnyNode | undefined): readonly Way[] => node?.id === from?.id ? stay : to(from, node)

  const goOn = (from: AnyNode | undefined): readonly Way[] => {
    const drawn = from === undefined ? undefined : edges.get(`${from.id}\nnext`)
    return drawn === undefined ? to(from, talk ?? end) : to(from, byId.get(drawn))
  }

  const follow: Routes['follow'] = (from, target) => {
    if (typeof target === 'object') {
      const drawn = from === undefined ? undefined : edges.get(`${from.id}\n${target.outlet}`)
      if (drawn !== undefined) return to(from, byId.get(drawn))
      const { otherwise } = target
      return otherwise === undefined || (typeof otherwise === 'object' && 'rung' in otherwise) ? stay : follow(from, otherwise)
    }
    switch (target) {
      case 'stay': return stay
      case 'rescue': return notBack(from, rescue)
      case 'promise': return notBack(from, promise)
      case 'end': return to(from, end)
      case 'requeue': return queues.length <= 1
        ? notBack(from, rescue)
        : [...queues.map((node) => ({ transition: { target: path(node.id) }, only: { fedBy: node.id } })), ...notBack(from, rescue)]
      case 'resume': return [
        ...leaky.map((id) => ({ transition: { target: path(id) }, only: { at: id } })),
        // Nothing is left to resume: every question is answered and no bot talked.
        ...goOn(from).map((way) => ({ ...way, only: { at: '' } })),
        { transition: { target: `#${flow.id}.bot._left` } },
      ]
      default: return target satisfies never
    }
  }
  return { start, path, follow }
}

/** Kinds of the bot's phase at which a customer's turn is taken: only there can a conversation be left and resumed. */
const RESTING: ReadonlySet<AnyNode['type']> = new Set(['ask', 'listen', 'wait'])

/**
 * Steps from which the bot's phase can be left without another bot having talked: through a branch, say, or a question
 * that is answered by then. XState's history would remember that branch and take it straight out again; so from these a
 * resume goes to the step itself.
 */
function leakySteps(flow: Flow, byId: ReadonlyMap<string, AnyNode>): readonly string[] {
  const outgoing = new Map<string, readonly AnyNode[]>()
  for (const edge of flow.edges) {
    const target = byId.get(edge.target)
    if (target) outgoing.set(edge.source, [...outgoing.get(edge.source) ?? [], target])
  }
  const passes = (node: AnyNode): boolean => kindOf(node).phase === 'bot' && node.type !== 'listen'
  const leaves = (id: string): boolean => {
    const seen = new Set<string>()
    const open = [...outgoing.get(id) ?? []].filter(passes)
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node.id)) continue
      seen.add(node.id)
      for (const next of outgoing.get(node.id) ?? []) {
        if (kindOf(next).phase !== 'bot') return true
        if (passes(next)) open.push(next)
      }
    }
    return false
  }
  return flow.nodes.filter((node) => RESTING.has(node.type) && leaves(node.id)).map((node) => node.id)
}
