import { Problem } from './problem.ts'

/**
 * The body under the address’s id. A body may repeat its id, so that what was read can be sent back; it may not differ.
 */
export function sameId<Body extends { readonly id?: string }>(id: string, body: Body): Body & { readonly id: string } {
  if (body.id === undefined || body.id === id) return { ...body, id }
  throw new Problem(
    'invalid',
    `The body’s id is “${body.id}” and the address says “${id}”; make them the same, or leave it out of the body.`,
    { errors: [{ pointer: '/id', message: `must be “${id}”` }] },
  )
}
