/** The compiled chart as a graph of nodes: what is proved of it is proved of the machine that runs. */
import { isHelper, type StateConfig, type Transition } from '../compile/config.ts'
import type { Compiled } from '../compile/compiled.ts'

export interface Step {
  readonly from: string
  readonly to: string
  /** The event that takes it; empty for a transition that waits for nothing. */
  readonly event: string
}
export interface Graph {
  readonly start: string
  readonly steps: readonly Step[]
  stepsFrom(node: string): readonly Step[]
  /** Every node that some conversation may come to. */
  readonly reachable: ReadonlySet<string>
}

export function graphOf({ chart, flow }: Compiled): Graph {
  const bots = new Set(Object.keys(chart.config.states?.['bot']?.states ?? {}))
  const resting = [...bots].filter((id) => !isHelper(id) && !isTransient(chart.config.states?.['bot']?.states?.[id]))
  const targets = (target: string | undefined): readonly string[] => {
    const node = target?.split('.')[2]
    return node === undefined ? [] : isHelper(node) ? resting : [node]
  }
  const steps: Step[] = []
  for (const [phase, state] of Object.entries(chart.config.states ?? {})) {
    const rooted = Object.entries(state.on ?? {}).flatMap(([event, transitions]) => transitions.flatMap((each) => targets(each.target).map((to) => ({ event, to }))))
    for (const [id, node] of Object.entries(state.states ?? {})) {
      if (isHelper(id)) continue
      for (const { event, transition } of everyTransition(node)) for (const to of targets(transition.target)) steps.push({ from: id, to, event })
      // What stands on the phase's root applies wherever its nodes rest.
      if ((phase === 'bot' || phase === 'handback') && !isTransient(node)) for (const { event, to } of rooted) steps.push({ from: id, to, event })
    }
  }
  const from = new Map<string, Step[]>()
  for (const step of steps) {
    const known = from.get(step.from)
    if (known) known.push(step)
    else from.set(step.from, [step])
  }
  const stepsFrom = (node: string): readonly Step[] => from.get(node) ?? []
  const start = flow.nodes.find((node) => node.type === 'start')?.id ?? ''
  return { start, steps, stepsFrom, reachable: reachableFrom(start, stepsFrom) }
}

/** A state that is left at once, whatever happens. */
export function isTransient(state: StateConfig | undefined): boolean {
  return (state?.always ?? []).some((transition) => transition.guard === undefined)
}

export function reachableFrom(start: string, stepsFrom: Graph['stepsFrom']): ReadonlySet<string> {
  const seen = new Set<string>([start])
  const open = [start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { to } of stepsFrom(node)) if (!seen.has(to)) {
      seen.add(to)
      open.push(to)
    }
  }
  return seen
}

function everyTransition(state: StateConfig): readonly { readonly event: string; readonly transition: Transition }[] {
  const named = (event: string, transitions: readonly Transition[]) => transitions.map((transition) => ({ event, transition }))
  return [
    ...named('', state.always ?? []),
    ...Object.entries(state.on ?? {}).flatMap(([event, transitions]) => named(event, transitions)),
    ...Object.entries(state.after ?? {}).flatMap(([timer, transitions]) => named(timer, transitions)),
    ...Object.values(state.states ?? {}).flatMap(everyTransition),
  ]
}
