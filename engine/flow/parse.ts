import { kindNamed, kindOf, kinds, type AnyNode } from '../kinds/index.ts'
import type { Outlet } from '../kinds/kind.ts'
import type { z } from 'zod'
import { documentShape, type DocumentShape, type Edge, type FlowHead } from './document.ts'
import { compileExpressions } from './expressions.ts'
import { pointer, type Fault } from './fault.ts'
import { nearest } from '../expression/nearest.ts'

/** A flow as it was admitted: every node's data read by its kind, defaults filled in. */
export interface Flow extends FlowHead {
  readonly nodes: readonly AnyNode[]
}

export type ParsedFlow = { readonly ok: true; readonly flow: Flow } | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads a flow document. Malformed ones come back with every fault at once, each with its JSON pointer, node and cure.
 * What is well-formed but not yet fit to run (an outlet that leads nowhere) is the check's business, so that a draft can
 * be saved half-drawn.
 */
export function parseFlow(input: unknown): ParsedFlow {
  const shape = documentShape.safeParse(input)
  if (!shape.success) {
    // The bare shape is broken: name the kinds' faults too, as far as nodes can be read.
    return { ok: false, faults: [...shape.error.issues.map((issue) => faultOf(issue, input)), ...dataFaults(input)] }
  }
  const faults: Fault[] = []
  const nodes = shape.data.nodes.flatMap((node, index) => readNode(node, index, faults))
  // Edges refer to nodes by id, so they are judged even where data is faulty.
  faults.push(...nodeFaults(shape.data), ...edgeFaults(shape.data, nodes), ...compileExpressions(shape.data, nodes).faults)
  if (faults.length > 0) return { ok: false, faults }
  const { nodes: _, edges, description, ...head } = shape.data
  return {
    ok: true,
    flow: {
      ...head, ...(description === undefined ? {} : { description }), nodes,
      edges: edges.map(({ id, source, sourceHandle, target }): Edge => ({ id, source, sourceHandle, target })),
    },
  }
}

/** The ways out of a node. */
export function outletsOf(node: Pick<AnyNode, 'type' | 'data'>): readonly Outlet[] {
  return kindOf(node).outlets(node.data)
}

function readNode(node: DocumentShape['nodes'][number], index: number, faults: Fault[]): AnyNode[] {
  const kind = kindNamed(node.type)
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
  const placed = { id, position, ...(parentId === undefined ? {} : { parentId }), ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }
  // The kind of that name has just read the data: type and data belong together.
  return [{ ...placed, type: kind.name, data: data.data } as AnyNode]
}

function unknownKind(type: string, node: string, index: number): Fault {
  const meant = nearest(type, kinds.map((kind) => kind.name))
  const cure = meant === undefined ? `use one of ${kinds.map((kind) => kind.name).join(', ')}` : `did you mean “${meant}”?`
  return { pointer: pointer(['nodes', index, 'type']), node, message: `There is no kind of node “${type}”; ${cure}` }
}

/** The kinds' faults of a document whose bare shape is broken elsewhere. */
function dataFaults(input: unknown): Fault[] {
  const nodes = isRecord(input) && Array.isArray(input['nodes']) ? input['nodes'] : []
  return nodes.flatMap((node: unknown, index) => {
    if (!isRecord(node) || typeof node['type'] !== 'string') return []
    const id = typeof node['id'] === 'string' ? node['id'] : ''
    const kind = kindNamed(node['type'])
    if (!kind) return [unknownKind(node['type'], id, index)]
    const data = kind.data.safeParse(node['data'] ?? {})
    return data.success ? [] : data.error.issues.map((issue) => dataFault(issue, id, index))
  })
}

function nodeFaults(shape: DocumentShape): Fault[] {
  const faults: Fault[] = []
  const seen = new Set<string>()
  shape.nodes.forEach((node, index) => {
    if (seen.has(node.id)) faults.push({ pointer: pointer(['nodes', index, 'id']), node: node.id, message: `Two nodes have the id “${node.id}”; give each its own` })
    seen.add(node.id)
  })
  const starts = shape.nodes.filter((node) => node.type === 'start')
  if (starts.length === 0) faults.push({ pointer: '/nodes', node: null, message: 'A flow needs a start node; add one' })
  starts.slice(1).forEach((node) => {
    faults.push({ pointer: pointer(['nodes', shape.nodes.indexOf(node)]), node: node.id, message: 'A flow has exactly one start node; take this one out' })
  })
  return faults
}

