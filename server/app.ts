import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { authenticate, caller } from './http/auth.ts'
import type { Deps, Env } from './http/environment.ts'
import { demandRights } from './http/every-route.ts'
import { FIRST_FLOW } from './http/first-handoff.ts'
import { SECURE } from './http/headers.ts'
import { allowedMethods } from './http/methods.ts'
import { answerProblem, Problem } from './http/problem.ts'
import { refuseMalformed } from './http/route.ts'
import { advancing } from './http/routes/advance.ts'
import { agents } from './http/routes/agents.ts'
import { auditLog } from './http/routes/audit.ts'
import { backtests } from './http/routes/backtest.ts'
import { bots } from './http/routes/bots.ts'
import { attachments } from './http/routes/attachments.ts'
import { conversations } from './http/routes/conversations.ts'
import { customers } from './http/routes/customers.ts'
import { deadLetters } from './http/routes/dead-letters.ts'
import { deskLists } from './http/routes/desk.ts'
import { dryRuns } from './http/routes/dry-run.ts'
import { flows } from './http/routes/flows.ts'
import { health } from './http/routes/health.ts'
import { hooks } from './http/routes/hooks.ts'
import { keys } from './http/routes/keys.ts'
import { metrics } from './http/routes/metrics.ts'
import { migrations } from './http/routes/migration.ts'
import { byProvider } from './http/routes/oidc.ts'
import { pages } from './http/routes/pages.ts'
import { promises } from './http/routes/promises.ts'
import { queues } from './http/routes/queues.ts'
import { replies } from './http/routes/replies.ts'
import { schedules } from './http/routes/schedules.ts'
import { scrape } from './http/routes/scrape.ts'
import { ownSession, signingIn } from './http/routes/session.ts'
import { streams } from './http/routes/streams.ts'
import { teams } from './http/routes/teams.ts'
import { transcriptMails } from './http/routes/transcript-mail.ts'
import { typing } from './http/routes/typing.ts'
import { users } from './http/routes/users.ts'
import { whys } from './http/routes/why.ts'
import { identify, widgetStart } from './http/routes/widget.ts'

export type AppDeps = Deps

/** The HTTP application over its ports: no socket, no file, no database of its own. */
export function createApp(deps: Deps) {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseMalformed })
  app.onError((thrown, c) => answerProblem(thrown, c, deps.log))
  app.notFound((c) => answerProblem(notFound(c.req.path, allowedMethods(app.routes, c.req.path)), c, deps.log))
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of a role, or the token of one customer’s conversation.',
  })
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined
  // Ahead of the middleware, which they do not need: see there.
  const hot = app
    .route('/v1', advancing(deps))
    .route('/v1', widgetStart(deps))
    .route('/v1', hooks(deps))
    .route('/v1', signingIn(deps))
    .route('/v1', byProvider(deps))
  hot.use(secure)
  hot.use(unread)
  hot.use('/v1/*', authenticate(deps))
  hot.use('/v1/*', noted(deps))
  for (const built of [deps.editor, deps.desk, deps.widgetFiles]) if (built) hot.route('/', built)
  const whole = hot
    .route('/v1', conversations(deps))
    .route('/v1', whys(deps))
    .route('/v1', streams(deps))
    .route('/v1', typing(deps))
    .route('/v1', attachments(deps))
    .route('/v1', transcriptMails(deps))
    .route('/v1', identify(deps))
    .route('/v1', deskLists(deps))
    .route('/v1', replies(deps))
    .route('/v1', flows(deps))
    .route('/v1', migrations(deps))
    .route('/v1', bots(deps))
    .route('/v1', agents(deps))
    .route('/v1', teams(deps))
    .route('/v1', schedules(deps))
    .route('/v1', queues(deps))
    .route('/v1', deadLetters(deps))
    .route('/v1', customers(deps))
    .route('/v1', promises(deps))
    .route('/v1', dryRuns(deps))
    .route('/v1', backtests(deps))
    .route('/v1', metrics(deps))
    .route('/v1', keys(deps))
    .route('/v1', ownSession(deps))
    .route('/v1', users(deps))
    .route('/v1', auditLog(deps))
    .route('/health', health(deps))
    .route('/', scrape(deps))
    .route(
      '/',
      pages(
        () => (document ??= app.getOpenAPI31Document(ABOUT)),
        async () => (await deps.flows.live(FIRST_FLOW)) !== undefined,
      ),
    )
  demandRights(whole)
  return whole
}

/** For the line of each request: who called, once that is known. */
function noted({ requests }: Pick<Deps, 'requests'>): MiddlewareHandler<Env> {
  return (c, next) => {
    requests?.note(c.req.raw, caller(c))
    return next()
  }
}

/** The template of the route that answers, such as `/v1/agents/:id`; `none` where there is none. */
export function routeOf({ router }: Pick<AppType, 'router'>, method: string, path: string): string {
  const [found] = router.match(method === 'HEAD' ? 'GET' : method, path)
  // Layers stand for all methods; of what is left the last one answers.
  const route = found.findLast(([[, each]]) => each.method !== 'ALL')?.[0][1]
  return route?.path ?? 'none'
}

/** What a typed client (`hc<AppType>()`) needs. */
export type AppType = ReturnType<typeof createApp>

/** Before the handler, so that an answer is built once with all its headers. */
const secure: MiddlewareHandler = (c, next) => {
  for (const [name, value] of Object.entries(SECURE)) c.header(name, value)
  return next()
}

/** Who asks for the head only reads no body: it is given back, since a stream would be held for ever. */
const unread: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method === 'HEAD') await c.res.body?.cancel()
}

function notFound(path: string, methods: readonly string[]): Problem {
  if (methods.length === 0)
    return new Problem('no-route', `There is nothing at ${path.slice(0, 200)}; /docs lists every address.`)
  const allow = methods.join(', ')
  return new Problem('method-not-allowed', `This address takes ${allow} only.`, { headers: { Allow: allow } })
}

const ABOUT = {
  openapi: '3.1.0',
  info: {
    title: 'Baton',
    version: '1',
    description: [
      'Conversations between chatbots and people over saved flows.\n\nJSON in, JSON out.',
      'Send a key as `Authorization: Bearer <key>`.',
      'Every refusal is an RFC 9457 problem whose `detail` names the cure; a refusal changes nothing.',
      'Times are ISO 8601 in UTC, durations in milliseconds.',
      'Lists are `{items, next}`; send `next` as `cursor` for the following page.',
    ].join(' '),
  },
}
