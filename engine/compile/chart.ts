/**
 * A flow as XState's config: plain JSON, every guard, action and delay named. This and `machine.ts` are the only files
 * that know XState's config.
 *
 * The statechart in words: six phases are its top-level states, every node is a child of its kind's phase. `bot` keeps
 * deep history in `_left`; a way back goes through `_resume`, which leads to the step whose turn it was: history alone would
 * remember the branch or the hours node that was passed on the way out. Who an agent has lost goes through `_requeue` of `queued`, which
 * leads to the queue that fed the agent. A trigger is a transition `trigger.<node>` on the root of `bot`, so that it is named, drawn and
 * proved like any other. An outlet is a transition of its node's state.
 */
import type { Fragment, Doing, Rule, Target } from '../kinds/fragment.ts'
import { kindOf, type AnyNode } from '../kinds/index.ts'
import { phases, type Phase } from '../conversation/owner.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import { LEFT, REQUEUE, RESUME, type Named, type StateConfig, type Transition } from './config.ts'
import { routes, type Routes } from './routes.ts'

/** The timers of a chart: `<node>.<name>`, with the event its coming sends. */
export interface ChartTimer {
  readonly id: string
  readonly node: string
  /** Milliseconds, or the name of the instant until which it runs. */
  readonly delay: number | { readonly until: string }
  readonly event: string
  readonly botOwes: boolean
  /** For timers set by an action: the guard that must hold. */
  readonly onlyIf?: Named
  /** True for XState's own `after`, false where an action sets it again and again. */
  readonly isAfter: boolean
}
export interface Chart {
  readonly id: string
  readonly config: StateConfig & { readonly id: string; readonly initial: string }
  readonly timers: readonly ChartTimer[]
}

/** The statechart of a flow. Total: an outlet that leads nowhere takes its kind's documented default. */
export function chart(flow: Flow): Chart {
  const ways = routes(flow)
  const timers: ChartTimer[] = []
  const triggers = flow.nodes.filter((node) => node.type === 'trigger')
  const firing = Object.fromEntries(triggers.map((node) => [`trigger.${node.id}`, [{ target: ways.path(node.id) }]]))
  const states = Object.fromEntries(
    phases.map((phase): [Phase, StateConfig] => {
      const nodes = flow.nodes.filter((node) => kindOf(node).phase === phase)
      const children = Object.fromEntries(nodes.map((node) => [node.id, nodeState(node, ways, timers)]))
      switch (phase) {
        case 'bot':
          return [
            phase,
            {
              initial: ways.start,
              on: { ...firing, ...botRoot(ways) },
              states: {
                ...children,
                [RESUME]: { always: ways.resumes },
                [LEFT]: { type: 'history', history: 'deep', target: `#${flow.id}.bot.${ways.start}` },
              },
            },
          ]
        case 'queued':
          return [
            phase,
            {
              ...initialOf(nodes),
              states: { ...children, ...(ways.requeues.length > 0 ? { [REQUEUE]: { always: ways.requeues } } : {}) },
            },
          ]
        case 'handback':
          return [phase, { ...initialOf(nodes), on: firing, states: children }]
        default:
          return [phase, { ...initialOf(nodes), states: children }]
      }
    }),
  )
  const on = {
    'customer.message': [{}],
    'customer.left': [{ actions: [core('away')] }],
    'customer.returned': [{ actions: [core('back')] }],
    'customer.identified': [{ actions: [core('identify')] }],
    ...promiseRoot(ways),
  }
  return { id: flow.id, timers, config: { id: flow.id, initial: 'bot', description: flow.name, on, states } }
}

/** What the bot's phase takes wherever no node does: a message is kept, and the bot may ask for a person at any time. */
function botRoot(ways: Routes): NonNullable<StateConfig['on']> {
  return {
    'customer.message': [{ actions: [{ type: 'change', params: { do: ['resumed', 'owe'] } }] }],
    'bot.escalate': ways.follow(undefined, 'rescue').map((way) => ({ ...way.transition, actions: [core('botAsked')] })),
    'bot.failed': ways.follow(undefined, 'rescue').map((way) => ({ ...way.transition, actions: [core('botFailed')] })),
  }
}

