/**
 * What undo and redo walk through. Documents are kept, not commands: each shares with its neighbour whatever did not
 * change, so an entry costs what its gesture touched. Laws: undo after redo, and redo after undo, change nothing; a new
 * entry forgets what was undone; steps of one burst are one entry; a burst ends with any other step, with undo and
 * redo.
 */
import type { FlowDocument } from './document.ts'

export interface Selection {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** A document as it was before (in the past) or after (in the future) the step with this label. */
export interface Entry {
  readonly label: string
  readonly document: FlowDocument
  readonly selection: Selection
}

export interface History {
  readonly past: Chain | null
  readonly future: Chain | null
  readonly burst: string | null
}

/** A linked list, so that a step of a history of any length costs the same. */
interface Chain {
  readonly entry: Entry
  readonly rest: Chain | null
}

export const NO_HISTORY: History = { past: null, future: null, burst: null }

/** The history after a step that left `before`. */
export function record(history: History, before: Entry, burst: string | undefined): History {
  const goesOn = burst !== undefined && burst === history.burst && history.past !== null
  return { past: goesOn ? history.past : { entry: before, rest: history.past }, future: null, burst: burst ?? null }
}

/** One step back from `now`: the entry to show, and the history that remains. */
export function back(
  history: History,
  now: Omit<Entry, 'label'>,
): { readonly entry: Entry; readonly history: History } | undefined {
  if (history.past === null) return undefined
  const { entry, rest } = history.past
  return {
    entry,
    history: { past: rest, future: { entry: { ...now, label: entry.label }, rest: history.future }, burst: null },
  }
}

/** One step forth again. */
export function forth(
  history: History,
  now: Omit<Entry, 'label'>,
): { readonly entry: Entry; readonly history: History } | undefined {
  if (history.future === null) return undefined
  const { entry, rest } = history.future
  return {
    entry,
    history: { past: { entry: { ...now, label: entry.label }, rest: history.past }, future: rest, burst: null },
  }
}
