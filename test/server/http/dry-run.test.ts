import { expect, test } from 'vitest'
import { dryRunView, MOST_AGENTS } from '#server/http/schemas/dry-run.ts'
import { at, createWorld } from './world.ts'

const PATH = '/v1/queues/support/dry-run'

test('who plans is shown the day in half hours, as it was and as asked, in the shape that is documented', async () => {
  const world = createWorld()
  const { status, body } = await world.as('supervisor').post(PATH, { day: '1970-01-01', more: 2 })
  expect(status).toBe(200)
  const read = dryRunView.parse(body)
  expect(read).toEqual(body)
  expect(read).toMatchObject({
    team: 'support',
    from: '1970-01-01T00:00:00.000Z',
    interval: 1_800_000,
    handle: { mean: 300_000, over: 1 },
    staff: { asAsked: [{ id: 'ann', name: 'ANN', to: '1970-01-01T02:00:00.000Z', capacity: 1, because: 'accepted' }] },
  })
  for (const outcome of [read.measured, read.asItWas, read.asAsked]) {
    expect(outcome.intervals).toHaveLength(48)
    expect(outcome.intervals[2]).toMatchObject({ from: '1970-01-01T01:00:00.000Z', arrivals: 1, meanWait: 120_000 })
  }
})

test('what is left out is asked for as documented: the day of Greenwich, nothing changed', async () => {
  const world = createWorld()
  await world.as('designer').post(PATH, { day: '2026-11-20' })
  await world.as('admin').post(PATH, { day: '2026-11-20', goal: {} })
  expect(world.runtime.dryRuns.asked).toEqual([
    { day: '2026-11-20', timezone: 'UTC' },
    { day: '2026-11-20', timezone: 'UTC', goal: { share: 0.8, within: '20s' } },
  ])
})

test('all that may be asked for is taken as it was sent', async () => {
  const world = createWorld()
  const offers = { skills: { spanish: 4 }, languages: ['es'], channels: ['web'], tiers: ['gold'] }
  const ask = {
    day: '2026-11-20',
    timezone: 'Europe/Berlin',
    agents: [{ id: 'ann' }, { ...offers, capacity: 3, from: '08:00', to: '24:00' }],
    count: 12,
    more: -2,
    rules: {
      policy: 'longestIdle',
      ageing: '2m',
      maxWait: '10m',
      relax: [{ after: '1m', drop: ['language'], lower: { spanish: 2 }, teams: ['sales'] }],
    },
    handle: '6m',
    goal: { share: 0.9, within: '1m' },
    seed: 7,
  }
  expect((await world.as('supervisor').post(PATH, ask)).status).toBe(200)
  expect(world.runtime.dryRuns.asked).toEqual([ask])
})

test('a team that is not there is not found', async () => {
  const { status } = await createWorld().as('admin').post('/v1/queues/nobody/dry-run', { day: '2026-11-20' })
  expect(status).toBe(404)
})

const day = '2026-11-20'
test.each([
  ['no day', {}, '/day'],
  ['a day that no month has', { day: '2026-02-30' }, '/day'],
  ['a day in words', { day: 'yesterday' }, '/day'],
  ['half a person', { day, more: 0.5 }, '/more'],
  ['too many people', { day, count: MOST_AGENTS + 1 }, '/count'],
  ['too long a list of people', { day, agents: Array.from({ length: MOST_AGENTS + 1 }, () => ({})) }, '/agents'],
  ['a time of day without its zero', { day, agents: [{ from: '9:00' }] }, '/agents/0/from'],
  ['a time of day after midnight', { day, agents: [{ from: '24:30' }] }, '/agents/0/from'],
  ['nobody’s room', { day, agents: [{ capacity: 0 }] }, '/agents/0/capacity'],
  ['a policy that is none', { day, rules: { policy: 'random' } }, '/rules/policy'],
  ['a duration that is none', { day, rules: { maxWait: 'long' } }, '/rules/maxWait'],
  ['a goal that nobody reaches', { day, goal: { share: 1 } }, '/goal/share'],
  ['a field that is none', { day, staff: 12 }, '/staff'],
])('%s is refused, and the pointer says where', async (_, body, pointer) => {
  const world = createWorld()
  const answer = await world.as('admin').post(PATH, body)
  expect(answer.status).toBe(422)
  expect(at(answer.body, 'errors.0.pointer')).toBe(pointer)
  expect(world.runtime.dryRuns.asked).toEqual([])
})
