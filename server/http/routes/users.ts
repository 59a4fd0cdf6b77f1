import { OpenAPIHono } from '@hono/zod-openapi'
import { madePassword } from '#server/identity/passwords.ts'
import type { User } from '#server/identity/users.ts'
import { tell } from '../audited.ts'
import { caller, demandAll } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives, mayTakeJson, route, takesJson } from '../route.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'
import { newUserBody, passwordBody, userBody, userView, userWithPassword } from '../schemas/user.ts'
import { demandGoodPassword } from './session.ts'

const tags = ['Users']

const listRoute = route('users.manage', ['unavailable'], '/users', {
  method: 'get',
  tags,
  summary: 'List people',
  responses: { 200: gives('All who may sign in, and who may no more.', listOf(userView)) },
})
const createRoute = route('users.manage', ['exists', 'invalid', 'unavailable'], '/users', {
  method: 'post',
  tags,
  summary: 'Add a person',
  description: 'Who signs in by the provider is added by the first sign-in.',
  'x-audit': 'user.added',
  request: { body: takesJson(newUserBody) },
  responses: { 201: gives('Added.', userWithPassword, { Location: 'The person.' }) },
})
const readRoute = route('users.manage', ['not-found', 'unavailable'], '/users/{id}', {
  method: 'get',
  tags,
  summary: 'Read a person',
  request: { params: idParam },
  responses: { 200: gives('The person.', userView) },
})
const changeRoute = route('users.manage', ['not-found', 'exists', 'unavailable'], '/users/{id}', {
  method: 'put',
  tags,
  summary: 'Change or disable a person',
  description:
    'It counts within seconds, for open sessions and streams too. Name, address and role of who signs in by the ' +
    'provider are the provider’s: they are set anew with every sign-in.',
  'x-audit': 'user.changed',
  request: { params: idParam, body: takesJson(userBody) },
  responses: { 200: gives('Changed.', userView) },
})
const removeRoute = route('users.manage', ['not-found', 'unavailable'], '/users/{id}', {
  method: 'delete',
  tags,
  summary: 'Remove a person',
  description: 'Disable who should not come back by the provider: who is removed is added by the next sign-in there.',
  'x-audit': 'user.removed',
  request: { params: idParam },
  responses: { 204: { description: 'Removed, and signed out everywhere.' } },
})
const passwordRoute = route('users.manage', ['not-found', 'invalid', 'unavailable'], '/users/{id}/password', {
  method: 'put',
  tags,
  summary: 'Set a person’s password',
  description: 'The person is signed out everywhere.',
  'x-audit': 'user.password',
  request: { params: idParam, body: mayTakeJson(passwordBody) },
  responses: { 200: gives('Set.', userWithPassword) },
})

/** People: who may sign in, and as what. */
export function users({ users: store, passwords, clock }: Pick<Deps, 'users' | 'passwords' | 'clock'>) {
  const existing = async (id: string) => (await store.read(id)) ?? missing(id)
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await store.list()), 200))
    .openapi(createRoute, async (c) => {
      const { password: asked, ...about } = c.req.valid('json')
      demandAll(caller(c), about)
      const password = asked ?? madePassword()
      demandGoodPassword(password, about, '/password')
      const made = await store.create({ ...about, password: await passwords.hash(password) }, clock.now())
      if (!made) throw nameTaken(about.name)
      tell(c, { id: made.id, change: { after: outline(made) } })
      return c.json({ ...made, ...(asked === undefined ? { password } : {}) }, 201, {
        Location: `/v1/users/${encodeURIComponent(made.id)}`,
      })
    })
    .openapi(readRoute, async (c) => c.json(await existing(c.req.valid('param').id), 200))
    .openapi(changeRoute, async (c) => {
      const { id } = c.req.valid('param')
      const wanted = c.req.valid('json')
      const before = await existing(id)
      demandAll(caller(c), before)
      demandAll(caller(c), wanted)
      const after = await store.change(id, wanted)
      if (after === 'taken') throw nameTaken(wanted.name)
      tell(c, { change: { before: outline(before), after: outline(after ?? missing(id)) } })
      return c.json(after ?? missing(id), 200)
    })
    .openapi(removeRoute, async (c) => {
      const { id } = c.req.valid('param')
      const before = await existing(id)
      demandAll(caller(c), before)
      if (!(await store.remove(id))) missing(id)
      tell(c, { change: { before: outline(before) } })
      return c.body(null, 204)
    })
    .openapi(passwordRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { password: asked } = c.req.valid('json')
      const user = await existing(id)
      demandAll(caller(c), user)
      const password = asked ?? madePassword()
      demandGoodPassword(password, user, '/password')
      if (!(await store.setPassword(id, await passwords.hash(password))))
        throw new Problem('invalid', `“${user.name}” signs in by the provider and has no password here.`)
      return c.json({ ...user, ...(asked === undefined ? { password } : {}) }, 200)
    })
}

/** What an entry of the audit log says of a person. */
function outline({ name, role, agent, disabled }: User) {
  return { name, role, ...(agent === undefined ? {} : { agent }), disabled }
}

function nameTaken(name: string): Problem {
  return new Problem('exists', `There is somebody called “${name}” already; choose another name.`, {
    errors: [{ pointer: '/name', message: 'is taken' }],
  })
}

function missing(id: string): never {
  throw new Problem('not-found', `There is no user “${id}”; GET /v1/users lists those there are.`)
}
