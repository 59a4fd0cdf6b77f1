/** Workflows as they are written, and what becomes of them. */
import { expect } from 'vitest'
import { parseFlow, type Flow } from '#engine/flow/parse.ts'
import { importTaskRouter, type ImportedWorkflow } from '#engine/routing/task-router/index.ts'

/** A workflow of filters, and a default filter that leads to “Everyone”. */
export function workflow(...filters: readonly object[]) {
  return { task_routing: { filters, default_filter: { queue: 'Everyone' } } }
}

export function filter(expression: string, ...targets: readonly object[]) {
  return {
    filter_friendly_name: 'Chosen',
    expression,
    targets: targets.length === 0 ? [{ queue: 'Chosen few' }] : targets,
  }
}

export function imported(document: unknown): ImportedWorkflow & { readonly parsed: Flow } {
  const result = importTaskRouter(document)
  expect.assert(result.ok, JSON.stringify(result))
  const parsed = parseFlow(result.flow)
  expect.assert(parsed.ok)
  return { ...result, parsed: parsed.flow }
}

export function faultsOf(document: unknown): readonly string[] {
  const result = importTaskRouter(document)
  return result.ok ? [] : result.faults.map(({ pointer, message }) => `${pointer} ${message}`)
}

/** Each note with its place. */
export function notesOf(document: unknown): readonly string[] {
  return imported(document).notes.map(({ pointer, message }) => `${pointer} ${message}`)
}

export function node(flow: Flow, id: string) {
  const found = flow.nodes.find((each) => each.id === id)
  expect.assert(found !== undefined, `there is no node ${id}`)
  return found.data
}

/** Where each outlet of a node leads. */
export function ways(flow: Flow, id: string) {
  return Object.fromEntries(
    flow.edges.filter(({ source }) => source === id).map(({ sourceHandle, target }) => [sourceHandle, target]),
  )
}

/** What stands in every queue of a filter with these targets, in order. */
export function queuesOf(...targets: readonly object[]): readonly unknown[] {
  return queuesIn(workflow(filter('type == "x"', ...targets))).slice(0, -1)
}

/** What stands in every queue, but for the words that the customer reads; the default filter’s is the last. */
export function queuesIn(document: unknown): readonly unknown[] {
  const { nodes } = imported(document).flow
  expect.assert(Array.isArray(nodes))
  return nodes.flatMap(({ type, data: { text, ...data } }) => (type === 'queue' ? [data] : []))
}

/** What is said of every workflow that has a default filter. */
export const STAYS = '/task_routing Who waits in vain leaves a message, where TaskRouter cancels the task.'

/** What is said of a filter with these targets, beside what is said of every workflow. */
export function saidOf(...targets: readonly object[]): readonly string[] {
  return notesOf(workflow(filter('type == "x"', ...targets))).filter((note) => note !== STAYS)
}

/** Why a filter with these targets is refused. */
export function refusedOf(...targets: readonly object[]): readonly string[] {
  return faultsOf(workflow(filter('type == "x"', ...targets)))
}
