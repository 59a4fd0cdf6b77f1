/**
 * Which guards were asked on the way of one event, in the order in which the machine asked them. The machine itself
 * tells: a second one of the same chart, whose guards and conditions are overheard, is given the same snapshot and event.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { Named, StateConfig, Transition, WayOut } from '../compile/config.ts'
import { machineOf, moments, type MachineInput } from '../compile/machine.ts'
import { runnerOf, type OnAction, type Runner } from '../compile/runner.ts'
import { coreAsks } from '../kinds/core.ts'
import { kindOf } from '../kinds/index.ts'
import type { FlowTools, MachineEvent } from '../kinds/moment.ts'
import type { MachineSnapshot } from '../step/snapshot.ts'
import { look, type Looked } from './looked.ts'

export interface GuardAsked {
  readonly node: string
  /** A question that `held` answers: “Is it open now?” */
  readonly asks: string
  readonly held: boolean
  /** The node to which it leads; null where the conversation stays. */
  readonly to: string | null
  /** The outlets that are passed on that way. */
  readonly ways: readonly WayOut[]
  /** The conditions that it looked at. */
  readonly conditions: readonly Looked[]
}

/** From a snapshot on, by the events that the machine was sent; or from the very start. */
export type Asking =
  | { readonly from: MachineSnapshot; readonly sent: readonly MachineEvent[] }
  | { readonly from: null; readonly input: MachineInput }

export function guardsAsked(compiled: Compiled, asking: Asking): readonly GuardAsked[] {
  const overheard = overhearing(compiled)
  const { runner } = overheard
  overheard.asked = []
  try {
    if (asking.from === null) runner.start(asking.input, toNobody)
    else asking.sent.reduce((live, event) => runner.send(live, event, toNobody), runner.restore(asking.from))
    return withoutRepeats(overheard.asked)
  } finally {
    overheard.asked = []
  }
}

interface Overheard {
  readonly runner: Runner
  asked: readonly GuardAsked[]
}

const toNobody: OnAction = { action: () => undefined }
const overheards = new WeakMap<Compiled, Overheard>()

function overhearing(compiled: Compiled): Overheard {
  const known = overheards.get(compiled)
  if (known) return known
  const leading = leads(compiled)
  let looks: Looked[] = []
  const tools: FlowTools = {
    ...compiled.tools,
    value: (moment, path, answer) => {
      const looked = look(compiled, moment, path, answer)
      if (looked !== undefined) looks.push(looked)
      return compiled.tools.value(moment, path, answer)
    },
  }
  const around = (named: Named, run: () => boolean): boolean => {
    looks = []
    const held = run()
    // `is` only says which of several ways back is meant.
    if (named.type !== 'is')
      overheard.asked = [...overheard.asked, askedOf(compiled, named, held, looks, leading(named))]
    return held
  }
  const overheard: Overheard = {
    runner: runnerOf(machineOf(compiled.flow, compiled.chart, compiled.nodes, moments(compiled.nodes, tools), around)),
    asked: [],
  }
  overheards.set(compiled, overheard)
  return overheard
}

function askedOf(
  compiled: Compiled,
  named: Named,
  held: boolean,
  conditions: readonly Looked[],
  transition: Transition | undefined,
): GuardAsked {
  const node = String(named.params?.['node'] ?? '')
  return {
    node,
    held,
    conditions,
    asks: questionOf(compiled, node, named.type),
    to: transition?.target === undefined ? null : (transition.target.split('.')[2] ?? null),
    ways: transition?.meta?.ways ?? [],
  }
}

/** A kind's own guards stand under the kind's name. */
function questionOf(compiled: Compiled, id: string, guard: string): string {
  const node = compiled.nodes.get(id)
  const kind = node && kindOf(node)
  const own =
    kind !== undefined && guard.startsWith(`${kind.name}.`) ? kind.asks[guard.slice(kind.name.length + 1)] : undefined
  const asks: Readonly<Record<string, string>> = coreAsks
  return own ?? asks[guard] ?? guard
}

/** The transition that a guard stands before: a guard's params are the chart's very own. */
function leads({ chart }: Compiled): (named: Named) => Transition | undefined {
  const transitions = new Map<unknown, Transition>()
  const walk = (state: StateConfig): void => {
    for (const transition of [state.on, state.after]
      .flatMap((each) => Object.values(each ?? {}).flat())
      .concat(state.always ?? [])) {
      if (transition.guard?.params !== undefined) transitions.set(transition.guard.params, transition)
    }
    Object.values(state.states ?? {}).forEach(walk)
  }
  walk(chart.config)
  return ({ params }) => transitions.get(params)
}

/** The machine asks again after each of its own steps: what is asked alike and answered alike is told once. */
function withoutRepeats(asked: readonly GuardAsked[]): readonly GuardAsked[] {
  const seen = new Set<string>()
  return asked.filter((each) => {
    const key = JSON.stringify(each)
    return seen.has(key) ? false : seen.add(key)
  })
}