/** What was put off is taken up from anywhere, also from the end: see `step/promise.ts`. */
function promiseRoot(ways: Routes): NonNullable<StateConfig['on']> {
  const told = { type: 'tellPromise', params: {} }
  const taken = ways.waits.map(({ transition, only }) => ({
    ...transition,
    ...(only ? { guard: { type: 'is', params: only } } : {}),
    actions: [core('takeUp'), told],
  }))
  return { 'promise.told': [{ actions: [core('call'), told] }], 'promise.due': taken, 'promise.back': taken }
}

function core(change: string): Named {
  return { type: 'change', params: { do: [change] } }
}

function initialOf(nodes: readonly AnyNode[]): { initial?: string } {
  const [first] = nodes
  return first === undefined ? {} : { initial: first.id }
}

function nodeState(node: AnyNode, ways: Routes, timers: ChartTimer[]): StateConfig {
  const kind = kindOf(node)
  const fragment = kind.fragment(node.data, node.id)
  const state = stateOf(new Part(node, ways, timers), fragment, null)
  return { ...(kind.phase === 'closed' ? { type: 'final' } : {}), description: kind.sentence(node.data), ...state }
}

function stateOf(part: Part, fragment: Fragment, rung: number | null): StateConfig {
  const deadlines = fragment.deadlines ?? []
  // XState's own `after` cannot be left unset: a deadline until an instant is set by an action.
  const settable = new Set([
    ...everyDoing(fragment).flatMap((doing) => [...(doing.set ?? []), ...(doing.cancel ?? [])]),
    ...deadlines.filter((each) => typeof each.delay === 'object').map((each) => each.timer),
  ])
  const setAtEntry = deadlines.filter((each) => each.fromEntry && settable.has(each.timer)).map((each) => each.timer)
  const on: Record<string, readonly Transition[]> = {}
  const after: Record<string, readonly Transition[]> = {}
  for (const [type, rules] of Object.entries(fragment.on ?? {})) on[type] = part.rules(rules, rung)
  for (const deadline of deadlines) {
    const timer = part.timer(deadline, !settable.has(deadline.timer), rung)
    if (timer.isAfter) after[timer.id] = part.rules(deadline.rules, rung)
    else on[timer.event] = part.rules(deadline.rules, rung)
  }
  const entry = part.actions({ ...fragment.enter, set: [...(fragment.enter?.set ?? []), ...setAtEntry] }, rung, true)
  const exit = part.actions(
    { ...fragment.leave, cancel: [...settable].filter((name) => deadlines.some((each) => each.timer === name)) },
    rung,
  )
  const always = part.always(fragment.always ?? [], rung)
  const rungs = fragment.rungs ?? []
  return {
    ...(entry.length > 0 ? { entry } : {}),
    ...(exit.length > 0 ? { exit } : {}),
    ...(always.length > 0 ? { always } : {}),
    ...(Object.keys(on).length > 0 ? { on } : {}),
    ...(Object.keys(after).length > 0 ? { after } : {}),
    ...(rungs[0] === undefined
      ? {}
      : {
          initial: rungs[0].id,
          states: Object.fromEntries(rungs.map((each, index) => [each.id, stateOf(part, each.fragment, index)])),
        }),
  }
}

/** Every place of a fragment that does something, rungs left out: they are states of their own. */
function everyDoing(fragment: Fragment): readonly Doing[] {
  return [
    ...(fragment.enter ? [fragment.enter] : []),
    ...(fragment.leave ? [fragment.leave] : []),
    ...(fragment.always ?? []),
    ...Object.values(fragment.on ?? {}).flat(),
    ...(fragment.deadlines ?? []).flatMap((deadline) => deadline.rules),
  ]
}

/** One node's part of the chart: turns rules into transitions and names into XState's. */
class Part {
  readonly #node: AnyNode
  readonly #ways: Routes
  readonly #timers: ChartTimer[]

