import { expect, test } from 'vitest'
import { rightsOf } from '#server/http/rights.ts'
import { at, createWorld } from './world.ts'

const PASSWORD = 'nine blue kettles sing'
const NEXT = 'seven red lanterns glow'

async function withAnna(role: 'agent' | 'designer' = 'agent') {
  const world = createWorld()
  const agent = role === 'agent' ? { agent: 'anna' } : {}
  const email = 'anna@example.com'
  const made = await world
    .as('admin')
    .post('/v1/users', { name: 'Anna Meyer', email, role, ...agent, password: PASSWORD })
  expect(made.status).toBe(201)
  const signIn = (name: string, password: string) => world.anybody.post('/v1/session', { name, password })
  const anna = async (password = PASSWORD) => world.with(String(at((await signIn('Anna Meyer', password)).body, 'key')))
  return { world, id: String(at(made.body, 'id')), signIn, anna, made }
}

test('a person is added, signs in, works as whom they are, and signs out', async () => {
  const { world, id, signIn, made } = await withAnna()
  expect(made.body).not.toHaveProperty('password')
  const begun = await signIn(' anna  meyer ', PASSWORD)
  const user = { id, name: 'Anna Meyer', email: 'anna@example.com', role: 'agent', agent: 'anna' }
  expect(begun.body).toEqual({
    key: expect.stringMatching(/^baton_session_.{43}$/),
    expiresAt: new Date(world.clock.at + 30 * 86_400_000).toISOString(),
    user,
  })
  expect(begun.headers.get('cache-control')).toBe('no-store')
  const anna = world.with(String(at(begun.body, 'key')))
  expect((await anna.get('/v1/keys/self')).body).toMatchObject({
    role: 'agent',
    agent: 'anna',
    user,
    rights: rightsOf({ role: 'agent' }),
  })
  expect((await anna.get('/v1/users')).status).toBe(403)
  expect((await anna.delete('/v1/session')).status).toBe(204)
  expect((await anna.get('/v1/keys/self')).status).toBe(401)
})

test('a wrong password, a name that nobody has and a person who is disabled are answered alike', async () => {
  const { world, id, signIn } = await withAnna()
  const wrong = await signIn('Anna Meyer', 'not the password')
  expect(wrong.body).toMatchObject({ status: 401, code: 'wrong-sign-in' })
  const unknown = await signIn('Nobody At All', 'not the password')
  expect(unknown.text).toBe(wrong.text)
  const change = { name: 'Anna Meyer', role: 'agent', agent: 'anna', disabled: true }
  expect((await world.as('admin').put(`/v1/users/${id}`, change)).body).toMatchObject({ disabled: true })
  expect((await signIn('Anna Meyer', PASSWORD)).text).toBe(wrong.text)
})

test('who may try no more for now is told when to try again', async () => {
  const { signIn, world } = await withAnna()
  world.who.tries.take = async () => 30_000
  const refused = await signIn('Anna Meyer', PASSWORD)
  expect(refused.body).toMatchObject({ status: 429, detail: expect.stringContaining('wait 30 s') })
  expect(refused.headers.get('retry-after')).toBe('30')
})

test('a person changes their own password; their other sessions end, this one goes on', async () => {
  const { anna, signIn } = await withAnna()
  const [here, there] = [await anna(), await anna()]
  const change = (password: string, next: string) => here.put('/v1/session/password', { password, next })
  expect((await change('guess', NEXT)).body).toMatchObject({ status: 401, errors: [{ pointer: '/password' }] })
  expect((await change(PASSWORD, 'password12345678')).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/next' }],
  })
  expect((await change(PASSWORD, 'Anna Meyer Anna Meyer')).status).toBe(422)
  expect((await change(PASSWORD, NEXT)).status).toBe(204)
  expect((await here.get('/v1/keys/self')).status).toBe(200)
  expect((await there.get('/v1/keys/self')).status).toBe(401)
  expect((await signIn('Anna Meyer', PASSWORD)).status).toBe(401)
  expect((await signIn('Anna Meyer', NEXT)).status).toBe(201)
})

