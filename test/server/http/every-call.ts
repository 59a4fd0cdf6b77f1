import type { Right } from '#server/http/rights.ts'
import { at, type createWorld } from './world.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly right: Right | 'anybody'
  /** What the audit log calls it. */
  readonly audit: string | undefined
}

/** Every call of the OpenAPI document under /v1. */
export async function everyCall(world: ReturnType<typeof createWorld>): Promise<readonly Call[]> {
  const { body } = await world.anybody.get('/openapi.json')
  // The document that the server makes of its routes.
  return Object.entries(at(body, 'paths') as Record<string, Record<string, unknown>>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(() => path.startsWith('/v1/'))
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        right: at(operation, 'x-right') as Right | 'anybody',
        audit: at(operation, 'x-audit') as string | undefined,
      })),
  )
}

/** The path with an id for each of its parameters. */
export function pathTo({ path }: Call, id: string): string {
  return path.replaceAll(/\{\w+\}/g, id)
}
