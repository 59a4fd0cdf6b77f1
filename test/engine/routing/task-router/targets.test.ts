import { describe, expect, it } from 'vitest'
import { faultsOf, filter, imported, queuesIn, queuesOf, refusedOf, saidOf, ways, workflow } from './written.ts'

const at = (index: number) => `/task_routing/filters/0/targets/${index}`

/** The ways out of the first queue. */
function waysOut(target: object): Readonly<Record<string, string>> {
  return ways(imported(workflow(filter('type == "x"', target))).parsed, 'Chosen')
}

describe('targets one after the other are steps of one queue', () => {
  it('where each asks for less, or opens another team, and says which teams stay open', () => {
    const targets = [
      { queue: 'A', expression: 'worker.levels.x >= 5 AND worker.skills HAS "y"', timeout: 30 },
      { expression: 'worker.levels.x >= 2 AND worker.skills HAS "y"', timeout: 30 },
      { queue: 'B', expression: 'worker.levels.x >= 2', timeout: 60 },
      { queue: 'A', timeout: 86_280 },
      { queue: 'B', timeout: 3600 },
    ]
    expect(queuesOf(...targets)).toStrictEqual([
      {
        team: 'A',
        skills: { x: 5, y: 1 },
        maxWait: '25h',
        relax: [
          { after: '30s', lower: { x: 2 } },
          { after: '1m', drop: ['y'], teams: ['B'] },
          { after: '2m', drop: ['x'] },
        ],
      },
    ])
    expect(saidOf(...targets)).toEqual([
      `${at(2)} “B” helps too from then on; “A” stays open, where TaskRouter leaves it.`,
    ])
  })

  it.each([
    ['asks for nothing', { queue: 'A' }, { team: 'A', maxWait: '1d' }],
    ['ends after a year', { queue: 'A', timeout: 31_622_400 }, { team: 'A', maxWait: '366d' }],
    ['ends after a second', { queue: 'A', timeout: 1 }, { team: 'A', maxWait: '1s' }],
    ['asks for blanks', { queue: 'A', expression: '  ', order_by: ' ', skip_if: ' ' }, { team: 'A', maxWait: '1d' }],
    ['asks for all', { queue: 'A', expression: '1==1', skip_if: '1==0' }, { team: 'A', maxWait: '1d' }],
    [
      'has the highest priority',
      { queue: 'A', priority: 100 },
      { team: 'A', priority: 100, ageing: '1d', maxWait: '1d' },
    ],
  ])('one that %s is one queue', (_title, target, queue) => {
    expect(queuesOf(target)).toStrictEqual([queue])
  })

  it('a language is dropped once nobody is asked for it', () => {
    const expression = 'worker.languages HAS "es"'
    expect(queuesOf({ queue: 'A', expression, timeout: 30 }, { expression, timeout: 30 }, {})).toStrictEqual([
      { team: 'A', language: 'es', maxWait: '1d', relax: [{ after: '1m', drop: ['language'] }] },
    ])
  })
})

