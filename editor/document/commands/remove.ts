import { words } from '../../words/en.ts'
import type { Command } from './command.ts'
import { disconnect } from './edges.ts'
import { removeNotes } from './groups.ts'
import { removeNodes } from './nodes.ts'

/** Removes whatever is selected in one step: nodes (with rejoin), edges and notes; a note may have the id of a node. */
export function removeItems(
  nodes: ReadonlySet<string>,
  edges: ReadonlySet<string>,
  notes: ReadonlySet<string> = new Set(),
): Command {
  return {
    name: 'removeItems',
    label: words.document.remove(nodes.size + edges.size + notes.size),
    selects: [],
    // Edges first: what is cut is not joined again.
    apply: (document) =>
      [disconnect(edges), removeNotes(notes), removeNodes(nodes)].reduce(
        (before, command) => command.apply(before),
        document,
      ),
  }
}
