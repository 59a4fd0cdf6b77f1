/**
 * An explicit walk of the compiled XState machine, state by state, over XState's own resolved states and targets: what the
 * proof says of a flow is held against it. Guards are free, save one thing: nobody comes back to where nobody has been.
 */
import type { AnyStateMachine } from 'xstate'
import type { Compiled } from '#engine/index.ts'

type StateNode = AnyStateMachine['root']
type Transition = StateNode['always'] extends readonly (infer Each)[] | undefined ? Each : never

export interface Walk {
  /** The nodes that some conversation comes to. */
  readonly reachable: ReadonlySet<string>
  /** Of those, the ones from which somebody can come to a queue, a ticket or a callback. */
  readonly helped: ReadonlySet<string>
  /** Whether some of them go round without an event. */
  readonly circles: boolean
}

export function walk({ machine, nodes }: Compiled): Walk {
  const walker = new Walker(machine, (id) => nodes.get(id)?.type ?? '')
  const visited = walker.visit()
  const steps = [...visited].flatMap((state) => walker.after(state, visited).map((to) => [state, to] as const))
  const help = [...visited].filter((state) => state.path[0] === 'queued' && nodes.has(nodeOf(state)))
  return {
    reachable: nodesOf(visited, nodes),
    helped: nodesOf(backwards(help, steps), nodes),
    circles: [...visited].some((state) => goesRound(state, (from) => walker.atOnce(from, visited))),
  }
}

class Walker {
  readonly #root: StateNode
  readonly #kindAt: (node: string) => string

  constructor(machine: AnyStateMachine, kindAt: (node: string) => string) {
    this.#root = machine.root
    this.#kindAt = kindAt
  }

  /** Every state that is come to. What one may return to grows while it is walked, so until nothing is added. */
  visit(): ReadonlySet<StateNode> {
    const visited = new Set<StateNode>([inner(this.#root)])
    for (let size = 0; size !== visited.size;) {
      size = visited.size
      for (const state of visited) for (const to of this.after(state, visited)) visited.add(to)
    }
    return visited
  }

  /** The states after one more transition: those that wait for nothing first, for they come first. */
  after(state: StateNode, visited: ReadonlySet<StateNode>): readonly StateNode[] {
    const always = taken(state.always ?? [])
    const onward = always.flatMap((transition) => this.#targets(transition, visited))
    if (always.some((each) => leadsOn(state, each))) return onward
    const events = new Set(chain(state).flatMap((each) => [...each.transitions.keys()]))
    return [
      ...onward,
      ...[...events]
        .filter((event) => this.#comes(event, state))
        .flatMap((event) =>
          taken(chain(state).flatMap((each) => each.transitions.get(event) ?? [])).flatMap((transition) =>
            this.#targets(transition, visited),
          ),
        ),
    ]
  }

  /** What is passed without an event, or by one that is sent again; a way back to the step left comes to rest, the second time at the bot's talk. */
  atOnce(state: StateNode, visited: ReadonlySet<StateNode>): readonly StateNode[] {
    const always = taken(state.always ?? [])
    const events = always.some((each) => leadsOn(state, each))
      ? []
      : [...new Set(chain(state).flatMap((each) => [...each.transitions.keys()]))]
    const again = events
      .flatMap((event) => taken(chain(state).flatMap((each) => each.transitions.get(event) ?? [])))
      .filter(saysAgain)
    return [...always, ...again]
      .filter((transition) => state.key !== '_resume' || !isReturn(transition))
      .flatMap((transition) => this.#targets(transition, visited))
  }

  /** A promise is told of only where one was made. */
  #comes(event: string, state: StateNode): boolean {
    if (event === '') return false
    return !event.startsWith('promise.') || ['ticket', 'callback'].includes(this.#kindAt(nodeOf(state)))
  }

  #targets(transition: Transition, visited: ReadonlySet<StateNode>): readonly StateNode[] {
    const [target] = transition.target ?? []
    if (target === undefined) return []
    if (target.type === 'history') return this.#left(transition.source, visited)
    const to = inner(target)
    return isReturn(transition) && !visited.has(to) ? [] : [to]
  }

  /** What history may remember: where the bot was when it was left. None where a way for “nowhere” is always there before it. */
  #left(resume: StateNode, visited: ReadonlySet<StateNode>): readonly StateNode[] {
    if ((resume.always ?? []).some((transition) => paramsOf(transition)['at'] === '')) return []
    return [...visited].filter((state) => state.path[0] === 'bot' && this.#leaves(state))
  }

  #leaves(state: StateNode): boolean {
    const always = taken(state.always ?? [])
    const events = always.some((each) => leadsOn(state, each))
      ? []
      : chain(state)
          .flatMap((each) => [...each.transitions.keys()])
          .filter((event) => this.#comes(event, state))
    const others = events.flatMap((event) => taken(chain(state).flatMap((each) => each.transitions.get(event) ?? [])))
    return [...always, ...others].some(({ target }) => target?.[0] !== undefined && target[0].path[0] !== 'bot')
  }
}

/** Up to the first that is always open: behind it none is taken. */
function taken(transitions: readonly Transition[]): readonly Transition[] {
  const open = transitions.findIndex(isOpen)
  return open < 0 ? transitions : transitions.slice(0, open + 1)
}

/** A way that is always open, and not back into the state itself: the machine rests there. */
function leadsOn(state: StateNode, transition: Transition): boolean {
  return isOpen(transition) && transition.target?.[0] !== state
}

function isOpen({ guard }: Transition): boolean {
  return guard === undefined
}

function isReturn(transition: Transition): boolean {
  const { at, fedBy } = paramsOf(transition)
  return (at !== undefined && at !== '') || fedBy !== undefined
}

function saysAgain({ actions }: Transition): boolean {
  return actions.some((action) => typeof action === 'object' && 'type' in action && action.type === 'again')
}

function paramsOf({ guard }: Transition): { readonly at?: unknown; readonly fedBy?: unknown } {
  return typeof guard === 'object' && 'params' in guard ? Object(guard.params) : {}
}

/** Where a state that has states inside is entered. */
function inner(state: StateNode): StateNode {
  const [first] = state.initial?.target ?? []
  return first === undefined ? state : inner(first)
}

/** A state and those around it, itself first: the inner hears an event before the outer. */
function chain(state: StateNode): readonly StateNode[] {
  return state.parent === undefined ? [state] : [state, ...chain(state.parent)]
}

function nodeOf({ path }: StateNode): string {
  return path[1] ?? ''
}

function nodesOf(states: Iterable<StateNode>, nodes: Compiled['nodes']): ReadonlySet<string> {
  return new Set([...states].map(nodeOf).filter((id) => nodes.has(id)))
}

function backwards(
  to: readonly StateNode[],
  steps: readonly (readonly [StateNode, StateNode])[],
): ReadonlySet<StateNode> {
  const found = new Set(to)
  for (let size = -1; size !== found.size;) {
    size = found.size
    for (const [from, onto] of steps) if (found.has(onto)) found.add(from)
  }
  return found
}

function goesRound(start: StateNode, next: (from: StateNode) => readonly StateNode[]): boolean {
  const seen = new Set<StateNode>()
  const open = [...next(start)]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state === start) return true
    if (!seen.has(state)) open.push(...next(state))
    seen.add(state)
  }
  return false
}
