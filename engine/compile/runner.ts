/**
 * Runs a compiled machine as a function. XState's own `transition()` builds a throw-away actor for every event, which is
 * three quarters of its cost; here one inert scope serves a machine for ever. The scope fills XState's internal
 * `ActorScope`, so xstate is pinned exactly and a test holds this equal to `transition()` on random events.
 */
import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type { Transition, WayOut } from './config.ts'
import type { Json } from '../flow/values.ts'
import type { MachineEvent } from '../kinds/moment.ts'
import type { MachineContext, MachineSnapshot } from '../step/snapshot.ts'
import type { MachineInput, Params } from './machine.ts'

/** Who is told what the machine does. */
export interface OnAction {
  /** Action by action, with the context and event of that moment. */
  action(type: string, params: Params, context: MachineContext, event: MachineEvent): void
  /** The outlets that a transition passed, after its actions. */
  passed?(ways: readonly WayOut[]): void
}

export interface Runner {
  start(input: MachineInput, onAction: OnAction): AnyMachineSnapshot
  /** The same snapshot when the event does not apply. */
  send(snapshot: AnyMachineSnapshot, event: MachineEvent, onAction: OnAction): AnyMachineSnapshot
  restore(snapshot: MachineSnapshot): AnyMachineSnapshot
}

interface Action {
  readonly type: string
  readonly params: unknown
  readonly info: { readonly context: unknown; readonly event: unknown }
}

const runners = new WeakMap<AnyStateMachine, Runner>()

export function runnerOf(machine: AnyStateMachine): Runner {
  const known = runners.get(machine)
  if (known) return known
  const runner = createRunner(machine)
  runners.set(machine, runner)
  return runner
}

function createRunner(given: AnyStateMachine): Runner {
  const machine = withoutSearch(given)
  let listener: OnAction | undefined
  // Only this machine's actions come here: their params are JSON, their context and events are ours.
  const scope = inertScope(
    machine,
    ({ type, params, info }) =>
      listener?.action(type, params as Params, info.context as MachineContext, info.event as MachineEvent),
    (ways) => listener?.passed?.(ways),
  )
  const listening = <Result>(to: OnAction, run: () => Result): Result => {
    listener = to
    try {
      return run()
    } finally {
      listener = undefined
    }
  }
  return {
    start: (input, onAction) => {
      const snapshot: AnyMachineSnapshot = listening(onAction, () => machine.getInitialSnapshot(scope, input))
      if (snapshot.status === 'error') throw snapshot.error
      return snapshot
    },
    send: (snapshot, event, onAction) => listening(onAction, () => machine.transition(snapshot, event, scope)),
    restore: ({ value, history, context }) =>
      machine.restoreSnapshot(
        {
          status: 'active',
          value,
          context,
          children: {},
          output: undefined,
          error: undefined,
          historyValue: Object.fromEntries(
            Object.entries(history).map(([id, left]) => [id, left.map((each) => ({ id: each }))]),
          ),
        } as unknown as Parameters<typeof machine.restoreSnapshot>[0],
        scope,
      ),
  }
}

/**
 * The same machine made anew, in which leaving a phase costs the same however many nodes it has. XState looks through all
 * children of a state for history states whenever it leaves it; here a phase lists only those, and has the others by name.
 */
function withoutSearch(given: AnyStateMachine): AnyStateMachine {
  const machine: AnyStateMachine = given.provide({})
  for (const phase of Object.values(machine.root.states)) {
    const histories = Object.entries(phase.states).filter(([, child]) => child.type === 'history')
    phase.states = Object.assign(Object.create(phase.states), Object.fromEntries(histories))
  }
  return machine
}

/** What XState tells an inspector of a microstep, reduced to its transitions: they are the chart's, with what else those hold. */
interface Inspected {
  readonly type: string
  readonly _transitions?: readonly Pick<Transition, 'meta'>[]
}

/** An actor scope in which nothing is started or sent; of what there is to inspect, only the outlets passed are told. */
function inertScope(
  machine: AnyStateMachine,
  actionExecutor: (action: Action) => void,
  passed: (ways: readonly WayOut[]) => void,
): Parameters<typeof machine.transition>[2] {
  const self = createActor(machine)
  const nothing = (): undefined => undefined
  const inspect = ({ type, _transitions = [] }: Inspected): void => {
    if (type !== '@xstate.microstep') return
    for (const { meta } of _transitions) if (meta !== undefined) passed(meta.ways)
  }
  const system = Object.assign(Object.create(self.system), { _sendInspectionEvent: inspect })
  // XState's ActorScope is not exported; these are all its members.
  return {
    self,
    system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor,
  } as unknown as Parameters<typeof machine.transition>[2]
}

/** Our part of XState's snapshot, as plain JSON. */
export function persisted(snapshot: AnyMachineSnapshot): MachineSnapshot {
  let history = noHistory
  for (const id in snapshot.historyValue) {
    const left: unknown = snapshot.historyValue[id]
    if (Array.isArray(left)) history = { ...history, [id]: left.map((each: { id: string }) => each.id) }
  }
  // The machine's own: `openingContext` and the changes made its context, the chart its value.
  return { value: snapshot.value as Json, history, context: snapshot.context as MachineContext }
}
const noHistory: MachineSnapshot['history'] = {}

/** `phase.node` and, inside a ladder, its rung. */
export interface Place {
  readonly phase: string
  readonly node: string
  readonly path: string
}

export function placeOf(value: Json): Place {
  for (const [phase, inside] of entries(value)) {
    if (typeof inside === 'string') return { phase, node: inside, path: `${phase}.${inside}` }
    for (const [node, rung] of entries(inside)) return { phase, node, path: `${phase}.${node}.${String(rung)}` }
  }
  return { phase: '', node: '', path: '' }
}

function entries(value: Json): readonly (readonly [string, Json])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}
