import { z } from '@hono/zod-openapi'
import { exportFormats, type ExportFormat, type Flow } from '#engine/index.ts'
import { isoTime } from './list.ts'
import { documentOf, maybe } from './maybe.ts'

export const FLOW_LIMIT_MB = 10

/** The engine reads flows itself and names every fault at once; here stands only what the documents show. */
export const flowBody = documentOf<Flow>().openapi('Flow', {
  type: 'object',
  required: ['baton', 'id', 'name', 'nodes', 'edges'],
  properties: {
    baton: { type: 'integer', enum: [1] },
    id: { type: 'string' },
    name: { type: 'string' },
    language: { type: 'string' },
    timezone: { type: 'string' },
    variables: { type: 'object' },
    nodes: { type: 'array', items: { type: 'object' } },
    edges: { type: 'array', items: { type: 'object' } },
    viewport: { type: 'object' },
  },
  example: {
    baton: 1,
    id: 'hello',
    name: 'Hello',
    language: 'en',
    timezone: 'Europe/Berlin',
    variables: {},
    nodes: [
      { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
      { id: 'greet', type: 'say', position: { x: 200, y: 0 }, data: { text: 'Hello!' } },
      { id: 'end', type: 'close', position: { x: 400, y: 0 }, data: {} },
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'greet' },
      { id: 'e2', source: 'greet', sourceHandle: 'next', target: 'end' },
    ],
    viewport: { x: 0, y: 0, zoom: 1 },
  },
})

const fault = z.object({ pointer: z.string(), node: z.string().nullable(), message: z.string() })

export const flowSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    etag: z.string().openapi({ description: 'The draft’s etag.' }),
    published: z.int().nullable().openapi({ description: 'The live version.' }),
    updatedAt: isoTime,
    broken: maybe(z.object({ file: z.string(), faults: z.array(fault).readonly() })).openapi({
      description: 'Set when the saved file cannot be read as a flow.',
    }),
  })
  .openapi('FlowSummary')

export const flowProblem = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    node: z.string().nullable(),
    pointer: z.string(),
    message: z.string(),
    path: maybe(z.array(z.unknown()).readonly()),
  })
  .openapi('FlowProblem')

export const saved = z
  .object({
    id: z.string(),
    name: z.string(),
    etag: z.string(),
    published: z.int().nullable(),
    problems: z
      .array(flowProblem)
      .readonly()
      .openapi({ description: 'What the check finds; errors among them keep it from being published.' }),
  })
  .openapi('SavedFlow')

export const flowVersion = z
  .object({
    version: z.int(),
    publishedAt: isoTime,
    note: maybe(z.string()),
    live: z.boolean().openapi({ description: 'Whether new conversations begin on it.' }),
  })
  .openapi('FlowVersion')

export const publishBody = z.strictObject({ note: maybe(z.string().max(2_000)) })
export const rollbackBody = z.strictObject({ version: z.int().min(1) })

/** The forms in which a flow leaves, each with its media type. */
export const exportTypes = {
  json: 'application/json',
  xstate: 'application/json',
  mermaid: 'text/plain; charset=utf-8',
  scxml: 'application/scxml+xml; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
} as const satisfies Record<ExportFormat, string>

export const exportQuery = z.strictObject({
  as: z.enum(exportFormats).default('json'),
  version: maybe(z.coerce.number().int().min(1)).openapi({
    type: 'integer',
    description: 'A published version; the draft when left out.',
  }),
})
