import { OpenAPIHono } from '@hono/zod-openapi'
import type { Flow } from '#engine/index.ts'
import { tell } from '../audited.ts'
import type { Deps, Env } from '../environment.ts'
import { MEGABYTE } from '../json-body.ts'
import { Problem } from '../problem.ts'
import { gives, mayTakeJson, route } from '../route.ts'
import { FLOW_LIMIT_MB } from '../schemas/flow.ts'
import { idParam } from '../schemas/list.ts'
import { migrationPreview, moveBody, moved, previewBody } from '../schemas/migration.ts'
import { noVersion, readFlow } from './flows.ts'

const previewRoute = route(
  'flows.publish',
  ['not-found', 'invalid', 'unavailable'],
  '/flows/{id}/migration/preview',
  {
    method: 'post',
    tags: ['Flows'],
    summary: 'Who would move to another version of a flow',
    description:
      'Counts the conversations that run on other versions: those for which the move is proved safe, and those that ' +
      'stay, with the reason. The target is the saved draft, a published `version`, or a `flow` that is not saved. ' +
      'Nothing is changed.',
    request: { params: idParam, body: mayTakeJson(previewBody) },
    responses: { 200: gives('Counts, by version and state.', migrationPreview) },
  },
  FLOW_LIMIT_MB * MEGABYTE,
)
const moveRoute = route('flows.publish', ['not-found', 'unpublished', 'unavailable'], '/flows/{id}/migration', {
  method: 'post',
  tags: ['Flows'],
  summary: 'Move running conversations to a version of their flow',
  'x-audit': 'flow.migrated',
  description:
    'Each moves all or not at all, and only where that is proved safe as it stands at that moment. Nothing is said to ' +
    'the customer. Asking again does no harm; ask again while some are `left`.',
  request: { params: idParam, body: mayTakeJson(moveBody) },
  responses: { 200: gives('Who moved, and who stayed and why.', moved) },
})

/** Moving conversations that run to a version of their flow that was published since. */
export function migrations({ runtime, flows: store }: Pick<Deps, 'runtime' | 'flows'>) {
  const target = async (id: string, document: Flow | undefined, version: number | undefined) => {
    if (document !== undefined && version !== undefined)
      throw new Problem('invalid', 'Name a flow or a version, not both.', {
        errors: [{ pointer: '/version', message: 'is there beside “flow”' }],
      })
    if (document !== undefined) return sameId(readFlow(document), id)
    const flow = version === undefined ? (await store.draft(id))?.flow : await store.version(id, version)
    if (flow) return flow
    throw version === undefined ? missing(id) : noVersion(id, version)
  }
  return new OpenAPIHono<Env>()
    .openapi(previewRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { flow, version } = c.req.valid('json')
      return c.json(await runtime.migrations.preview(await target(id, flow, version), version ?? null), 200)
    })
    .openapi(moveRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { version, ...which } = c.req.valid('json')
      const to = version ?? (await store.live(id))?.version
      if (to === undefined) throw (await store.draft(id)) ? neverPublished(id) : missing(id)
      if (!(await store.version(id, to))) throw noVersion(id, to)
      const done = await runtime.migrations.move(id, to, which)
      tell(c, { change: { after: { version: to, moved: done.moved.length } } })
      return c.json(done, 200)
    })
}

function sameId(flow: Flow, id: string): Flow {
  if (flow.id === id) return flow
  throw new Problem('invalid', `The flow’s id is “${flow.id}” and the address says “${id}”; make them the same.`, {
    errors: [{ pointer: '/flow/id', message: `must be “${id}”` }],
  })
}

function missing(id: string): Problem {
  return new Problem('not-found', `There is no flow “${id}”; GET /v1/flows lists those there are.`)
}

function neverPublished(id: string): Problem {
  return new Problem(
    'unpublished',
    `Flow “${id}” has no published version to move to. Publish it with POST /v1/flows/${id}/publish.`,
  )
}
