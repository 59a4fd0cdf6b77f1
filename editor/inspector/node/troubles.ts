/** What the engine says against a node, sorted to the rows of its form. */
import type { Fault, Problem } from '#engine/index.ts'

export interface Trouble {
  /** The place in the node's data; empty where it is the node as a whole. */
  readonly place: string
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** The faults and problems of one node, each at its place, none twice. */
export function troublesOf(node: string, faults: readonly Fault[], problems: readonly Problem[]): readonly Trouble[] {
  const found = [...faults.map((fault) => ({ ...fault, severity: 'error' as const })), ...problems].filter(
    (each) => each.node === node,
  )
  const all = found.map(({ pointer, severity, message }): Trouble => ({ place: placeOf(pointer), severity, message }))
  return all.filter(
    (each, index) => all.findIndex((other) => other.place === each.place && other.message === each.message) === index,
  )
}

/** Those at a place itself. */
export function at(troubles: readonly Trouble[], place: string): readonly Trouble[] {
  return troubles.filter((each) => each.place === place)
}

/** Those at a place and anywhere below it. */
export function under(troubles: readonly Trouble[], place: string): readonly Trouble[] {
  return troubles.filter((each) => each.place === place || each.place.startsWith(`${place}/`))
}

/** Those that belong to no row of the form: of the node as a whole, or at a key that its kind does not know. */
export function ofNoRow(troubles: readonly Trouble[], places: readonly string[]): readonly Trouble[] {
  return troubles.filter((each) => !places.some((place) => each.place === place || each.place.startsWith(`${place}/`)))
}

/** `/nodes/3/data/cases/0/when` is `cases/0/when`; a pointer to the node itself is empty. */
function placeOf(pointer: string): string {
  const [, list, , part, ...rest] = pointer.split('/')
  return list === 'nodes' && part === 'data'
    ? rest.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).join('/')
    : ''
}
