/** Where a flow's outlets lead: the drawn edges, and the documented defaults where none is drawn. */
import { kindOf, type AnyNode, type NodeOfKind } from '../kinds/index.ts'
import type { Target } from '../kinds/fragment.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import { LEFT, REQUEUE, RESUME, type Transition, type WayOut } from './config.ts'

/** A way to go: the transition, and what must hold for it (`at`: the bot's step left; `fedBy`: the queue that fed). */
export interface Way {
  readonly transition: Pick<Transition, 'target' | 'reenter' | 'meta'>
  readonly only?: Readonly<Record<string, Json>>
}
export interface Routes {
  readonly start: string
  /** The absolute target of a node, `#<flow>.<phase>.<node>`. */
  path(node: string): string
  /** From `_resume`: to the step whose turn it was; with none, to the flow's first bot, else its end; else by history. */
  readonly resumes: readonly Transition[]
  /** From `_requeue`: to the queue that fed the agent, else to whoever helps; none where both are the same in any case. */
  readonly requeues: readonly Transition[]
  /** To the queue in which the conversation waits, or waited for what it was promised; else to the one where the flow leads who asks for a person. */
  readonly waits: readonly Way[]
  follow(from: AnyNode | undefined, target: Exclude<Target, { readonly rung: number }>): readonly Way[]
}

const stay: readonly Way[] = [{ transition: {} }]

export function routes(flow: Flow): Routes {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]))
  const edges = new Map(flow.edges.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge.target]))
  const first = (...types: readonly AnyNode['type'][]): AnyNode | undefined =>
    types.map((type) => flow.nodes.find((node) => node.type === type)).find(Boolean)
  const start = first('start')?.id ?? ''
  const rescue = wayToAPerson(flow, byId, edges) ?? first('queue', 'ticket', 'callback')
  const promise = first('ticket', 'callback')
  const end = first('close')
  const talk = first('listen')
  const queues = flow.nodes.filter((node) => node.type === 'queue')
  // A way to the only queue that leads through business hours is no way back to it: they may be over since.
  const remembers = queues.some((node) => node.id !== rescue?.id)

  const path = (id: string): string => {
    const node = byId.get(id)
    return `#${flow.id}.${node === undefined ? 'bot' : kindOf(node).phase}.${id}`
  }
  const to = (from: AnyNode | undefined, node: AnyNode | undefined): readonly Way[] => {
    if (node === undefined) return stay
    return [{ transition: { target: path(node.id), ...(from?.id === node.id ? { reenter: true } : {}) } }]
  }
  const notBack = (from: AnyNode | undefined, node: AnyNode | undefined): readonly Way[] =>
    node?.id === from?.id ? stay : to(from, node)

  const follow: Routes['follow'] = (from, target) => {
    if (typeof target === 'object') {
      if (from === undefined) return stay
      const { outlet, otherwise } = target
      const drawn = edges.get(`${from.id}\n${outlet}`)
      const ways =
        drawn !== undefined
          ? to(from, byId.get(drawn))
          : otherwise === undefined || (typeof otherwise === 'object' && 'rung' in otherwise)
            ? stay
            : follow(from, otherwise)
      return ways.map((way) => passing(way, { node: from.id, outlet }))
    }
    switch (target) {
      case 'stay':
        return stay
      case 'rescue':
        return notBack(from, rescue)
      case 'promise':
        return notBack(from, promise)
      case 'end':
        return to(from, end)
      case 'requeue':
        return remembers ? [{ transition: { target: `#${flow.id}.queued.${REQUEUE}` } }] : notBack(from, rescue)
      case 'resume': {
        // Nothing is left to resume: every question is answered and no bot talked.
        const back: Way = { transition: { target: `#${flow.id}.bot.${RESUME}` } }
        if (
          from === undefined ||
          !kindOf(from)
            .outlets(from.data)
            .some((each) => each.id === 'next')
        )
          return [back]
        const next: WayOut = { node: from.id, outlet: 'next' }
        const drawn = edges.get(`${from.id}\nnext`)
        return drawn === undefined
          ? [passing(back, next)]
          : [...to(from, byId.get(drawn)).map((way) => ({ ...passing(way, next), only: { at: '' } })), back]
      }
      default:
        return target satisfies never
    }
  }
  /** Back into a step that was left; or on by one of its outlets, and a second handback resumes the talk before it. */
  const again = (node: AnyNode): Transition => {
    const outlet = kindOf(node).resumesBy?.(node.data)
    const [way] = outlet === undefined ? [] : follow(node, { outlet, otherwise: 'rescue' })
    return way?.transition.target === undefined
      ? { target: path(node.id) }
      : { ...way.transition, actions: [{ type: 'change', params: { do: ['moveOn'] } }] }
  }
  const resumes = [
    ...flow.nodes
      .filter((node) => kindOf(node).rests)
      .map((node) => ({ ...again(node), guard: { type: 'is', params: { at: node.id } } })),
    ...to(undefined, talk ?? end)
      .map(({ transition }) => ({ ...transition, guard: { type: 'is', params: { at: '' } } }))
      .filter((each) => each.target !== undefined),
    { target: `#${flow.id}.bot.${LEFT}` },
  ]
  // One state for all agents: queues times agents would be a chart of millions.
  const requeues = remembers
    ? [
        ...queues.map((node) => ({ target: path(node.id), guard: { type: 'is', params: { fedBy: node.id } } })),
        ...to(undefined, rescue).map(({ transition }) => transition),
      ]
    : []
  const waits = [
    ...queues.map((node) => ({
      transition: { target: path(node.id), reenter: true as const },
      only: { fedBy: node.id },
    })),
    ...to(undefined, queueOf(flow)).filter((way) => way.transition.target !== undefined),
  ]
  return { start, path, follow, resumes, requeues, waits }
}

