import { expect, test } from 'vitest'
import { handoffFlow as flow, personlessFlow } from './handoff-flow.ts'
import { at, createWorld } from './world.ts'

const designer = () => createWorld().as('designer')

test('a draft is saved and read back, what was left out filled in, with an ETag', async () => {
  const caller = designer()
  const saved = await caller.put('/v1/flows/handoff', flow)
  expect(saved.status).toBe(200)
  expect(saved.body).toMatchObject({ id: 'handoff', name: 'Handoff', published: null, problems: expect.any(Array) })
  const read = await caller.get('/v1/flows/handoff')
  expect(read.body).toMatchObject(flow)
  expect(read.headers.get('etag')).toBe(saved.headers.get('etag'))
  expect((await caller.get('/v1/flows')).body).toMatchObject({
    items: [{ id: 'handoff', published: null }],
    next: null,
  })
})

test('of two who edit the same draft the second is told, and nothing is lost', async () => {
  const caller = designer()
  const first = await caller.put('/v1/flows/handoff', flow)
  const ifMatch = { headers: { 'If-Match': String(first.headers.get('etag')) } }
  expect((await caller.put('/v1/flows/handoff', { ...flow, name: 'Mine' }, ifMatch)).status).toBe(200)
  expect((await caller.put('/v1/flows/handoff', { ...flow, name: 'Theirs' }, ifMatch)).body).toMatchObject({
    status: 412,
    code: 'version-mismatch',
  })
  expect((await caller.delete('/v1/flows/handoff', ifMatch)).status).toBe(412)
  expect((await caller.post('/v1/flows/handoff/publish', {}, ifMatch)).body).toMatchObject({ code: 'version-mismatch' })
  expect((await caller.get('/v1/flows/handoff/versions')).body).toMatchObject({ items: [] })
  expect(at((await caller.get('/v1/flows/handoff')).body, 'name')).toBe('Mine')
})

test('If-None-Match: * makes a new flow and never overwrites one', async () => {
  const caller = designer()
  const fresh = { headers: { 'If-None-Match': '*' } }
  expect((await caller.put('/v1/flows/handoff', flow, fresh)).status).toBe(200)
  expect((await caller.put('/v1/flows/handoff', flow, fresh)).status).toBe(412)
})

test('a malformed document is refused with all of its faults and their pointers', async () => {
  const caller = designer()
  const dangling = ['nowhere', 'neverland'].map((target, index) => ({
    id: `x${index}`,
    source: 'bot',
    sourceHandle: 'failed',
    target,
  }))
  const broken = { ...flow, edges: [...flow.edges, ...dangling] }
  const answer = await caller.put('/v1/flows/handoff', broken)
  expect(answer.body).toMatchObject({ status: 422, code: 'malformed' })
  for (const [index, target] of [
    [10, 'nowhere'],
    [11, 'neverland'],
  ] as const) {
    expect(at(answer.body, 'errors')).toContainEqual({
      pointer: expect.stringContaining(`/edges/${index}`),
      message: expect.stringContaining(target),
    })
  }
  expect((await caller.post('/v1/flows/check', broken)).status).toBe(422)
  expect((await caller.get('/v1/flows/handoff')).status).toBe(404)
})

test('the address and the document name the same flow', async () => {
  expect((await designer().put('/v1/flows/other', flow)).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/id' }],
  })
})

test('a flow with errors is not published, and the answer says which', async () => {
  const caller = designer()
  await caller.put('/v1/flows/personless', personlessFlow)
  const answer = await caller.post('/v1/flows/personless/publish')
  expect(answer.body).toMatchObject({
    status: 422,
    code: 'flow-problems',
    errors: [{ pointer: expect.stringMatching(/^\//), message: expect.any(String) }],
  })
  expect((await caller.get('/v1/flows/personless/versions')).body).toMatchObject({ items: [] })
  const { body } = await caller.post('/v1/flows/check', personlessFlow)
  expect(body).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) })
})