function edgeFaults(shape: DocumentShape, nodes: readonly AnyNode[]): Fault[] {
  const faults: Fault[] = []
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const known = new Set(shape.nodes.map((node) => node.id))
  const ids = new Set<string>()
  const used = new Set<string>()
  shape.edges.forEach((edge, index) => {
    const at = (part: string, message: string): void => { faults.push({ pointer: pointer(['edges', index, part]), node: known.has(edge.source) ? edge.source : null, message }) }
    if (ids.has(edge.id)) at('id', `Two edges have the id “${edge.id}”; give each its own`)
    ids.add(edge.id)
    if (!known.has(edge.source)) at('source', `There is no node “${edge.source}” for this edge to leave; draw it again or take it out`)
    if (!known.has(edge.target)) at('target', `There is no node “${edge.target}” for this edge to reach; draw it again or take it out`)
    const outlet = `${edge.source}\n${edge.sourceHandle}`
    if (used.has(outlet)) at('sourceHandle', `Two edges leave “${edge.source}” by “${edge.sourceHandle}”; an outlet leads to one node`)
    used.add(outlet)
    const source = byId.get(edge.source)
    if (source) {
      const outlets = outletsOf(source).map((each) => each.id)
      if (!outlets.includes(edge.sourceHandle)) {
        at('sourceHandle', `“${edge.source}” has no outlet “${edge.sourceHandle}”; ${outlets.length === 0 ? 'nothing leaves it' : `its outlets are ${outlets.join(', ')}`}`)
      }
    }
    const target = byId.get(edge.target)
    if (target?.type === 'start') at('target', 'Nothing leads to the start node; lead it to the node after it')
    if (target?.type === 'trigger') at('target', 'A trigger has no input: it fires by itself; lead the edge to where the trigger leads')
  })
  return faults
}

function faultOf(issue: z.core.$ZodIssue, input: unknown): Fault {
  const index = issue.path[0] === 'nodes' && typeof issue.path[1] === 'number' ? issue.path[1] : undefined
  const nodes = isRecord(input) && Array.isArray(input['nodes']) ? input['nodes'] : []
  const node: unknown = index === undefined ? undefined : nodes[index]
  return { pointer: pointer(issue.path), node: isRecord(node) && typeof node['id'] === 'string' ? node['id'] : null, message: sentence(issue) }
}

function dataFault(issue: z.core.$ZodIssue, node: string, index: number): Fault {
  return { pointer: pointer(['nodes', index, 'data', ...issue.path]), node, message: sentence(issue) }
}

/** Zod's message with the field it speaks of, and a cure where zod only names the trouble. */
export function sentence(issue: z.core.$ZodIssue): string {
  const field = issue.path.filter((part) => typeof part === 'string').at(-1)
  const subject = field === undefined ? 'It' : `“${String(field)}”`
  switch (issue.code) {
    case 'unrecognized_keys': return `${issue.keys.map((key) => `“${key}”`).join(', ')} ${issue.keys.length === 1 ? 'is' : 'are'} not known here; take ${issue.keys.length === 1 ? 'it' : 'them'} out or correct the spelling`
    case 'invalid_type': return issue.input === undefined && /received undefined/.test(issue.message)
      ? `${subject} is missing; give it (${issue.expected})`
      : isPlainZod(issue.message) ? `${subject} must be ${article(issue.expected)}` : `${subject} ${issue.message}`
    case 'invalid_value': return isPlainZod(issue.message) ? `${subject} must be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}` : `${subject} ${issue.message}`
    default: return isPlainZod(issue.message) ? `${subject}: ${issue.message}` : `${subject} ${issue.message}`
  }
}

function isPlainZod(message: string): boolean {
  return /^(Invalid|Too|Unrecognized|Expected|Required)/.test(message)
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