describe('a target begins a queue of its own', () => {
  const two = [{ team: 'A' }, { team: 'A' }]
  it.each([
    ['it asks for a skill more', { timeout: 9 }, { expression: 'worker.skills HAS "x"' }, two],
    [
      'it asks for a higher level',
      { timeout: 9, expression: 'worker.levels.x > 1' },
      { expression: 'worker.levels.x > 2' },
      two,
    ],
    ['it asks for a language', { timeout: 9 }, { expression: 'worker.languages HAS "es"' }, two],
    [
      'it asks for another language',
      { timeout: 9, expression: 'worker.languages HAS "en"' },
      { expression: 'worker.languages HAS "es"' },
      two,
    ],
    ['it goes before others', { timeout: 9 }, { priority: 1 }, two],
    ['it prefers others', { timeout: 9 }, { order_by: 'worker.levels.x DESC' }, [{ team: 'A' }, { prefer: { x: 1 } }]],
    ['it prefers nobody', { timeout: 9, order_by: 'worker.levels.x DESC' }, {}, [{ prefer: { x: 1 } }, { team: 'A' }]],
    [
      'it prefers more of it',
      { timeout: 9, order_by: 'worker.levels.x DESC', expression: 'worker.levels.x >= 2' },
      { order_by: 'worker.levels.x DESC', expression: 'worker.levels.x >= 1' },
      [{ prefer: { x: 3 } }, { prefer: { x: 2 } }],
    ],
    [
      'it prefers another skill',
      { timeout: 9, order_by: 'worker.levels.x DESC' },
      { order_by: 'worker.levels.y DESC' },
      [{ prefer: { x: 1 } }, { prefer: { y: 1 } }],
    ],
    ['it is skipped while nobody is there', { timeout: 9 }, { skip_if: 'workers.available == 0' }, two],
    ['the one before it is', { timeout: 9, skip_if: 'workers.available == 0' }, {}, two],
    ['nothing but a skip leads to it', { skip_if: 'workers.available == 0' }, {}, two],
    [
      'it asks who helped last',
      { timeout: 9 },
      { known_worker_sid: 'task.agent' },
      [{ team: 'A' }, { sameAgent: '1d' }],
    ],
  ])('where %s', (_title, first, second, queues) => {
    const found = queuesOf({ queue: 'A', ...first }, second)
    expect(found).toHaveLength(2)
    expect(found).toMatchObject(queues)
    expect(JSON.stringify(found)).not.toContain('relax')
  })

  it('but not where it prefers the same', () => {
    const order = { order_by: 'worker.levels.x DESC', expression: 'worker.levels.x >= 2' }
    expect(queuesOf({ queue: 'A', timeout: 9, ...order }, { queue: 'B', ...order })).toStrictEqual([
      { team: 'A', skills: { x: 2 }, prefer: { x: 3 }, maxWait: '1d', relax: [{ after: '9s', teams: ['B'] }] },
    ])
  })

  it('and keeps queue and priority of the one before it', () => {
    const one = { expression: 'worker.skills HAS "x"' }
    expect(
      queuesOf({ queue: 'A', priority: 7, timeout: 9 }, { ...one, timeout: 9 }, { queue: 'B', ...one }),
    ).toStrictEqual([
      { team: 'A', priority: 7, ageing: '1d', maxWait: '9s' },
      { team: 'A', skills: { x: 1 }, priority: 7, ageing: '1d', maxWait: '1d', relax: [{ after: '9s', teams: ['B'] }] },
    ])
  })

  it('unless it is the second and nothing leads to it', () => {
    expect(queuesOf({ queue: 'A' }, { queue: 'B' })).toStrictEqual([{ team: 'A', maxWait: '1d' }])
  })

  it('unless nothing leads to it: then it is left out, and that is said of it alone', () => {
    const targets = [{ queue: 'A', timeout: 9 }, { queue: 'B' }, { queue: 'C' }, { queue: 'D' }]
    expect(queuesOf(...targets)).toStrictEqual([{ team: 'A', maxWait: '1d', relax: [{ after: '9s', teams: ['B'] }] }])
    expect(saidOf(...targets)).toEqual([
      `${at(2)} Left out: it is never come to, since the target before it has neither “timeout” nor “skip_if”.`,
      `${at(1)} “B” helps too from then on; “A” stays open, where TaskRouter leaves it.`,
    ])
    expect(saidOf({ queue: 'A', timeout: 9 }, { queue: 'A', skip_if: 'workers.available == 0' }, {})).toEqual([])
  })
})

