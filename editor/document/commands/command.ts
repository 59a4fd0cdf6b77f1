import type { FlowDocument } from '../document.ts'

/**
 * One change of the document, as a value. `apply` is pure and returns the very same document when nothing changes, so
 * that no empty entry comes into the history. Laws (tested for all commands): undone, the same document is back; edges
 * lead from and to nodes that exist; no outlet has two edges; no id is used twice.
 */
export interface Command {
  readonly name: string
  /** For people: what undo says it will undo. */
  readonly label: string
  /** Runs of commands with the same burst become one entry of the history, as typing does. */
  readonly burst?: string
  /** What is selected afterwards; left out, the selection stays. */
  readonly selects?: readonly string[]
  apply(document: FlowDocument): FlowDocument
}
