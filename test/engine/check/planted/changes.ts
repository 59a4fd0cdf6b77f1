/** A ready flow with one thing changed in it, as a designer might by mistake. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFlow, type Flow } from '#engine/index.ts'
import { topFolder } from '#server/top-folder.ts'

interface Sheet {
  readonly variables: Readonly<Record<string, object>>
  readonly nodes: readonly {
    readonly id: string
    readonly type: string
    readonly position: object
    readonly data: object
  }[]
  readonly edges: readonly {
    readonly id: string
    readonly source: string
    readonly sourceHandle: string
    readonly target: string
  }[]
}
export type Change = (sheet: Sheet) => Sheet

export const READY = ['banking', 'ecommerce', 'healthcare', 'hello', 'helpdesk', 'real-estate', 'travel'] as const

/** @throws Error when what was made of the flow cannot be read: a mistake of the test's own. */
export function changed(id: (typeof READY)[number], ...changes: readonly Change[]): Flow {
  // The file is a flow document: what it holds is read again by `parseFlow`.
  const own = JSON.parse(readFileSync(join(topFolder, 'flows', `${id}.flow.json`), 'utf8')) as Sheet
  const parsed = parseFlow(changes.reduce((sheet, change) => change(sheet), own))
  if (!parsed.ok)
    throw new Error(`${id}: ${parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`).join('; ')}`)
  return parsed.flow
}

/** Lets an outlet lead elsewhere, also one that led nowhere: `amount.answered > limit`. */
export function lead(edge: string): Change {
  const [source = '', sourceHandle = '', target = ''] = edge.split(/\.| > /)
  return (sheet) => ({
    ...drop(`${source}.${sourceHandle}`)(sheet),
    edges: [
      ...drop(`${source}.${sourceHandle}`)(sheet).edges,
      { id: `${source}-${sourceHandle}`, source, sourceHandle, target },
    ],
  })
}

/** Takes an edge out: `openNow.closed`. */
export function drop(outlet: string): Change {
  return (sheet) => ({
    ...sheet,
    edges: sheet.edges.filter((edge) => `${edge.source}.${edge.sourceHandle}` !== outlet),
  })
}

/** Takes a node out, with the edges that touch it. */
export function remove(id: string): Change {
  return (sheet) => ({
    ...sheet,
    nodes: sheet.nodes.filter((node) => node.id !== id),
    edges: sheet.edges.filter(({ source, target }) => source !== id && target !== id),
  })
}

/** Writes into a node's data; undefined takes a key out. */
export function write(id: string, data: object): Change {
  return (sheet) => ({
    ...sheet,
    nodes: sheet.nodes.map((node) =>
      node.id === id
        ? {
            ...node,
            data: Object.fromEntries(
              Object.entries({ ...node.data, ...data }).filter(([, value]) => value !== undefined),
            ),
          }
        : node,
    ),
  })
}

/** Puts a node behind all others. */
export function add(id: string, type: string, data: object): Change {
  return (sheet) => ({ ...sheet, nodes: [...sheet.nodes, { id, type, position: { x: 0, y: 0 }, data }] })
}

/** Declares a variable. */
export function declare(name: string, type: string): Change {
  return (sheet) => ({ ...sheet, variables: { ...sheet.variables, [name]: { type } } })
}
