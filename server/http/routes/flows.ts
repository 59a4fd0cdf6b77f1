import { OpenAPIHono, z } from '@hono/zod-openapi'
import { exportFlow, parseFlow, type Fault, type Flow } from '#engine/index.ts'
import { tell } from '../audited.ts'
import { etag, ifMatchTag, mustNotExist } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { MEGABYTE } from '../json-body.ts'
import { Problem } from '../problem.ts'
import { gives, header, mayTakeJson, route, takesJson } from '../route.ts'
import {
  exportQuery,
  exportTypes,
  FLOW_LIMIT_MB,
  flowBody,
  flowProblem,
  flowSummary,
  flowVersion,
  publishBody,
  rollbackBody,
  saved,
} from '../schemas/flow.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'

const tags = ['Flows']
const LIMIT = FLOW_LIMIT_MB * MEGABYTE
const ETAG = { ETag: 'A hash of the draft’s content, quoted.' }
const IF_MATCH = header('If-Match', 'The ETag the caller saw; refused with 412 when the draft has changed.')

const listRoute = route('flows.read', [], '/flows', {
  method: 'get',
  tags,
  summary: 'List saved flows',
  responses: { 200: gives('All flows, also those whose file is broken.', listOf(flowSummary)) },
})
const readRoute = route('flows.read', ['not-found'], '/flows/{id}', {
  method: 'get',
  tags,
  summary: 'Read a flow’s draft',
  request: { params: idParam },
  responses: { 200: gives('The draft: the document that the editor, git and the server all read.', flowBody, ETAG) },
})
const saveRoute = route(
  'flows.write',
  ['version-mismatch', 'invalid'],
  '/flows/{id}',
  {
    method: 'put',
    tags,
    summary: 'Save a flow’s draft',
    'x-audit': 'flow.saved',
    description:
      'A malformed document is refused with all of its faults. ' +
      'What the check finds does not keep a draft from being saved; it comes back as `problems`.',
    parameters: [IF_MATCH, header('If-None-Match', '`*`: refused with 412 when the flow exists already.')],
    request: { params: idParam, body: takesJson(flowBody) },
    responses: { 200: gives('Saved, and on the disk.', saved, ETAG) },
  },
  LIMIT,
)
const removeRoute = route('flows.write', ['not-found', 'version-mismatch'], '/flows/{id}', {
  method: 'delete',
  tags,
  summary: 'Delete a flow',
  'x-audit': 'flow.deleted',
  description: 'Conversations that run on it go on: published versions stay.',
  parameters: [IF_MATCH],
  request: { params: idParam },
  responses: { 204: { description: 'Deleted.' } },
})
const publishRoute = route('flows.publish', ['not-found', 'flow-problems', 'version-mismatch'], '/flows/{id}/publish', {
  method: 'post',
  tags,
  summary: 'Publish a flow’s draft',
  'x-audit': 'flow.published',
  description:
    'Freezes it as the next version, on which new conversations begin. Refused while the check finds errors.',
  parameters: [IF_MATCH],
  request: { params: idParam, body: mayTakeJson(publishBody) },
  responses: { 200: gives('The new live version.', flowVersion) },
})
const versionsRoute = route('flows.read', ['not-found'], '/flows/{id}/versions', {
  method: 'get',
  tags,
  summary: 'List a flow’s published versions',
  request: { params: idParam },
  responses: { 200: gives('All versions.', listOf(flowVersion)) },
})
const rollbackRoute = route('flows.publish', ['not-found'], '/flows/{id}/rollback', {
  method: 'post',
  tags,
  summary: 'Make an earlier version the live one',
  'x-audit': 'flow.rolled-back',
  request: { params: idParam, body: takesJson(rollbackBody) },
  responses: { 200: gives('The version that is live again.', flowVersion) },
})
const checkRoute = route(
  'flows.read',
  [],
  '/flows/check',
  {
    method: 'post',
    tags,
    summary: 'Check a flow without saving it',
    request: { body: takesJson(flowBody) },
    responses: { 200: gives('What the check finds.', z.object({ problems: z.array(flowProblem).readonly() })) },
  },
  LIMIT,
)
const exportRoute = route('flows.read', ['not-found'], '/flows/{id}/export', {
  method: 'get',
  tags,
  summary: 'Export a flow',
  description:
    'As the document itself, as an XState machine’s configuration, as a Mermaid state diagram, as SCXML, or as the picture that the editor shows, in SVG.',
  request: { params: idParam, query: exportQuery },
  responses: {
    200: {
      description: 'The export.',
      content: {
        'application/json': { schema: {} },
        'text/plain': { schema: {} },
        'application/scxml+xml': { schema: {} },
        'image/svg+xml': { schema: {} },
      },
    },
  },
})

