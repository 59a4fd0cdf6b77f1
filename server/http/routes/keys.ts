import { OpenAPIHono } from '@hono/zod-openapi'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives, route, takesJson } from '../route.ts'
import { keyBody, keyView, newKey, self } from '../schemas/key.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'

const tags = ['Keys']

const listRoute = route('keys.manage', [], '/keys', {
  method: 'get',
  tags,
  summary: 'List keys',
  responses: { 200: gives('All keys, without their secrets.', listOf(keyView)) },
})
const createRoute = route('keys.manage', ['invalid'], '/keys', {
  method: 'post',
  tags,
  summary: 'Make a key',
  request: { body: takesJson(keyBody) },
  responses: { 201: gives('The key, shown this once.', newKey, { Location: 'The list of keys.' }) },
})
const revokeRoute = route('keys.manage', ['not-found', 'invalid'], '/keys/{id}', {
  method: 'delete',
  tags,
  summary: 'Revoke a key',
  request: { params: idParam },
  responses: { 204: { description: 'Revoked: it opens nothing from now on.' } },
})
const selfRoute = route('keys.self', ['unavailable'], '/keys/self', {
  method: 'get',
  tags,
  summary: 'See whom this key speaks for',
  responses: { 200: gives('Role and, for an agent or a customer, who it is.', self) },
})

/** Keys: made once, shown once, revoked at once. */
export function keys({ keys: store, clock, runtime }: Pick<Deps, 'keys' | 'clock' | 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await store.list()), 200))
    .openapi(createRoute, async (c) => {
      const wanted = c.req.valid('json')
      if (wanted.expiresAt !== undefined && Date.parse(wanted.expiresAt) <= clock.now()) {
        throw new Problem('invalid', 'The key would have expired already; set “expiresAt” to a time to come.', {
          errors: [{ pointer: '/expiresAt', message: 'must be a time to come' }],
        })
      }
      const { record, secret } = await store.create(wanted, clock.now())
      return c.json({ ...record, key: secret }, 201, { Location: '/v1/keys' })
    })
    .openapi(revokeRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (id === 'admin')
        throw new Problem(
          'invalid',
          'The admin’s key is configuration: change BATON_ADMIN_KEY, or delete admin.key in the data folder; restart.',
        )
      if (!(await store.revoke(id)))
        throw new Problem('not-found', `There is no key “${id}”; GET /v1/keys lists those there are.`)
      return c.body(null, 204)
    })
    .openapi(selfRoute, async (c) => {
      const who = caller(c)
      if (who.role === 'customer') return c.json({ role: who.role, conversation: who.conversation }, 200)
      const named = who.name === undefined ? {} : { name: who.name }
      if (who.role !== 'agent') return c.json({ role: who.role, ...named }, 200)
      return c.json({ role: who.role, agent: who.agent, ...named, ...(await agentNamed(who.agent)) }, 200)
    })

  /** An agent's own name; none before the agent is registered. */
  async function agentNamed(id: string): Promise<{ readonly name?: string }> {
    try {
      return { name: (await runtime.desk.agent(id)).name }
    } catch (error) {
      if (error instanceof RuntimeError && error.code === 'not-found') return {}
      throw error
    }
  }
}
