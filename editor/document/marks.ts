/**
 * Layers painted on the canvas by whoever has something to show there: a run of the simulator, the live figures, what
 * publishing would change, a scenario's path, the way to a problem, what the scenarios cover. A layer is set as a whole
 * and taken away with `null`; layers know nothing of one another, and the canvas decides what is seen where two meet.
 */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Layer = 'simulation' | 'live' | 'changes' | 'scenario' | 'way' | 'coverage'

export interface Marks {
  /** The node where the conversation stands. */
  readonly active?: string
  readonly litNodes?: ReadonlySet<string>
  readonly litEdges?: ReadonlySet<string>
  readonly counts?: Readonly<Record<string, number>>
  readonly edgeCounts?: Readonly<Record<string, number>>
  /** What stands on a wire: the numbers of the steps that pass it. */
  readonly edgeSteps?: Readonly<Record<string, string>>
  readonly changed?: Readonly<Record<string, 'added' | 'removed' | 'changed'>>
  /** Whether the scenarios come through a node, by its id, or through a way out, by `<node>.<outlet>`. */
  readonly covered?: Readonly<Record<string, boolean>>
}

export type MarksState = Readonly<Record<Layer, Marks | null>>

const NOTHING: MarksState = { simulation: null, live: null, changes: null, scenario: null, way: null, coverage: null }
const store = createStore<MarksState>(() => NOTHING)

export const marks = {
  set: (layer: Layer, painted: Marks | null): void => store.setState({ [layer]: painted }),
  /** Everything off: another flow was opened. */
  clear: (): void => store.setState(NOTHING),
  state: (): MarksState => store.getState(),
  subscribe: store.subscribe,
}

/** What a component needs of the marks; it renders again only when that changes. */
export function useMarks<Part>(select: (state: MarksState) => Part): Part {
  return useStore(store, select)
}
