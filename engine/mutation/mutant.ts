/**
 * A mutant: a flow with one small mistake in it, as somebody could make. Scenarios that still pass would not notice it.
 */
import type { Edge } from '../flow/document.ts'
import type { Flow } from '../flow/parse.ts'
import type { AnyNode } from '../kinds/faces.ts'

export interface Mutant {
  /** `<operator>:<place>`, its own among the mutants of a flow. */
  readonly id: string
  readonly operator: string
  /** Where it is, to be shown. */
  readonly node: string
  /** What is otherwise, after “no scenario would notice that”. */
  readonly change: string
  /** The document with the mistake in it. */
  readonly flow: object
}

/** One mistake as an operator makes it. */
export interface Mistake {
  readonly node: string
  /** Where in the node, or by which edge: with the node, its own among an operator’s mistakes. */
  readonly place: string
  readonly change: string
  readonly flow: object
}

/** A kind of mistake. */
export interface Operator {
  readonly name: string
  /** Every such mistake that this flow gives room for, in the document’s order. */
  mistakes(flow: Flow): readonly Mistake[]
}

/** The document with other data in one node. */
export function withData(flow: Flow, node: AnyNode, data: unknown): object {
  return { ...flow, nodes: flow.nodes.map((each) => (each === node ? { ...each, data } : each)) }
}

export function withEdges(flow: Flow, edges: readonly Edge[]): object {
  return { ...flow, edges }
}

/** What is found at a slash path of a node’s data, such as `cases/0/when`. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('/').reduce((at, key) => (isOpen(at) ? at[key] : undefined), data)
}

/** The data with another value at a path; `undefined` takes it out, of a list too. */
export function changedAt(data: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('/')
  const isLast = rest.length === 0
  if (Array.isArray(data)) {
    const place = Number(key)
    if (isLast && value === undefined) return data.filter((_, index) => index !== place)
    return data.map((each: unknown, index) =>
      index !== place ? each : isLast ? value : changedAt(each, rest.join('/'), value),
    )
  }
  if (!isOpen(data)) return data
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, each]) => {
      if (name !== key) return [[name, each]]
      if (!isLast) return [[name, changedAt(each, rest.join('/'), value)]]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Every value inside a node’s data that holds no other, with its path. */
export function leavesOf(
  data: unknown,
  path: readonly string[] = [],
): readonly { readonly path: string; readonly value: unknown }[] {
  if (!isOpen(data)) return [{ path: path.join('/'), value: data }]
  return Object.entries(data).flatMap(([key, each]) => leavesOf(each, [...path, key]))
}

/** The last key of a path, where the last is no place in a list. */
export function keyOf(path: string): string {
  return path.split('/').findLast((each) => !/^\d+$/.test(each)) ?? ''
}

/** Of a text, as much as names it. */
export function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`
}

function isOpen(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
