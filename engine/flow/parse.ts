import { faceNamed, faceOf, faces, type AnyNode } from '../kinds/faces.ts'
import type { Outlet } from '../kinds/face.ts'
import type { z } from 'zod'
import { documentShape, edgeShape, nodeShape, type Edge, type FlowHead } from './document.ts'
import { compileExpressions } from './expressions.ts'
import { isRecord, LIMITS } from './values.ts'
import { bounded, pointer, type Fault } from './fault.ts'
import { unpoisoned } from './poisoned.ts'
import { sentence } from './sentence.ts'
import { nearest } from '../expression/nearest.ts'

/** A flow as it was admitted: every node's data read by its kind, defaults filled in. */
export interface Flow extends FlowHead {
  readonly nodes: readonly AnyNode[]
}

export type ParsedFlow =
  { readonly ok: true; readonly flow: Flow } | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads a flow document. Malformed ones come back with every fault at once, each with its JSON pointer, node and cure.
 * What is well-formed but not yet fit to run (an outlet that leads nowhere) is the check's business, so that a draft can
 * be saved half-drawn.
 */
export function parseFlow(input: unknown): ParsedFlow {
  return unpoisoned(
    input,
    () => read(input),
    (fault) => ({ ok: false, faults: [fault] }),
  )
}

function read(input: unknown): ParsedFlow {
  const shape = documentShape.safeParse(input)
  const rows = { nodes: rowsOf(input, 'nodes', nodeShape), edges: rowsOf(input, 'edges', edgeShape) }
  const faults: Fault[] = shape.success ? [] : shape.error.issues.map((issue) => faultOf(issue, input))
  // What is broken in one place must not hide what is broken in another: every row that can be read is judged.
  const nodes = rows.nodes.flatMap(({ row, index }) => readNode(row, index, faults))
  const variables = shape.success ? shape.data.variables : variablesOf(input)
  faults.push(
    ...nodeFaults(rows.nodes),
    ...edgeFaults(rows.edges, idsOf(input), nodes),
    ...compileExpressions({ variables }, nodes, indicesOf(rows.nodes)).faults,
  )
  if (!shape.success || faults.length > 0) return { ok: false, faults: bounded(faults) }
  const { nodes: _, edges, description, notes, groups, ...head } = shape.data
  return {
    ok: true,
    flow: {
      ...head,
      ...(description === undefined ? {} : { description }),
      nodes,
      ...(notes === undefined ? {} : { notes }),
      ...(groups === undefined ? {} : { groups }),
      edges: edges.map(({ id, source, sourceHandle, target }): Edge => ({ id, source, sourceHandle, target })),
    },
  }
}

interface Row<Shape> {
  readonly row: Shape
  readonly index: number
}
type NodeShape = z.infer<typeof nodeShape>
type EdgeShape = z.infer<typeof edgeShape>

/** The rows of a list that can be read, each with its place. */
function rowsOf<Shape>(input: unknown, list: 'nodes' | 'edges', shape: z.ZodType<Shape>): readonly Row<Shape>[] {
  const rows: unknown = isRecord(input) ? input[list] : undefined
  if (!Array.isArray(rows) || rows.length > LIMITS[list]) return []
  return rows.flatMap((each: unknown, index) => {
    const read = shape.safeParse(known(each, list))
    return read.success ? [{ row: read.data, index }] : []
  })
}

/** A row without keys that are not known: those have their own fault. */
function known(row: unknown, list: 'nodes' | 'edges'): unknown {
  if (!isRecord(row)) return row
  const keys = Object.keys((list === 'nodes' ? nodeShape : edgeShape).shape)
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)))
}

/** Every id a node claims, also where the node is faulty otherwise: its edges do not dangle. */
function idsOf(input: unknown): ReadonlySet<string> {
  const nodes: unknown = isRecord(input) ? input['nodes'] : undefined
  return new Set(
    Array.isArray(nodes)
      ? nodes.flatMap((node: unknown) => (isRecord(node) && typeof node['id'] === 'string' ? [node['id']] : []))
      : [],
  )
}

function indicesOf(nodes: readonly Row<NodeShape>[]): ReadonlyMap<string, number> {
  return new Map(nodes.map(({ row, index }) => [row.id, index]))
}

function variablesOf(input: unknown): FlowHead['variables'] {
  const read = documentShape.shape.variables.safeParse(isRecord(input) ? input['variables'] : undefined)
  return read.success ? read.data : {}
}

/** The ways out of a node. */
export function outletsOf(node: Pick<AnyNode, 'type' | 'data'>): readonly Outlet[] {
  return faceOf(node).outlets(node.data)
}

