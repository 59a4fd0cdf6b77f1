/** The chart as one ordinary XState machine: the names of `chart.ts` given their meaning. */
import { assign, cancel, createMachine, enqueueActions, raise, type AnyStateMachine } from 'xstate'
import type { MachineContext } from '../step/snapshot.ts'
import { emptyMemory } from '../step/memory.ts'
import type { Opening } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import type { AnyNode } from '../kinds/index.ts'
import { kindOf } from '../kinds/index.ts'
import type { Change, Draft, FlowTools, MachineEvent, Moment, World } from '../kinds/moment.ts'
import { wordsOf, type Words } from '../words/words.ts'
import { acts, changeNamed, guards, instants } from './names.ts'
import type { Chart, ChartTimer } from './chart.ts'
import type { Named } from './config.ts'

/** What the machine is started with. `world` is the engine's; a plain `createActor(machine)` needs none of it. */
export interface MachineInput {
  readonly opening?: Opening
  readonly startedAt?: number
  readonly world?: World
}
export type Params = Readonly<Record<string, Json>> | undefined

/** A world that knows nothing: what a machine has that runs without Baton's step. */
export const nowhere: World = {
  now: 0,
  memory: emptyMemory,
  queue: () => undefined,
  hours: () => undefined,
  slots: () => undefined,
  booked: () => undefined,
  agent: () => undefined,
  last: () => undefined,
  due: () => undefined,
  signals: {},
  nlu: undefined,
}

/** Makes the moment that a guard, change or act sees. */
export type Moments = (params: Params, context: MachineContext, event: MachineEvent) => Moment

export function moments(nodes: ReadonlyMap<string, AnyNode>, tools: FlowTools): Moments {
  return (params, context, event) => {
    const id = params?.['node']
    const rung = params?.['rung']
    const node = typeof id === 'string' ? id : ''
    return new HereAndNow(context, event, node, nodes.get(node)?.data, typeof rung === 'number' ? rung : null, tools)
  }
}

/** A moment; the words are looked up only when something is said. */
class HereAndNow implements Moment {
  readonly context: MachineContext
  readonly event: MachineEvent
  readonly node: string
  readonly data: unknown
  readonly rung: number | null
  readonly tools: FlowTools
  readonly world: World

  constructor(
    context: MachineContext,
    event: MachineEvent,
    node: string,
    data: unknown,
    rung: number | null,
    tools: FlowTools,
  ) {
    this.context = context
    this.event = event
    this.node = node
    this.data = data
    this.rung = rung
    this.tools = tools
    this.world = worldOf(event)
  }

  get words(): Words {
    return wordsOf(this.context.about.language || this.tools.language)
  }

  with(context: MachineContext): Moment {
    return new HereAndNow(context, this.event, this.node, this.data, this.rung, this.tools)
  }
}

/** XState's initial event carries the world in its input. */
function worldOf(event: MachineEvent & { readonly input?: MachineInput | undefined }): World {
  return event.world ?? event.input?.world ?? nowhere
}

/** Runs a guard, for whoever wants to know which were asked; `named` is the chart's own. */
export type AroundGuard = (named: Named, run: () => boolean) => boolean

export function machineOf(
  flow: Flow,
  chart: Chart,
  nodes: ReadonlyMap<string, AnyNode>,
  momentOf: Moments,
  around?: AroundGuard,
): AnyStateMachine {
  // XState types guards and actions by the names of one literal config; ours comes from data and its names are checked by `implementations`.
  return createMachine(
    {
      ...chart.config,
      options: { maxIterations: 100 },
      context: ({ input }: { input?: MachineInput }) => openingContext(flow, input),
    } as unknown as Parameters<typeof createMachine>[0],
    implementations(chart, nodes, momentOf, around) as unknown as Parameters<typeof createMachine>[1],
  ).provide({}) as unknown as AnyStateMachine
}

interface Args {
  readonly context: MachineContext
  readonly event: MachineEvent
}