/** Saved flows: drafts, published versions, check, export. */
export function flows({ flows: store, checks }: Pick<Deps, 'flows' | 'checks'>) {
  const existing = async (id: string) => (await store.draft(id)) ?? missing(id)
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await store.list()), 200))
    .openapi(readRoute, async (c) => {
      const draft = await existing(c.req.valid('param').id)
      return c.json(draft.flow, 200, { ETag: etag(draft.etag) })
    })
    .openapi(saveRoute, async (c) => {
      const { flow, problems } = readable(await checks.check({ document: c.req.valid('json'), paths: false }))
      const { id } = c.req.valid('param')
      if (flow.id !== id)
        throw new Problem(
          'invalid',
          `The flow’s id is “${flow.id}” and the address says “${id}”; make them the same.`,
          { errors: [{ pointer: '/id', message: `must be “${id}”` }] },
        )
      const draft = await store.save(flow, mustNotExist(c) ? null : ifMatchTag(c))
      return c.json({ id, name: flow.name, etag: draft.etag, published: draft.published, problems }, 200, {
        ETag: etag(draft.etag),
      })
    })
    .openapi(removeRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (!(await store.remove(id, ifMatchTag(c)))) missing(id)
      return c.body(null, 204)
    })
    .openapi(publishRoute, async (c) => {
      const { id } = c.req.valid('param')
      const published = await store.publish(id, c.req.valid('json').note, ifMatchTag(c))
      tell(c, { change: { after: { version: published.version } } })
      return c.json(published, 200)
    })
    .openapi(versionsRoute, async (c) => {
      const { id } = c.req.valid('param')
      await existing(id)
      return c.json(whole(await store.versions(id)), 200)
    })
    .openapi(rollbackRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { version } = c.req.valid('json')
      if (!(await store.version(id, version))) throw noVersion(id, version)
      const before = (await store.live(id))?.version
      const live = await store.rollback(id, version)
      tell(c, { change: { ...(before === undefined ? {} : { before: { version: before } }), after: { version } } })
      return c.json(live, 200)
    })
    .openapi(checkRoute, async (c) => {
      const { problems } = readable(await checks.check({ document: c.req.valid('json'), paths: true }))
      return c.json({ problems }, 200)
    })
    .openapi(exportRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { as, version } = c.req.valid('query')
      const flow = version === undefined ? (await existing(id)).flow : await store.version(id, version)
      if (!flow) throw noVersion(id, version)
      return c.body(exportFlow(flow, as), 200, { 'Content-Type': exportTypes[as] })
    })
}

/** The flow that a body holds; a malformed one is refused with every fault at once. */
export function readFlow(body: unknown): Flow {
  return readable(parseFlow(body)).flow
}

function readable<Read extends { readonly ok: true }>(
  read: Read | { readonly ok: false; readonly faults: readonly Fault[] },
): Read {
  if (read.ok) return read
  const errors = read.faults.map(({ pointer, message }) => ({ pointer, message }))
  throw new Problem('malformed', `The flow has ${counted(errors.length, 'fault')}; see “errors”.`, { errors })
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function missing(id: string): never {
  throw new Problem('not-found', `There is no flow “${id}”; GET /v1/flows lists those there are.`)
}

export function noVersion(id: string, version: number | undefined): Problem {
  return new Problem(
    'not-found',
    `The flow “${id}” has no version ${version}; GET /v1/flows/${id}/versions lists those there are.`,
  )
}
