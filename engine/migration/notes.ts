/** What a move leaves as it was, or ends, so that nobody is surprised by it: about deadlines, counted over conversations. */
import type { ChartTimer } from '../compile/chart.ts'
import { placeOf } from '../compile/runner.ts'
import type { AnyNode } from '../kinds/index.ts'
import { durationText } from '../simulate/duration.ts'
import type { Snapshot } from '../step/snapshot.ts'
import type { Pair } from './judge.ts'

/**
 * `kept`: it keeps the time it was given, though the new version gives another. `ended`: the new version has no such
 * deadline. `later`: the new version has a deadline more, which begins only on entering the node.
 */
export interface Note {
  readonly what: 'kept' | 'ended' | 'later'
  /** `<node>.<name>`. */
  readonly timer: string
  /** The times as the flows write them. */
  readonly gave?: string
  readonly gives?: string
}

export function notesOf({ from, to }: Pair, snapshot: Snapshot): readonly Note[] {
  const { node, path } = placeOf(snapshot.machine.value)
  const running = snapshot.timers.flatMap(({ id }): readonly Note[] => {
    const [before, after] = [from.timers.get(id), to.timers.get(id)]
    if (after === undefined) return [{ what: 'ended', timer: id }]
    const [gave, gives] = [termOf(from.nodes.get(node), before), termOf(to.nodes.get(node), after)]
    return gave === undefined || gives === undefined || gave === gives ? [] : [{ what: 'kept', timer: id, gave, gives }]
  })
  // A deadline of a rung begins with the rung.
  const added =
    path.split('.').length > 2
      ? []
      : [...to.timers.values()].filter((timer) => timer.node === node && !from.timers.has(timer.id))
  return [...running, ...added.map((timer): Note => ({ what: 'later', timer: timer.id }))]
}

/** Notes of many conversations as sentences, each with how many it is true of. */
export class NoteCount {
  readonly #counts = new Map<string, { readonly note: Note; count: number }>()

  add(notes: readonly Note[]): void {
    for (const note of notes) {
      const key = JSON.stringify([note.what, note.timer, note.gave, note.gives])
      const known = this.#counts.get(key)
      if (known) known.count++
      else this.#counts.set(key, { note, count: 1 })
    }
  }

  sentences(): readonly string[] {
    return [...this.#counts.values()].map(({ note, count }) => sentence(note, count))
  }
}

/**
 * Whether a deadline of a node may end with it: a queue's may be left out by its designer, and `standing.ts` keeps those
 * who stay because they were promised something by it. What every node of a kind has may not.
 */
export function mayEnd(node: AnyNode): boolean {
  return node.type === 'queue'
}

function sentence({ what, timer, gave, gives }: Note, count: number): string {
  const deadlines = `${count} ${count === 1 ? 'deadline' : 'deadlines'} “${timer}”`
  const [keep, end] = count === 1 ? ['keeps', 'ends'] : ['keep', 'end']
  switch (what) {
    case 'kept':
      return `${deadlines} ${keep} the ${gave} given; the new version gives ${gives}`
    case 'ended':
      return `${deadlines} ${end}: the new version has none`
    case 'later':
      return `${count === 1 ? '1 conversation waits' : `${count} conversations wait`} on without the new deadline “${timer}”, which begins on entering`
    default:
      return what satisfies never
  }
}

/** How long a deadline is given, as its node says it. */
function termOf(node: AnyNode | undefined, timer: ChartTimer | undefined): string | undefined {
  if (timer === undefined || node === undefined) return undefined
  if (typeof timer.delay === 'number') return durationText(timer.delay)
  if (node.type !== 'queue') return undefined
  switch (timer.id.slice(node.id.length + 1)) {
    case 'sameAgent':
      return node.data.sameAgent
    case 'slaWarning':
    case 'slaBreach':
      return node.data.sla?.firstResponse
    default:
      return undefined
  }
}
