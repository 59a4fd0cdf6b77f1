/** The transitions of a compiled chart as arcs between nodes and the junctions where many ways meet. */
import type { Compiled } from '../compile/compiled.ts'
import { isHelper, LEFT, REQUEUE, RESUME, type StateConfig, type Transition } from '../compile/config.ts'
import type { Step } from './graph.ts'

/** Junctions, none of which is a node: ids begin with a letter. The chart's own `_resume`, `_left` and `_requeue` are three more. */
const FIRING = '_firing'
const PROMISED = '_promised'

export function isJunction(place: string): boolean {
  return place.startsWith('_')
}

/** A state that is left at once, whatever happens. */
export function isTransient(state: StateConfig | undefined): boolean {
  return (state?.always ?? []).some((transition) => transition.guard === undefined)
}

/**
 * Whether an arc is taken at once: without an event, or by one that is sent again to whatever is entered. A way back to the step left is not: the second time the bot's talk has
 * come before it, and that rests.
 */
export function isAtOnce({ event, from, to, again, returns }: Step): boolean {
  const isEvented = from === FIRING || to === FIRING || from === PROMISED || to === PROMISED
  return (event === '' || again) && !isEvented && !(from === RESUME && returns)
}

/** A transition that some conversation may take, and its event; empty where it waits for nothing. */
export interface Taken {
  readonly event: string
  readonly transition: Transition
  /** False inside a ladder behind the rung where it is entered. */
  readonly isEntered: boolean
}

/** What a state takes of its own, inner states included, in the chart's order. */
export function takenBy(state: StateConfig): readonly Taken[] {
  const always = untilOpen(state.always ?? []).map((transition) => ({ event: '', transition, isEntered: true }))
  if (isTransient(state)) return always
  const named = [...Object.entries(state.on ?? {}), ...Object.entries(state.after ?? {})]
  const own = named.flatMap(([event, transitions]) =>
    untilOpen(transitions).map((transition) => ({ event, transition, isEntered: true })),
  )
  return [
    ...always,
    ...own,
    ...climbed(state).flatMap(([id, rung]) =>
      takenBy(rung).map((taken) => ({ ...taken, isEntered: id === state.initial })),
    ),
  ]
}

/** The inner states that are come to: the first, and those to which one of them leads. */
export function climbed(state: StateConfig): readonly (readonly [string, StateConfig])[] {
  const { initial, states = {} } = state
  const seen = new Set<string>(initial === undefined ? [] : [initial])
  for (const rung of seen) {
    for (const { transition } of takenBy(states[rung] ?? {})) {
      const to = placeIn(transition.target).rung
      if (to !== undefined && states[to] !== undefined) seen.add(to)
    }
  }
  return Object.entries(states).filter(([id]) => seen.has(id))
}

export function arcsOf({ chart, flow }: Compiled): readonly Step[] {
  const arcs: Step[] = []
  const phases = chart.config.states ?? {}
  const promises = new Set(
    flow.nodes.filter((node) => node.type === 'ticket' || node.type === 'callback').map((node) => node.id),
  )
  for (const [phase, { on = {}, states = {} }] of Object.entries(phases)) {
    const rooted = Object.entries(on).flatMap(([event, transitions]) =>
      transitions.map((transition) => ({ event, transition, isEntered: true })),
    )
    const firing = rooted.filter(({ event }) => event.startsWith('trigger.'))
    const others = rooted.filter(
      ({ event, transition }) => !event.startsWith('trigger.') && transition.target !== undefined,
    )
    for (const [id, state] of Object.entries(states)) {
      if (isHelper(id)) continue
      const own = takenBy(state)
      arcs.push(...own.flatMap((taken) => arcTo(id, taken)))
      // Who leads on into itself alone comes to rest there, and hears what the phase hears.
      const leadsOn = own.some(
        ({ transition }) => transition.guard === undefined && placeIn(transition.target).node !== id,
      )
      if (isTransient(state) && leadsOn) continue
      // What stands on the phase's root applies wherever its nodes rest and do not take it themselves.
      const heard = new Set(own.filter(({ transition }) => transition.guard === undefined).map(({ event }) => event))
      arcs.push(...others.filter(({ event }) => !heard.has(event)).flatMap((taken) => arcTo(id, taken)))
      if (firing.length > 0) arcs.push(through(id, FIRING))
      if (promises.has(id)) arcs.push(through(id, PROMISED))
    }
    if (phase === 'bot') arcs.push(...firing.flatMap((taken) => arcTo(FIRING, taken)))
    if (states[REQUEUE] !== undefined) arcs.push(...takenBy(states[REQUEUE]).flatMap((taken) => arcTo(REQUEUE, taken)))
  }
  const { 'promise.due': due = [], 'promise.back': back = [] } = chart.config.on ?? {}
  for (const [event, transitions] of [
    ['promise.due', due],
    ['promise.back', back],
  ] as const) {
    arcs.push(...transitions.flatMap((transition) => arcTo(PROMISED, { event, transition, isEntered: true })))
  }
  return [...arcs, ...resumed(phases['bot'], arcs)]
}

/** From the junction of all ways back, by the step left; by history where the flow names nothing to go on with. */
function resumed(bot: StateConfig | undefined, arcs: readonly Step[]): readonly Step[] {
  const { states = {} } = bot ?? {}
  const always = states[RESUME]?.always ?? []
  const isNamed = always.some(({ guard }) => guard?.params?.['at'] === '')
  const back = always
    .filter(({ target }) => placeIn(target).node !== LEFT)
    .flatMap((transition) => arcTo(RESUME, { event: '', transition, isEntered: true }))
  if (isNamed) return back
  const left = new Set(
    [...arcs, ...back]
      .filter(({ from, to }) => states[from] !== undefined && states[to] === undefined)
      .map(({ from }) => from),
  )
  return [...back, through(RESUME, LEFT), ...[...left].map((to) => ({ ...through(LEFT, to), returns: true }))]
}

function arcTo(from: string, { event, transition, isEntered }: Taken): readonly Step[] {
  const { node, rung } = placeIn(transition.target)
  // A ladder climbs inside itself.
  if (node === undefined || (rung !== undefined && node === from)) return []
  const ways = transition.meta?.ways ?? []
  const last = ways.at(-1)
  const { at, fedBy } = transition.guard?.params ?? {}
  return [
    {
      from,
      to: node,
      event,
      ...(last?.node === from ? { outlet: last.outlet } : {}),
      ways,
      guarded: transition.guard !== undefined,
      again: isEntered && (transition.actions ?? []).some(({ type }) => type === 'again'),
      returns: (at !== undefined && at !== '') || fedBy !== undefined,
    },
  ]
}

function through(from: string, to: string): Step {
  return { from, to, event: '', ways: [], guarded: false, again: false, returns: false }
}

/** Up to the first that is always open: behind it none is taken. */
function untilOpen(transitions: readonly Transition[]): readonly Transition[] {
  const open = transitions.findIndex((transition) => transition.guard === undefined)
  return open < 0 ? transitions : transitions.slice(0, open + 1)
}

/** The node, and the rung, of a target `#flow.phase.node.rung`. */
export function placeIn(target: string | undefined): { readonly node?: string; readonly rung?: string } {
  const [, , node, rung] = target?.split('.') ?? []
  return { ...(node === undefined ? {} : { node }), ...(rung === undefined ? {} : { rung }) }
}
