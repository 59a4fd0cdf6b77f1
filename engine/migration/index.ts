/**
 * Moving running conversations to another version of their flow: where the move is proved safe, and only there. A
 * conversation keeps its version until somebody asks for the move; then all of it moves or nothing does.
 */
import { nodeOfState } from '../conversation/state.ts'
import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import { isEqual } from '../simulate/expect.ts'
import type { Stepped } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { ENDED, isRetyped, pairOf, whyNot, whyNotAt, type Pair } from './judge.ts'
import { migrated } from './migrated.ts'
import { notesOf, type Note } from './notes.ts'
import { unfit, withoutWords } from './standing.ts'

/** `why` ends the sentence “It stays, because …”. */
export type Judgement = { readonly moves: true; readonly notes: readonly Note[] } | Stays
export interface Stays {
  readonly moves: false
  readonly why: string
}

export interface Migration {
  /** What is true of every conversation in a state (`phase.node`); undefined where each must be looked at. */
  of(state: string): Judgement | undefined
  /** What is true of this one. Law: it agrees with `of`. */
  judge(snapshot: Snapshot): Judgement
  /** The conversation on the version, all of it or nothing. `now`: epoch milliseconds, never before the last step's. */
  migrate(snapshot: Snapshot, version: number, now: number): Stepped | Stays
}

const known = new WeakMap<Flow, WeakMap<Flow, Migration>>()

/** How conversations that run on one version of a flow go on on another; kept as long as the two are. */
export function migrationOf(from: Flow, to: Flow): Migration {
  const found = known.get(from)?.get(to)
  if (found) return found
  const made = createMigration(from, to)
  known.set(from, (known.get(from) ?? new WeakMap<Flow, Migration>()).set(to, made))
  return made
}

function createMigration(from: Flow, to: Flow): Migration {
  const pair = pairOf(compiledFlow(from), compiledFlow(to))
  const alike = isAlike(pair)
  const judge = (snapshot: Snapshot): Judgement => {
    const why = whyNot(pair, snapshot)
    return why === undefined ? { moves: true, notes: notesOf(pair, snapshot) } : { moves: false, why }
  }
  return {
    judge,
    of: (state) => {
      if (state.startsWith('closed.')) return { moves: false, why: ENDED }
      if (alike) return { moves: true, notes: [] }
      const why = whyNotAt(pair, nodeOfState(state))
      return why === undefined ? undefined : { moves: false, why }
    },
    migrate: (snapshot, version, now) => {
      const verdict = judge(snapshot)
      return verdict.moves
        ? migrated(to, snapshot, { type: 'conversation.migrated', from: snapshot.flow.version, version }, now)
        : verdict
    },
  }
}

/** Whether the versions differ only in what no running conversation rests on: layout, texts, edges, and what was added. */
function isAlike({ from, to, knew, knows }: Pair): boolean {
  return (
    from.flow.id === to.flow.id &&
    Object.keys(knew).every((name) => !isRetyped(knew, knows, name)) &&
    from.flow.nodes.every((node) => {
      const now = to.nodes.get(node.id)
      return now !== undefined && unfit(node, now) === undefined && isEqual(withoutWords(node), withoutWords(now))
    }) &&
    hasSameDeadlines({ from, to })
  )
}

/** A text that is there or not may bring a deadline along: updates about the place. */
function hasSameDeadlines({ from, to }: Pick<Pair, 'from' | 'to'>): boolean {
  return (
    [...from.timers.keys()].every((id) => to.timers.has(id)) &&
    [...to.timers.values()].every(({ id, node }) => from.timers.has(id) || !from.nodes.has(node))
  )
}

export { NoteCount, type Note } from './notes.ts'