/** The same way, by an outlet that leads there. */
function passing(way: Way, outlet: WayOut): Way {
  return { ...way, transition: { ...way.transition, meta: { ways: [outlet, ...(way.transition.meta?.ways ?? [])] } } }
}

/** The queue to which the flow leads whoever needs a person: the nearest on that way, else its first; undefined without any. */
export function queueOf(flow: Flow): NodeOfKind<'queue'> | undefined {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]))
  const edges = new Map(flow.edges.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge.target]))
  return nearestQueue(wayToAPerson(flow, byId, edges), byId, edges) ?? flow.nodes.find((node) => node.type === 'queue')
}

/** The queue that is reached from a node in the fewest steps. */
function nearestQueue(
  from: AnyNode | undefined,
  byId: ReadonlyMap<string, AnyNode>,
  edges: ReadonlyMap<string, string>,
): NodeOfKind<'queue'> | undefined {
  const seen = new Set<string>()
  let round = from === undefined ? [] : [from]
  while (round.length > 0) {
    const found = round.find((node) => node.type === 'queue')
    if (found !== undefined) return found
    for (const node of round) seen.add(node.id)
    const next = new Set(
      round.flatMap((node) =>
        kindOf(node)
          .outlets(node.data)
          .flatMap((outlet) => edges.get(`${node.id}\n${outlet.id}`) ?? []),
      ),
    )
    round = [...next].filter((id) => !seen.has(id)).flatMap((id) => byId.get(id) ?? [])
  }
  return undefined
}

/** Where the flow sends who asks for a person: the best place for everyone who needs one. A ladder is passed by. */
function wayToAPerson(
  flow: Flow,
  byId: ReadonlyMap<string, AnyNode>,
  edges: ReadonlyMap<string, string>,
): AnyNode | undefined {
  const trigger = flow.nodes.find(
    (node) => node.type === 'trigger' && node.data.signals.some((each) => each.signal === 'explicitRequest'),
  )
  const led = trigger === undefined ? undefined : byId.get(edges.get(`${trigger.id}\nfired`) ?? '')
  const target = led?.type === 'ladder' ? byId.get(edges.get(`${led.id}\nhuman`) ?? '') : led
  return target !== undefined &&
    (kindOf(target).phase === 'queued' || target.type === 'hours' || target.type === 'branch' || target.type === 'say')
    ? target
    : undefined
}