function readNode(node: NodeShape, index: number, faults: Fault[]): AnyNode[] {
  const kind = faceNamed(node.type)
  if (!kind) {
    faults.push(unknownKind(node.type, node.id, index))
    return []
  }
  const data = kind.data.safeParse(node.data)
  if (!data.success) {
    for (const issue of data.error.issues) faults.push(dataFault(issue, node.id, index))
    return []
  }
  const { id, position, parentId, width, height } = node
  const placed = {
    id,
    position,
    ...(parentId === undefined ? {} : { parentId }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
  // The kind of that name has just read the data: type and data belong together.
  return [{ ...placed, type: kind.name, data: data.data } as AnyNode]
}

function unknownKind(type: string, node: string, index: number): Fault {
  const meant = nearest(
    type,
    faces.map((face) => face.name),
  )
  const cure =
    meant === undefined ? `use one of ${faces.map((face) => face.name).join(', ')}` : `did you mean “${meant}”?`
  return { pointer: pointer(['nodes', index, 'type']), node, message: `There is no kind of node “${type}”; ${cure}` }
}

function nodeFaults(rows: readonly Row<NodeShape>[]): Fault[] {
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const { row, index } of rows) {
    if (seen.has(row.id))
      faults.push({
        pointer: pointer(['nodes', index, 'id']),
        node: row.id,
        message: `Two nodes have the id “${row.id}”; give each its own`,
      })
    seen.add(row.id)
  }
  const starts = rows.filter(({ row }) => row.type === 'start')
  if (rows.length > 0 && starts.length === 0)
    faults.push({ pointer: '/nodes', node: null, message: 'A flow needs a start node; add one' })
  for (const { row, index } of starts.slice(1)) {
    faults.push({
      pointer: pointer(['nodes', index]),
      node: row.id,
      message: 'A flow has exactly one start node; take this one out',
    })
  }
  return faults
}

function edgeFaults(rows: readonly Row<EdgeShape>[], known: ReadonlySet<string>, nodes: readonly AnyNode[]): Fault[] {
  const faults: Fault[] = []
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const ids = new Set<string>()
  const used = new Set<string>()
  for (const { row: edge, index } of rows) {
    const at = (part: string, message: string): void => {
      faults.push({
        pointer: pointer(['edges', index, part]),
        node: known.has(edge.source) ? edge.source : null,
        message,
      })
    }
    if (ids.has(edge.id)) at('id', `Two edges have the id “${edge.id}”; give each its own`)
    ids.add(edge.id)
    if (!known.has(edge.source))
      at('source', `There is no node “${edge.source}” for this edge to leave; draw it again or take it out`)
    if (!known.has(edge.target))
      at('target', `There is no node “${edge.target}” for this edge to reach; draw it again or take it out`)
    const outlet = `${edge.source}\n${edge.sourceHandle}`
    if (used.has(outlet))
      at('sourceHandle', `Two edges leave “${edge.source}” by “${edge.sourceHandle}”; an outlet leads to one node`)
    used.add(outlet)
    endFaults(edge, byId, at)
  }
  return faults
}

function endFaults(
  edge: EdgeShape,
  byId: ReadonlyMap<string, AnyNode>,
  at: (part: string, message: string) => void,
): void {
  const source = byId.get(edge.source)
  const outlets = source === undefined ? undefined : outletsOf(source).map((each) => each.id)
  if (outlets !== undefined && !outlets.includes(edge.sourceHandle)) {
    at(
      'sourceHandle',
      `“${edge.source}” has no outlet “${edge.sourceHandle}”; ${outlets.length === 0 ? 'nothing leaves it' : `its outlets are ${outlets.join(', ')}`}`,
    )
  }
  const target = byId.get(edge.target)
  if (target?.type === 'start') at('target', 'Nothing leads to the start node; lead it to the node after it')
  if (target?.type === 'trigger')
    at('target', 'A trigger has no input: it fires by itself; lead the edge to where the trigger leads')
}

function faultOf(issue: z.core.$ZodIssue, input: unknown): Fault {
  const index = issue.path[0] === 'nodes' && typeof issue.path[1] === 'number' ? issue.path[1] : undefined
  const nodes = isRecord(input) && Array.isArray(input['nodes']) ? input['nodes'] : []
  const node: unknown = index === undefined ? undefined : nodes[index]
  return {
    pointer: pointer(issue.path),
    node: isRecord(node) && typeof node['id'] === 'string' ? node['id'] : null,
    message: sentence(issue),
  }
}

function dataFault(issue: z.core.$ZodIssue, node: string, index: number): Fault {
  return { pointer: pointer(['nodes', index, 'data', ...issue.path]), node, message: sentence(issue) }
}