function implementations(
  chart: Chart,
  nodes: ReadonlyMap<string, AnyNode>,
  momentOf: Moments,
  around: AroundGuard | undefined,
): object {
  const timers = chart.timers.filter((timer) => !timer.isAfter)
  return {
    guards: Object.fromEntries(
      [...guards].map(([name, guard]) => {
        const holds = ({ context, event }: Args, params: Params): boolean =>
          holdsHere(context, params) && guard(momentOf(params, context, event), params ?? {})
        if (around === undefined) return [name, holds]
        return [
          name,
          (args: Args, params: Params) =>
            around({ type: name, ...(params ? { params } : {}) }, () => holds(args, params)),
        ]
      }),
    ),
    delays: Object.fromEntries(chart.timers.filter((timer) => timer.isAfter).map((timer) => [timer.id, timer.delay])),
    actions: {
      change: assign(changing(nodes, momentOf)),
      again: raise(({ event }: { event: MachineEvent }) => ({
        ...event,
        type: event.type.startsWith('bot.') ? event.type : 'customer.message',
      })),
      ...Object.fromEntries([...acts.keys()].map((name) => [name, () => undefined])),
      ...Object.fromEntries(timers.map((timer) => [`cancel ${timer.id}`, cancel(timer.id)])),
      ...Object.fromEntries(
        timers.flatMap((timer) => {
          const set = setting(timer, momentOf)
          return [
            [`set ${timer.id}`, set],
            [`enter ${timer.id}`, timer.onlyIf === undefined ? set : settingIf(timer.onlyIf, timer, momentOf)],
          ]
        }),
      ),
    },
  }
}

function setting({ id, node, event: type, delay }: ChartTimer, momentOf: Moments) {
  if (typeof delay === 'number') return raise({ type }, { id, delay })
  const instant = instants.get(delay.until)
  return enqueueActions(({ context, event, enqueue }) => {
    // The machine's own context and events: `createMachine` was given no others.
    const moment = momentOf({ node }, context as unknown as MachineContext, event as MachineEvent)
    const due = instant?.(moment) ?? null
    if (due !== null) enqueue.raise({ type }, { id, delay: Math.max(0, due - moment.world.now) })
  })
}

function settingIf(named: Named, timer: ChartTimer, momentOf: Moments) {
  const guard = guards.get(named.type)
  const set = setting(timer, momentOf)
  return enqueueActions(({ context, event, enqueue }) => {
    if (
      guard?.(momentOf(named.params, context as unknown as MachineContext, event as MachineEvent), named.params ?? {})
    )
      enqueue(set)
  })
}

/**
 * `at` and `fedBy`: where a way back depends on where the conversation came from. Who waits in no queue comes back to the
 * one in which something was promised.
 */
function holdsHere(context: MachineContext, params: Params): boolean {
  return (
    (params?.['at'] === undefined || (context.at ?? '') === params['at']) &&
    (params?.['fedBy'] === undefined || (context.waiting?.node ?? context.promisedIn) === params['fedBy'])
  )
}

/** One assign for all changes of a transition: chains of small assigns are what costs (docs/decisions). */
function changing(nodes: ReadonlyMap<string, AnyNode>, momentOf: Moments) {
  const fused = new WeakMap<object, readonly Change<unknown>[]>()
  const changesOf = (params: NonNullable<Params>): readonly Change<unknown>[] => {
    const known = fused.get(params)
    if (known) return known
    const node = nodes.get(String(params['node'] ?? ''))
    const names = Array.isArray(params['do']) ? params['do'].map(String) : []
    const changes = names.map((name) => changeNamed(node && kindOf(node), name))
    fused.set(params, changes)
    return changes
  }
  return ({ context, event }: Args, params: Params): MachineContext => {
    const draft: Draft = { ...context }
    const moment = momentOf(params, draft, event)
    for (const change of changesOf(params ?? {})) change(draft, moment)
    return draft
  }
}

function openingContext(flow: Flow, input: MachineInput | undefined): MachineContext {
  const { opening, startedAt = 0 } = input ?? {}
  return {
    vars: opening?.variables ?? {},
    customer: opening?.customer ?? {},
    about: {
      id: opening?.id ?? '',
      channel: opening?.channel ?? 'web',
      language: opening?.language ?? flow.language,
      page: opening?.page ?? null,
      startedAt,
    },
    at: null,
    talk: null,
    owes: false,
    tries: 0,
    resuming: false,
    reason: null,
    waiting: null,
    agent: null,
    hours: null,
    errand: null,
    score: null,
    comment: null,
    note: null,
    resolution: null,
    wrapUp: null,
  }
}
