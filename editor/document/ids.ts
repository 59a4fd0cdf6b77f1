/** Ids that are free in a document, made of what they name: a person who reads the file recognises them. */
import type { FlowDocument } from './document.ts'

/** A free node id made of `wish`, such as `queue`, `queue2`, `queue3`. */
export function freshNodeId(document: FlowDocument, wish: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...document.nodes.map((node) => node.id), ...taken])
  return free(asId(wish), used)
}

export function freshEdgeId(
  document: FlowDocument,
  source: string,
  outlet: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const used = new Set([...document.edges.map((edge) => edge.id), ...taken])
  return free(`${source}.${outlet}`, used)
}

export function freshNoteId(document: FlowDocument): string {
  return free('note', new Set(document.notes?.map((note) => note.id)))
}

export function freshGroupId(document: FlowDocument): string {
  return free('group', new Set(document.groups?.map((group) => group.id)))
}

/** What the engine admits as an id (`ID_PATTERN`): a letter, then letters, digits, `_` and `-`, 64 at most. */
function asId(wish: string): string {
  const plain = wish
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 56)
  return plain === '' || plain === '__proto__' ? 'step' : plain
}

function free(wish: string, used: ReadonlySet<string>): string {
  if (!used.has(wish)) return wish
  // `queue2` after `queue`, `queue3` after `queue2`.
  const [, stem = wish, count = '1'] = /^(.*?)(\d{1,6})?$/s.exec(wish) ?? []
  for (let next = Number(count) + 1; ; next += 1) if (!used.has(`${stem}${next}`)) return `${stem}${next}`
}
