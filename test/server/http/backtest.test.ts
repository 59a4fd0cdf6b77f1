import { expect, test } from 'vitest'
import { backtestView, MOST_VALUES } from '#server/http/schemas/backtest.ts'
import { document, supportEdges, supportNodes } from '../../engine/draw.ts'
import { at, createWorld } from './world.ts'

const PATH = '/v1/flows/support/backtest'

test('who designs is shown what a draft would have done, in the shape that is documented', async () => {
  const { status, body } = await createWorld()
    .as('designer')
    .post(PATH, { detail: true, sweep: { trigger: 'lost', signal: 'fallbacks', field: 'times', values: [1, 5] } })
  expect(status).toBe(200)
  const read = backtestView.parse(body)
  expect(read).toEqual(body)
  expect(read).toMatchObject({
    replayed: 1,
    same: 0,
    unsure: 0,
    next: 'more',
    total: 2,
    handoffs: { before: 0, after: 1 },
    changes: { newly: 1, never: 0 },
    differences: [
      {
        conversation: 'one',
        at: '2026-11-20T09:00:00.000Z',
        what: ['newly'],
        after: { handoff: { turn: 1, team: 'support', trigger: 'lost', state: 'queued.line' } },
        firstDifferent: { turn: 1, before: null, after: 'You are in line.' },
      },
    ],
    sweep: [
      { value: 1, handoffs: 1 },
      { value: 5, handoffs: 0 },
    ],
  })
  expect(at(body, 'differences.0.before.messages.0')).toMatchObject({
    from: 'customer',
    text: 'Where is it?',
    at: '2026-11-20T09:00:00.000Z',
  })
})

test('all that may be asked for is taken as it was sent, its times as instants', async () => {
  const world = createWorld()
  const ask = {
    version: 3,
    conversations: ['a', 'b'],
    cursor: 'more',
    limit: 1_000,
    detail: true,
    sweep: { trigger: 'lost', signal: 'loop', field: 'times', values: [2, 3] },
  }
  await world.as('supervisor').post(PATH, { ...ask, from: '2026-11-20T00:00:00+01:00', to: '2026-11-21T00:00:00Z' })
  expect(world.runtime.backtests.asked).toEqual([
    { ...ask, from: Date.UTC(2026, 10, 19, 23), to: Date.UTC(2026, 10, 21) },
  ])
})

test('a draft that is sent is played as it is', async () => {
  const world = createWorld()
  const draft = { ...document(supportNodes, supportEdges, { orderNumber: { type: 'text' } }), id: 'support' }
  expect((await world.as('designer').post(PATH, { flow: draft })).status).toBe(200)
  expect(world.runtime.backtests.asked[0]?.flow).toMatchObject({
    id: 'support',
    nodes: expect.arrayContaining([expect.objectContaining({ id: 'ladder' })]),
  })
})

test('a malformed draft is refused with every fault', async () => {
  const world = createWorld()
  const answer = await world
    .as('designer')
    .post(PATH, { flow: { ...document({ start: ['start', { what: 1 }], a: ['say', {}] }, []), id: 'support' } })
  expect(answer.status).toBe(422)
  const errors = at(answer.body, 'errors')
  expect(errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ pointer: expect.stringContaining('/flow/nodes/0') }),
      expect.objectContaining({ pointer: expect.stringContaining('/flow/nodes/1') }),
    ]),
  )
  expect(world.runtime.backtests.asked).toEqual([])
})

test('a draft of another flow is refused', async () => {
  const answer = await createWorld()
    .as('designer')
    .post(PATH, { flow: document(supportNodes, supportEdges, { orderNumber: { type: 'text' } }) })
  expect([answer.status, at(answer.body, 'errors.0.pointer')]).toEqual([422, '/flow/id'])
})

test('a flow that is not there is not found', async () => {
  expect((await createWorld().as('admin').post('/v1/flows/nobodys/backtest', {})).status).toBe(404)
})

const sweep = { trigger: 'lost', signal: 'loop', field: 'times', values: [1] }
test.each([
  ['a time that is none', { from: 'monday' }, '/from'],
  ['too large a page', { limit: 1_001 }, '/limit'],
  ['no conversation at all', { conversations: [] }, '/conversations'],
  ['a draft and a version', { flow: {}, version: 1 }, '/version'],
  ['a sweep without values', { sweep: { ...sweep, values: [] } }, '/sweep/values'],
  [
    'too many values',
    { sweep: { ...sweep, values: Array.from({ length: MOST_VALUES + 1 }, (_, index) => index) } },
    '/sweep/values',
  ],
  ['a value twice', { sweep: { ...sweep, values: [1, 1] } }, '/sweep/values'],
  ['a field that is none', { draft: {} }, '/draft'],
])('%s is refused, and the pointer says where', async (_, body, pointer) => {
  const world = createWorld()
  const answer = await world.as('admin').post(PATH, body)
  expect(answer.status).toBe(422)
  expect(at(answer.body, 'errors.0.pointer')).toBe(pointer)
  expect(world.runtime.backtests.asked).toEqual([])
})
