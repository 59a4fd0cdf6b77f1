import { describe, expect, it } from 'vitest'
import { faultsOf, filter, imported, notesOf, STAYS, workflow } from './written.ts'

const AGEING =
  '/task_routing A point of priority goes before a day of waiting (“ageing”), since in TaskRouter it always goes ' +
  'before. Shorten it, and nobody starves.'
const begins = (index: number) =>
  `/task_routing/filters/${index} The filter after it begins at its own priority, not at this one.`
const SKIP = { skip_if: 'workers.available == 0' }

describe('what is not quite as in TaskRouter is said, and nothing else', () => {
  it('who waits in vain leaves a message', () => {
    expect(notesOf(workflow())).toEqual([STAYS])
    expect(notesOf(workflow(filter('a == 1')))).toEqual([STAYS])
  })

  it('and who matches no filter does too, where there is no default filter', () => {
    expect(notesOf({ task_routing: { filters: [filter('a == 1')] } })).toEqual([
      '/task_routing Who matches no filter, or waits in vain, leaves a message, where TaskRouter cancels the task.',
    ])
  })

  it('a filter that no task matches is left out', () => {
    const document = workflow(filter('1 == 2'), filter('a == 1'))
    expect(notesOf(document)).toEqual(['/task_routing/filters/0/expression Left out: no task ever matches it.', STAYS])
    expect(imported(document).parsed.nodes.map(({ id }) => id)).toContain('Chosen')
  })

  it.each([
    ['of a filter', workflow(filter('a == 1', { queue: 'A', priority: 1 }))],
    ['of its second queue', workflow(filter('a == 1', { queue: 'A', timeout: 9 }, { priority: 1 }))],
    ['of its first queue alone', workflow(filter('a == 1', { queue: 'A', priority: 1, timeout: 9 }, { priority: 0 }))],
    ['of the last filter', workflow(filter('a == 1'), filter('b == 1', { queue: 'A', priority: 1, timeout: 9 }))],
    ['of the default filter', { task_routing: { default_filter: { queue: 'A', priority: 1 } } }],
  ])('a priority %s means that waiting counts for little', (_title, document) => {
    expect(notesOf(document)).toEqual([STAYS, AGEING])
  })

  const followed = (...targets: readonly object[]) =>
    workflow(filter('a == 1', ...targets), filter('b == 1', { queue: 'B', priority: 1, timeout: 9 }))

  it.each([
    ['times out', [{ queue: 'A', priority: 5, timeout: 9 }]],
    ['is skipped', [{ queue: 'A', priority: 5, ...SKIP }]],
    [
      'times out at last',
      [
        { queue: 'A', timeout: 9 },
        { priority: 5, timeout: 9 },
      ],
    ],
  ])('the next filter begins at its own priority, where one with a priority %s', (_title, targets) => {
    expect(notesOf(followed(...targets))).toEqual([STAYS, AGEING, begins(0)])
  })

  it.each([
    ['never goes on', [{ queue: 'A', priority: 5 }]],
    [
      'goes on without a priority',
      [
        { queue: 'A', priority: 5, timeout: 9 },
        { priority: 0, timeout: 9 },
      ],
    ],
    [
      'had one only on the way',
      [
        { queue: 'A', timeout: 9 },
        { priority: 5, timeout: 9 },
        { priority: 0, timeout: 9 },
      ],
    ],
  ])('the next filter’s priority is no matter where the one before it %s', (_title, targets) => {
    expect(notesOf(followed(...targets))).toEqual([STAYS, AGEING])
  })

  it('every filter but the last says that the next begins at its own priority', () => {
    const filters = ['a == 1', 'b == 1', 'c == 1'].map((each) => filter(each, { queue: 'A', priority: 1, timeout: 9 }))
    expect(notesOf(workflow(...filters))).toEqual([STAYS, AGEING, begins(0), begins(1)])
  })

  it('above the drawing, every note on lines of its own, with room for them', () => {
    const { parsed } = imported(workflow(filter('1 == 2'), filter('a == 1', { queue: 'A', priority: 1 })))
    expect(parsed.notes).toEqual([
      {
        id: 'imported',
        text: [
          'From TaskRouter. Not quite as there:',
          'Left out: no task ever matches it. (/task_routing/filters/0/expression)',
          'Who waits in vain leaves a message, where TaskRouter cancels the task. (/task_routing)',
          'A point of priority goes before a day of waiting (“ageing”), since in TaskRouter it always goes before. ' +
            'Shorten it, and nobody starves. (/task_routing)',
        ].join('\n'),
        position: { x: 0, y: -200 },
        width: 680,
        height: 140,
      },
    ])
  })

  it('and no more of them than a note can hold', () => {
    const { parsed, notes } = imported(workflow(...Array.from({ length: 150 }, () => filter('1 == 2'))))
    expect(notes).toHaveLength(151)
    expect(parsed.notes?.[0]?.text).toHaveLength(10_000)
  })
})

describe('what is no workflow is refused', () => {
  it.each([[null], [5], [[]], ['task_routing'], [{}], [{ configuration: '{' }], [{ filters: [], nodes: [] }]])(
    '%j',
    (document) => {
      expect(faultsOf(document)).toEqual([
        ' It must hold “task_routing” with “filters” or a “default_filter”, as a TaskRouter workflow does',
      ])
    },
  )

  it.each([
    ['without a queue anywhere', {}, ' No task goes anywhere; give the workflow a filter or a “default_filter”'],
    [
      'with a time that is none',
      { default_filter: { queue: 'A', timeout: 0 } },
      '/default_filter/timeout “timeout” must be whole seconds, 1 or more',
    ],
    [
      'with a time in fractions',
      { default_filter: { queue: 'A', timeout: 1.5 } },
      '/default_filter/timeout “timeout” must be whole seconds, 1 or more',
    ],
    [
      'with a key that no JSON should have',
      { filters: [{ expression: '1==1', targets: { length: { toString: 1 } } }] },
      '/filters/0/targets/length/toString “toString” is a reserved word; choose another name',
    ],
  ])('%s', (_title, routing, fault) => {
    expect(faultsOf({ task_routing: routing })).toEqual([`/task_routing${fault}`])
  })
})
