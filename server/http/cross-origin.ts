/**
 * Which pages may call: browsers ask, programs do not. Keys travel in a header that a page must be given, never by
 * themselves as cookies do, so a page that may call has no more rights than its key.
 *
 *   pages of CORS_ORIGINS            everything
 *   pages that may hold the widget   what a customer's token opens, and the widget's own files
 *
 * It stands around the application and not in it: a request without an Origin must not pay for it.
 */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { WidgetRules } from './widget-rules.ts'

type Answering = (request: Request, env?: object) => Response | Promise<Response>

const WIDGETS = /^\/v1\/(?:widget|conversations)\//

/** An application that answers pages of other origins too. */
export function crossOrigin(
  answer: Answering,
  origins: readonly string[],
  rules: Pick<WidgetRules, 'takesOrigin'>,
): Answering {
  const mayCall = (origin: string, path: string): boolean =>
    origins.includes('*') || origins.includes(origin) || (WIDGETS.test(path) && rules.takesOrigin(origin))
  const allowing = cors({
    origin: (origin, c) => (mayCall(origin, c.req.path) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'Last-Event-ID'],
    exposeHeaders: ['ETag', 'Location', 'Retry-After', 'Content-Disposition'],
    maxAge: 600,
  })
  const open = new Hono<{ Bindings: object }>().use(allowing).all('*', (c) => answer(c.req.raw, c.env))
  return (request, env) => (request.headers.get('origin') === null ? answer(request, env) : open.fetch(request, env))
}
