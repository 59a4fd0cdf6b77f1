import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './environment.ts'
import { isRight } from './rights.ts'

/**
 * Refuses an application with an address under `/v1` that is not made by `route` or `openRoute`, and so says of itself
 * neither who may call it nor what it takes: the server does not start with one.
 */
export function demandRights(app: Pick<OpenAPIHono<Env>, 'routes' | 'openAPIRegistry'>): void {
  const declared = new Map(
    app.openAPIRegistry.definitions.flatMap((each) =>
      each.type === 'route'
        ? [
            [
              `${each.route.method.toUpperCase()} ${each.route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
              rightOf(each.route),
            ],
          ]
        : [],
    ),
  )
  for (const { method, path } of app.routes) {
    if (method === 'ALL' || !path.startsWith('/v1/')) continue
    const right = declared.get(`${method} ${path}`)
    if (right !== 'anybody' && !isRight(right ?? ''))
      throw new Error(`${method} ${path} names no right of http/rights.ts; make it by route() of http/route.ts.`)
  }
}

function rightOf(route: object): string {
  return 'x-right' in route && typeof route['x-right'] === 'string' ? route['x-right'] : ''
}