test.each(['', '{}'])('a flow is published with the JSON body “%s” as without one', async (raw) => {
  const caller = designer()
  await caller.put('/v1/flows/handoff', flow)
  for (const length of [{}, { 'Content-Length': String(raw.length) }]) {
    const headers = { 'Content-Type': 'application/json', ...length }
    expect((await caller.send('POST', '/v1/flows/handoff/publish', { raw, headers })).status).toBe(200)
  }
  const headers = { 'Content-Type': 'application/json' }
  expect((await caller.send('POST', '/v1/flows/handoff/publish', { raw: '{"note"', headers })).status).toBe(422)
  expect((await caller.send('POST', '/v1/flows/handoff/rollback', { raw: '', headers })).status).toBe(422)
})

test('a flow is published, with a note, and rolled back', async () => {
  const caller = designer()
  await caller.put('/v1/flows/handoff', flow)
  expect((await caller.post('/v1/flows/handoff/publish')).body).toMatchObject({ version: 1, live: true })
  expect((await caller.post('/v1/flows/handoff/publish', { note: 'warmer words' })).body).toMatchObject({
    version: 2,
    live: true,
    note: 'warmer words',
  })
  expect((await caller.post('/v1/flows/handoff/rollback', { version: 1 })).body).toMatchObject({
    version: 1,
    live: true,
  })
  expect((await caller.get('/v1/flows/handoff/versions')).body).toMatchObject({
    items: [
      { version: 1, live: true },
      { version: 2, live: false },
    ],
  })
  expect((await caller.post('/v1/flows/handoff/rollback', { version: 9 })).status).toBe(404)
})

test.each([
  ['json', 'application/json', '"baton": 1'],
  ['xstate', 'application/json', '"states"'],
  ['mermaid', 'text/plain', 'stateDiagram'],
  ['scxml', 'application/scxml+xml', '<scxml'],
  ['svg', 'image/svg+xml', '<svg'],
])('a flow is exported as %s', async (as, type, holds) => {
  const caller = designer()
  await caller.put('/v1/flows/handoff', flow)
  await caller.post('/v1/flows/handoff/publish')
  for (const version of ['', '&version=1']) {
    const answer = await caller.get(`/v1/flows/handoff/export?as=${as}${version}`)
    expect(answer.headers.get('content-type')).toContain(type)
    expect(answer.text).toContain(holds)
  }
})

test('a form that there is none of is refused with those there are', async () => {
  const caller = designer()
  await caller.put('/v1/flows/handoff', flow)
  const answer = await caller.get('/v1/flows/handoff/export?as=png')
  expect(answer.body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/query/as', message: expect.stringContaining('mermaid') }],
  })
})

test('a flow may have 10 MB, and no more', async () => {
  const caller = designer()
  const big = (size: number) => ({
    raw: JSON.stringify({ ...flow, padding: 'x'.repeat(size) }),
    headers: { 'Content-Type': 'application/json' },
  })
  expect((await caller.send('PUT', '/v1/flows/handoff', big(9_900_000))).body).toMatchObject({
    status: 422,
    errors: [{ message: expect.stringContaining('padding') }],
  })
  expect((await caller.send('PUT', '/v1/flows/handoff', big(10_000_000))).status).toBe(413)
})

test('what does not exist is 404 with its cure', async () => {
  const caller = designer()
  for (const path of ['', '/versions', '/export'])
    expect((await caller.get(`/v1/flows/none${path}`)).body).toMatchObject({
      status: 404,
      detail: expect.stringContaining('GET /v1/flows'),
    })
  expect((await caller.post('/v1/flows/none/publish')).status).toBe(404)
  expect((await caller.delete('/v1/flows/none')).status).toBe(404)
  await caller.put('/v1/flows/handoff', flow)
  expect((await caller.delete('/v1/flows/handoff')).status).toBe(204)
})
