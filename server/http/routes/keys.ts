import { OpenAPIHono } from '@hono/zod-openapi'
import { parseDuration } from '#engine/index.ts'
import type { KeyRecord } from '#server/identity/keys.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { tell } from '../audited.ts'
import { caller, demandAll } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { rightsOf } from '../rights.ts'
import { gives, mayTakeJson, route, takesJson } from '../route.ts'
import { keyBody, keyView, newKey, rotateBody, self, tokensRotated } from '../schemas/key.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'
import { shownUser } from './session.ts'

const tags = ['Keys']

const listRoute = route('keys.manage', ['unavailable'], '/keys', {
  method: 'get',
  tags,
  summary: 'List keys',
  responses: { 200: gives('All keys, without their secrets.', listOf(keyView)) },
})
const createRoute = route('keys.manage', ['invalid', 'unavailable'], '/keys', {
  method: 'post',
  tags,
  summary: 'Make a key',
  description: 'It may do no more than the key or the person who makes it.',
  'x-audit': 'key.made',
  request: { body: takesJson(keyBody) },
  responses: { 201: gives('The key, shown this once.', newKey, { Location: 'The list of keys.' }) },
})
const rotateRoute = route('keys.manage', ['not-found', 'invalid', 'unavailable'], '/keys/{id}/rotate', {
  method: 'post',
  tags,
  summary: 'Give a key a new secret',
  description: 'The earlier one works until the overlap ends: time to bring the new one wherever the key is used.',
  'x-audit': 'key.rotated',
  request: { params: idParam, body: mayTakeJson(rotateBody) },
  responses: { 200: gives('The key with its new secret, shown this once.', newKey) },
})
const tokensRoute = route('keys.manage', ['invalid', 'unavailable'], '/tokens/rotate', {
  method: 'post',
  tags,
  summary: 'End the tokens of all customers',
  description:
    'New ones are signed by a new secret; those given out before open their conversations until the overlap ends. A ' +
    'customer whose token has ended begins anew, or goes on with what was open by a signed identity.',
  'x-audit': 'tokens.rotated',
  request: { body: mayTakeJson(rotateBody) },
  responses: { 200: gives('From now on.', tokensRotated) },
})
const revokeRoute = route('keys.manage', ['not-found', 'invalid', 'unavailable'], '/keys/{id}', {
  method: 'delete',
  tags,
  summary: 'Revoke a key',
  description: 'Streams that are open by it end within five seconds, on all nodes.',
  'x-audit': 'key.revoked',
  request: { params: idParam },
  responses: { 204: { description: 'Revoked: it opens nothing from now on.' } },
})
const selfRoute = route('keys.self', ['unavailable'], '/keys/self', {
  method: 'get',
  tags,
  summary: 'See whom this key speaks for',
  responses: { 200: gives('Role and, for an agent or a customer, who it is.', self) },
})

const DEFAULT_OVERLAP = '24h'
const LONGEST_OVERLAP = 30 * 86_400_000

/** Keys: made once, shown once, revoked at once. */
export function keys({
  keys: store,
  tokenSecrets,
  clock,
  runtime,
}: Pick<Deps, 'keys' | 'tokenSecrets' | 'clock' | 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await store.list()), 200))
    .openapi(createRoute, async (c) => {
      const wanted = c.req.valid('json')
      demandAll(caller(c), wanted)
      if (wanted.expiresAt !== undefined && Date.parse(wanted.expiresAt) <= clock.now()) {
        throw new Problem('invalid', 'The key would have expired already; set “expiresAt” to a time to come.', {
          errors: [{ pointer: '/expiresAt', message: 'must be a time to come' }],
        })
      }
      const { record, secret } = await store.create(wanted, clock.now())
      tell(c, { id: record.id, change: { after: outline(record) } })
      return c.json({ ...record, key: secret }, 201, { Location: '/v1/keys' })
    })
    .openapi(rotateRoute, async (c) => {
      const { id } = c.req.valid('param')
      const overlap = overlapOf(c.req.valid('json').overlap)
      demandAll(caller(c), await existing(id))
      const { record, secret } = (await store.rotate(id, overlap, clock.now())) ?? missing(id)
      tell(c, { change: { after: { overlap } } })
      return c.json({ ...record, key: secret }, 200)
    })
    .openapi(revokeRoute, async (c) => {
      const { id } = c.req.valid('param')
      const before = await existing(id)
      demandAll(caller(c), before)
      if (!(await store.revoke(id))) missing(id)
      tell(c, { change: { before: outline(before) } })
      return c.body(null, 204)
    })
    .openapi(tokensRoute, async (c) => {
      const until = clock.now() + overlapOf(c.req.valid('json').overlap)
      await tokenSecrets.rotate(until, clock.now())
      const earlierUntil = new Date(until).toISOString()
      tell(c, { id: 'customers', change: { after: { earlierUntil } } })
      return c.json({ earlierUntil }, 200)
    })
    .openapi(selfRoute, async (c) => {
      const who = caller(c)
      const can = { rights: rightsOf(who) }
      if (who.role === 'customer') return c.json({ role: who.role, conversation: who.conversation, ...can }, 200)
      const named = {
        ...(who.name === undefined ? {} : { name: who.name }),
        ...(who.user ? { user: shownUser(who.user) } : {}),
      }
      if (who.role !== 'agent') return c.json({ role: who.role, ...named, ...can }, 200)
      return c.json({ role: who.role, agent: who.agent, ...named, ...(await agentNamed(who.agent)), ...can }, 200)
    })

  async function existing(id: string): Promise<KeyRecord> {
    if (id === 'admin')
      throw new Problem(
        'invalid',
        'The admin’s key is configuration: change BATON_ADMIN_KEY, or delete admin.key in the data folder; restart.',
      )
    return (await store.read(id)) ?? missing(id)
  }

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

/** What an entry of the audit log says of a key. */
function outline({ role, agent, name, scopes, expiresAt }: KeyRecord) {
  return {
    role,
    ...(agent === undefined ? {} : { agent }),
    ...(name === undefined ? {} : { name }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

function overlapOf(text = DEFAULT_OVERLAP): number {
  const overlap = parseDuration(text)
  if (overlap !== undefined && overlap <= LONGEST_OVERLAP) return overlap
  throw new Problem(
    'invalid',
    `“${text.slice(0, 100)}” is no overlap; write a duration of 30 days at most, such as 24h.`,
    {
      errors: [{ pointer: '/overlap', message: 'must be a duration of 30 days at most, such as 24h' }],
    },
  )
}

function missing(id: string): never {
  throw new Problem('not-found', `There is no key “${id}”; GET /v1/keys lists those there are.`)
}
