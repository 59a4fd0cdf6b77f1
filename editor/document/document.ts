/**
 * The document as the editor holds it: the raw JSON of FLOW.md, immutable, every change a new object that shares what
 * did not change. `data` is unknown here: a node that its kind cannot read still has its place, its card and its edges.
 * What is well-formed is the engine's business (`parseFlow`); this file promises only the bare shape.
 */
import type { VariableType } from '#engine/index.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface FlowNode {
  readonly id: string
  /** The name of a kind; also one that does not exist. */
  readonly type: string
  readonly position: Point
  readonly data: unknown
  readonly width?: number
  readonly height?: number
}

export interface FlowEdge {
  readonly id: string
  readonly source: string
  /** The outlet it leaves by. */
  readonly sourceHandle: string
  readonly target: string
}

/** A remark for the people who draw: no customer sees it and nothing runs it. */
export interface Note {
  readonly id: string
  readonly text: string
  readonly position: Point
  readonly width?: number
  readonly height?: number
}

/** A named frame around nodes; a node is in one group at most. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly nodes: readonly string[]
}

export interface Variable {
  readonly type: VariableType
  readonly label?: string
}

export interface FlowDocument {
  readonly baton: 1
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly language: string
  readonly timezone: string
  readonly variables: Readonly<Record<string, Variable>>
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly viewport: Point & { readonly zoom: number }
  readonly notes?: readonly Note[]
  readonly groups?: readonly Group[]
}

/** What stands in a document besides its drawing; `changeHead` changes it. */
export type FlowHead = Pick<FlowDocument, 'name' | 'description' | 'language' | 'timezone' | 'variables'>

/** The smallest document: where a new flow begins, and what the store holds before one is open. */
export function emptyDocument(id: string, name: string): FlowDocument {
  return {
    baton: 1,
    id,
    name,
    language: 'en',
    timezone: 'UTC',
    variables: {},
    nodes: [{ id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} }],
    edges: [],
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}

/**
 * The bare shape of a JSON value that claims to be a flow: undefined when it is not even that. Keys are kept as they
 * are, also unknown ones, so that `parseFlow` can name them; rows that no canvas could show are what is refused.
 */
export function readDocument(json: unknown): FlowDocument | undefined {
  if (!isRecord(json)) return undefined
  const nodes = rows(json['nodes'], isNode)
  const edges = rows(json['edges'] ?? [], isEdge)
  if (typeof json['id'] !== 'string' || typeof json['name'] !== 'string' || !nodes || !edges) return undefined
  const whole = { ...emptyDocument(json['id'], json['name']), ...json, nodes, edges }
  if (!isHead(whole)) return undefined
  // Each part that this type promises was just looked at, or is a default.
  return whole as FlowDocument
}

export function nodeOf(document: FlowDocument, id: string): FlowNode | undefined {
  return document.nodes.find((node) => node.id === id)
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rows<Row>(value: unknown, is: (row: unknown) => row is Row): readonly Row[] | undefined {
  return Array.isArray(value) && value.every(is) ? value : undefined
}

function isNode(row: unknown): row is FlowNode {
  return isRecord(row) && typeof row['id'] === 'string' && typeof row['type'] === 'string' && isPoint(row['position'])
}

function isEdge(row: unknown): row is FlowEdge {
  return isRecord(row) && ['id', 'source', 'sourceHandle', 'target'].every((key) => typeof row[key] === 'string')
}

function isPoint(value: unknown): value is Point {
  return isRecord(value) && Number.isFinite(value['x']) && Number.isFinite(value['y'])
}

function isHead(whole: Readonly<Record<string, unknown>>): boolean {
  const { language, timezone, variables, viewport, notes, groups } = whole
  return (
    typeof language === 'string' &&
    typeof timezone === 'string' &&
    isPoint(viewport) &&
    isRecord(variables) &&
    Object.values(variables).every(isRecord) &&
    (notes === undefined || rows(notes, isNote) !== undefined) &&
    (groups === undefined || rows(groups, isGroup) !== undefined)
  )
}

function isNote(row: unknown): row is Note {
  return isRecord(row) && typeof row['id'] === 'string' && typeof row['text'] === 'string' && isPoint(row['position'])
}

function isGroup(row: unknown): row is Group {
  return (
    isRecord(row) && typeof row['id'] === 'string' && typeof row['name'] === 'string' && Array.isArray(row['nodes'])
  )
}