describe('a target is skipped', () => {
  it.each(['workers.available == 0', 'workers.available <= 0', 'workers.available < 1'])(
    'while nobody is there: %s',
    (skip) => {
      expect(waysOut({ queue: 'A', skip_if: skip })).toEqual({
        accepted: 'person',
        timeout: 'leaveMessage',
        empty: 'Everything-else',
      })
      expect(queuesOf({ queue: 'A', skip_if: skip })).toStrictEqual([{ team: 'A', maxWait: '1d' }])
    },
  )

  it('at once, or as soon as nobody takes it', () => {
    expect(waysOut({ queue: 'A', timeout: 60, skip_if: '1==1' })).toEqual({
      accepted: 'person',
      timeout: 'Everything-else',
      empty: 'Everything-else',
    })
    expect(queuesOf({ queue: 'A', timeout: 60, skip_if: '1==1' })).toStrictEqual([{ team: 'A', maxWait: '1s' }])
  })

  it.each(['1==0', ' '])('never: %j', (skip) => {
    expect(waysOut({ queue: 'A', skip_if: skip })).toEqual({ accepted: 'person', timeout: 'leaveMessage' })
  })

  it.each([
    'workers.available > 0',
    'workers.available == 1',
    'workers.available <= 1',
    'workers.available < 0',
    'workers.available < 2',
    'workers.available != 0',
    'workers.available >= 0',
    'workers.available == workers.online',
    'workers.available == a',
    'workers.available IN [0]',
    'workers.online == 0',
    'workers == 0',
    'worker.available == 0',
    '0 == workers.available',
    'workers.available == 0 AND a == 1',
    'workers.available == 0 OR workers.available < 1',
  ])('for no other reason: %s', (skip) => {
    expect(refusedOf({ queue: 'A', skip_if: skip })).toEqual([
      `${at(0)}/skip_if Cannot be translated: all that is known is whether anybody of the team is there; write ` +
        'workers.available == 0, or 1 == 1 to go on whenever nobody takes it at once.',
    ])
  })
})

describe('a target is refused at its place', () => {
  const priority = 'Priorities go from 0 to 100; bring them within, keeping their order'
  it.each([
    ['a priority too high', { queue: 'A', priority: 101 }, '/priority', priority],
    ['a priority too low', { queue: 'A', priority: '-1' }, '/priority', priority],
    ['a wait too long', { queue: 'A', timeout: 31_622_401 }, '/timeout', 'A wait lasts a year at most; shorten it'],
    [
      'an open text',
      { queue: 'A', expression: 'a == "' },
      '/expression',
      'At column 6: The text that begins here has no end; close it with ".',
    ],
    [
      'nobody',
      { queue: 'A', expression: '1==0' },
      '/expression',
      'Cannot be translated: no worker ever meets it; take the target out.',
    ],
  ])('with %s', (_title, target, place, message) => {
    expect(refusedOf(target)).toEqual([`${at(0)}${place} ${message}`])
    expect(refusedOf({ queue: 'B', timeout: 9 }, target)).toEqual([`${at(1)}${place} ${message}`])
  })

  it('without a queue where none before it names one', () => {
    expect(refusedOf({ timeout: 9 }, { queue: 'A' })).toEqual([`${at(0)}/queue The first target must name a “queue”`])
  })

  it('as the default filter, however the workflow is wrapped', () => {
    const fault = `/default_filter/priority ${priority}`
    const routing = { filters: [], default_filter: { queue: 'A', priority: 101 } }
    expect(faultsOf({ task_routing: routing })).toEqual([`/task_routing${fault}`])
    expect(faultsOf({ configuration: { task_routing: routing } })).toEqual([`/configuration/task_routing${fault}`])
    expect(faultsOf(routing)).toEqual([fault])
  })

  it('also where only the whole queue is too long', () => {
    const year = { queue: 'A', timeout: 31_622_400 }
    const faults = refusedOf(year, { ...year, queue: 'B' })
    expect(faults).toEqual([
      expect.stringMatching(/^\/task_routing\/filters\/0\/targets\/0 .*a duration of a year at most/),
    ])
  })
})

it('the default filter’s own priority counts for every queue', () => {
  const otherwise = { queue: 'Everyone', priority: 4 }
  const filters = [filter('a == 1', { queue: 'A', timeout: 9 }, { queue: 'A', expression: 'worker.skills HAS "x"' })]
  expect(queuesIn({ task_routing: { filters, default_filter: otherwise } })).toStrictEqual([
    { team: 'A', ageing: '1d', maxWait: '9s' },
    { team: 'A', skills: { x: 1 }, ageing: '1d', maxWait: '1d' },
    { team: 'Everyone', priority: 4, ageing: '1d', maxWait: '1d' },
  ])
})