  constructor(node: AnyNode, ways: Routes, timers: ChartTimer[]) {
    this.#node = node
    this.#ways = ways
    this.#timers = timers
  }

  rules(rules: readonly Rule[], rung: number | null): readonly Transition[] {
    return rules.flatMap((rule) => this.#rule(rule, rung))
  }

  /** A rule that always applies and leads nowhere would never end: it is left out. */
  always(rules: readonly Rule[], rung: number | null): readonly Transition[] {
    return this.rules(rules, rung).filter((transition) => transition.target !== undefined)
  }

  timer(deadline: NonNullable<Fragment['deadlines']>[number], isAfter: boolean, rung: number | null): ChartTimer {
    const id = `${this.#node.id}.${deadline.timer}`
    const path = this.#ways.path(this.#node.id).slice(1) + (rung === null ? '' : `.${this.#rungName(rung)}`)
    const timer: ChartTimer = {
      id,
      node: this.#node.id,
      delay:
        typeof deadline.delay === 'number' ? deadline.delay : { until: `${this.#node.type}.${deadline.delay.until}` },
      isAfter,
      event: isAfter ? `xstate.after.${id}.${path}` : `timer.${id}`,
      botOwes: deadline.botOwes ?? false,
      ...(deadline.onlyIf === undefined ? {} : { onlyIf: this.#named(deadline.onlyIf, {}) }),
    }
    this.#timers.push(timer)
    return timer
  }

  /** Changes are fused into one action; acts follow, then timers. */
  actions(doing: Doing, rung: number | null, isFresh = false): readonly Named[] {
    const at = { node: this.#node.id, ...(rung === null ? {} : { rung }) }
    const changes: readonly Named[] = doing.changes?.length
      ? [{ type: 'change', params: { ...at, do: doing.changes } }]
      : []
    const acts = (doing.acts ?? []).map((act) => ({ type: this.#owned('acts', act), params: at }))
    const cancels = [...(doing.cancel ?? []), ...(isFresh ? [] : (doing.set ?? []))].map((name) => ({
      type: `cancel ${this.#node.id}.${name}`,
    }))
    const sets = (doing.set ?? []).map((name) => ({ type: `${isFresh ? 'enter' : 'set'} ${this.#node.id}.${name}` }))
    return [...changes, ...acts, ...cancels, ...sets, ...(doing.again ? [{ type: 'again' }] : [])]
  }

  #rule(rule: Rule, rung: number | null): readonly Transition[] {
    return this.#target(rule.to ?? 'stay', rung).map(({ transition, only }) => {
      // A state that is left sets no timers: its exit has cancelled them.
      const actions = this.actions(transition.target === undefined ? rule : { ...rule, set: [] }, rung)
      const guard =
        rule.when === undefined ? (only ? { type: 'is', params: only } : undefined) : this.#named(rule.when, only ?? {})
      return { ...transition, ...(guard ? { guard } : {}), ...(actions.length > 0 ? { actions } : {}) }
    })
  }

  #target(target: Target, rung: number | null): ReturnType<Routes['follow']> {
    if (typeof target === 'object' && 'rung' in target) {
      return [
        {
          transition: {
            target: `${this.#ways.path(this.#node.id)}.${this.#rungName(target.rung)}`,
            ...(target.rung === rung ? { reenter: true } : {}),
          },
        },
      ]
    }
    return this.#ways.follow(this.#node, target)
  }

  #rungName(rung: number): string {
    return kindOf(this.#node).fragment(this.#node.data, this.#node.id).rungs?.[rung]?.id ?? ''
  }

  #named(use: NonNullable<Rule['when']>, only: Readonly<Record<string, Json>>): Named {
    const { guard, params } = typeof use === 'string' ? { guard: use, params: {} } : { params: {}, ...use }
    return { type: this.#owned('guards', guard), params: { node: this.#node.id, ...params, ...only } }
  }

  /** A kind's own names stand under the kind's, the core's alone. */
  #owned(table: 'guards' | 'acts', name: string): string {
    const kind = kindOf(this.#node)
    return Object.hasOwn(kind[table], name) ? `${kind.name}.${name}` : name
  }
}
