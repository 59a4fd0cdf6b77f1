import { z } from 'zod'
import { id, key, LIMITS, name, type Json } from './values.ts'

export const variableTypes = [
  'text',
  'number',
  'yesno',
  'boolean',
  'email',
  'phone',
  'date',
  'choice',
  'list',
  'map',
] as const
export type VariableType = (typeof variableTypes)[number]

const timezone = z.string().max(64).refine(isTimezone, 'must be a time zone such as "Europe/Berlin"')
const language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as "en" or "pt-BR"')
const point = z.strictObject({ x: z.number(), y: z.number() })

/** What React Flow keeps on nodes and edges for its own sake: admitted, and left out of what is saved. */
function ofReactFlow<const Key extends string>(...keys: readonly Key[]) {
  // fromEntries widens the keys that were just given.
  return Object.fromEntries(keys.map((key) => [key, z.unknown().optional()])) as Record<
    Key,
    z.ZodOptional<z.ZodUnknown>
  >
}

export const nodeShape = z.strictObject({
  id,
  type: z.string(),
  position: point.default({ x: 0, y: 0 }),
  data: z.unknown().default({}),
  parentId: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  ...ofReactFlow(
    'selected',
    'dragging',
    'resizing',
    'measured',
    'positionAbsolute',
    'extent',
    'expandParent',
    'zIndex',
    'style',
    'className',
    'hidden',
    'draggable',
    'selectable',
    'connectable',
    'deletable',
    'focusable',
    'sourcePosition',
    'targetPosition',
    'dragHandle',
    'ariaLabel',
    'origin',
    'handles',
    'initialWidth',
    'initialHeight',
  ),
})
export const edgeShape = z.strictObject({
  id: z.string().min(1).max(200),
  source: z.string(),
  sourceHandle: z.string({ error: 'must name the outlet it leaves by' }),
  target: z.string(),
  ...ofReactFlow(
    'targetHandle',
    'type',
    'selected',
    'animated',
    'label',
    'labelStyle',
    'labelShowBg',
    'labelBgStyle',
    'labelBgPadding',
    'labelBgBorderRadius',
    'data',
    'markerStart',
    'markerEnd',
    'style',
    'className',
    'zIndex',
    'hidden',
    'deletable',
    'selectable',
    'focusable',
    'reconnectable',
    'interactionWidth',
    'pathOptions',
    'ariaLabel',
  ),
})

/** The head and the bare shape; what stands in a node's `data` is its kind's business. */
export const documentShape = z.strictObject({
  baton: z.literal(1, { error: 'must be 1: the version of the document that this Baton reads' }),
  id,
  name,
  description: z.string().max(2_000).optional(),
  language: language.default('en'),
  timezone: timezone.default('UTC'),
  variables: z
    .record(key, z.strictObject({ type: z.enum(variableTypes), label: name.optional() }))
    .default({})
    .refine(
      (record) => Object.keys(record).length <= LIMITS.variables,
      `must hold ${LIMITS.variables} variables at most`,
    ),
  nodes: z
    .array(nodeShape)
    .min(1, 'must hold a start node')
    .max(LIMITS.nodes, `must hold ${LIMITS.nodes} nodes at most`),
  edges: z.array(edgeShape).max(LIMITS.edges, `must hold ${LIMITS.edges} edges at most`).default([]),
  /** For the designer's eyes only: what a conversation does is in nodes and edges. */
  notes: z
    .array(
      z.strictObject({
        id,
        text: z.string().max(LIMITS.textLength),
        position: point,
        width: z.number().optional(),
        height: z.number().optional(),
      }),
    )
    .max(1_000)
    .optional(),
  groups: z
    .array(z.strictObject({ id, name, nodes: z.array(id).max(LIMITS.nodes) }))
    .max(1_000)
    .optional(),
  viewport: z
    .strictObject({ x: z.number(), y: z.number(), zoom: z.number().positive() })
    .default({ x: 0, y: 0, zoom: 1 }),
})

export interface Edge {
  readonly id: string
  readonly source: string
  readonly sourceHandle: string
  readonly target: string
}

/** A node before its kind has read its data. */
export interface BareNode {
  readonly id: string
  readonly type: string
  readonly position: { readonly x: number; readonly y: number }
  readonly data: unknown
}

export interface FlowHead {
  readonly baton: 1
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly language: string
  readonly timezone: string
  readonly variables: Readonly<Record<string, { readonly type: VariableType; readonly label?: string | undefined }>>
  readonly edges: readonly Edge[]
  readonly notes?: readonly {
    readonly id: string
    readonly text: string
    readonly position: { readonly x: number; readonly y: number }
    readonly width?: number | undefined
    readonly height?: number | undefined
  }[]
  readonly groups?: readonly { readonly id: string; readonly name: string; readonly nodes: readonly string[] }[]
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number }
}

function isTimezone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

export type { Json }