test('an admin sets a password, or has one made that is shown once; the person is signed out everywhere', async () => {
  const { world, id, anna, signIn } = await withAnna()
  const open = await anna()
  const admin = world.as('admin')
  expect((await admin.put(`/v1/users/${id}/password`, { password: 'short' })).status).toBe(422)
  const made = await admin.put(`/v1/users/${id}/password`)
  expect((await open.get('/v1/keys/self')).status).toBe(401)
  expect((await signIn('Anna Meyer', String(at(made.body, 'password')))).status).toBe(201)
  expect((await admin.get(`/v1/users/${id}`)).body).not.toHaveProperty('password')
  const ben = await admin.post('/v1/users', { name: 'Ben', role: 'designer' })
  expect((await signIn('Ben', String(at(ben.body, 'password')))).status).toBe(201)
})

test('what a person may do changes with them, in sessions that are open too', async () => {
  const { world, id, anna } = await withAnna('designer')
  const open = await anna()
  expect((await open.get('/v1/bots')).status).toBe(200)
  await world.as('admin').put(`/v1/users/${id}`, { name: 'Anna Meyer', role: 'agent', agent: 'anna' })
  expect((await open.get('/v1/bots')).status).toBe(403)
  expect((await open.get('/v1/keys/self')).body).toMatchObject({ role: 'agent', agent: 'anna' })
  expect((await world.as('admin').delete(`/v1/users/${id}`)).status).toBe(204)
  expect((await open.get('/v1/keys/self')).status).toBe(401)
  expect((await world.as('admin').get(`/v1/users/${id}`)).status).toBe(404)
})

test('a person that makes no sense is refused with its cure', async () => {
  const { world } = await withAnna()
  const add = (body: object) => world.as('admin').post('/v1/users', body)
  expect((await add({ name: 'ANNA  MEYER', role: 'admin' })).body).toMatchObject({
    status: 409,
    errors: [{ pointer: '/name' }],
  })
  expect((await add({ name: 'Ben', role: 'agent' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/agent' }],
  })
  expect((await add({ name: 'Ben', role: 'admin', agent: 'ben' })).body).toMatchObject({
    errors: [{ pointer: '/agent' }],
  })
  expect((await add({ name: 'Ben', role: 'bot' })).body).toMatchObject({ errors: [{ pointer: '/role' }] })
  expect((await add({ name: '  ', role: 'admin' })).body).toMatchObject({ errors: [{ pointer: '/name' }] })
  expect((await add({ name: 'Ben', role: 'admin', way: 'oidc' })).body).toMatchObject({ errors: [{ pointer: '/way' }] })
  expect((await add({ name: 'Ben', role: 'admin', email: 'ben' })).body).toMatchObject({
    errors: [{ pointer: '/email' }],
  })
})

test('a key is no session: it is not signed out', async () => {
  const { world } = await withAnna()
  expect((await world.as('supervisor').delete('/v1/session')).body).toMatchObject({ status: 422 })
  expect((await world.anybody.get('/v1/session/ways')).body).toEqual({ password: true, oidc: null })
  expect((await world.anybody.get('/v1/session/oidc')).body).toMatchObject({ status: 409, code: 'not-configured' })
})

test('no answer, entry or log holds a password or a secret', async () => {
  const { world, anna } = await withAnna()
  const caller = await anna()
  const answers = [
    await world.as('admin').get('/v1/users'),
    await world.as('admin').get('/v1/keys'),
    await world.as('admin').get('/v1/audit'),
    await caller.get('/v1/keys/self'),
    await caller.put('/v1/session/password', { password: PASSWORD, next: NEXT }),
    await world.as('admin').get('/v1/audit'),
  ]
  for (const { text } of answers) {
    expect(text).not.toMatch(/kettles|lanterns|argon2|baton_session_|hash":"[^"]{43}"/)
    expect(text).not.toContain(caller.authorization?.slice('Bearer '.length))
  }
})
