import { expect, test } from 'vitest'
import { at, createWorld } from './world.ts'

const url = 'https://bots.example.com/parcels'

test('a bot is added with a secret of its own, read, changed with the secret kept, and removed', async () => {
  const admin = createWorld().as('admin')
  const added = await admin.put('/v1/bots/parcels', { url })
  expect(added.body).toEqual({ name: 'parcels', url, secret: expect.stringMatching(/^whsec_/) })
  expect((await admin.get('/v1/bots/parcels')).body).toEqual(added.body)
  const moved = await admin.put('/v1/bots/parcels', { name: 'parcels', url: `${url}/2` })
  expect(at(moved.body, 'secret')).toBe(at(added.body, 'secret'))
  expect((await admin.get('/v1/bots')).body).toEqual({ items: [{ name: 'parcels', url: `${url}/2` }], next: null })
  expect((await admin.delete('/v1/bots/parcels')).status).toBe(204)
  expect((await admin.get('/v1/bots/parcels')).status).toBe(404)
  expect((await admin.delete('/v1/bots/parcels')).status).toBe(404)
})

test('what was read can be sent back', async () => {
  const admin = createWorld().as('admin')
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`
  await admin.put('/v1/bots/parcels', { url, secret })
  const { body } = await admin.get('/v1/bots/parcels')
  expect((await admin.put('/v1/bots/parcels', body)).body).toEqual({ name: 'parcels', url, secret })
})

test('only an admin is shown a secret, and no list shows one', async () => {
  const world = createWorld()
  const { body } = await world.as('admin').put('/v1/bots/parcels', { url })
  const secret = String(at(body, 'secret'))
  expect((await world.as('designer').get('/v1/bots/parcels')).body).toEqual({ name: 'parcels', url })
  for (const role of ['admin', 'designer'] as const)
    expect((await world.as(role).get('/v1/bots')).text).not.toContain(secret)
  expect((await world.as('designer').put('/v1/bots/parcels', { url })).status).toBe(403)
})

test.each([
  ['parcels', { url: 'ftp://bots.example.com' }, '/url'],
  ['parcels', { url: 'https://me:pass@bots.example.com' }, '/url'],
  ['parcels', {}, '/url'],
  ['parcels', { url, secret: 'short' }, '/secret'],
  ['parcels', { url, name: 'others' }, '/name'],
  ['parcels', { url, colour: 'red' }, '/colour'],
  ['-parcels', { url }, '/param/name'],
])('a bot that makes no sense is refused with its cure: %s %j', async (name, body, pointer) => {
  const admin = createWorld().as('admin')
  expect((await admin.put(`/v1/bots/${name}`, body)).body).toMatchObject({
    status: 422,
    errors: [{ pointer, message: expect.any(String) }],
  })
  expect((await admin.get('/v1/bots')).body).toMatchObject({ items: [] })
})
