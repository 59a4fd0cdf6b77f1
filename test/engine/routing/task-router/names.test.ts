import { describe, expect, it } from 'vitest'
import { importTaskRouter } from '#engine/routing/task-router/index.ts'
import { filter, imported, workflow } from './written.ts'

const LONG = 'x'.repeat(120)

/** The ids of the teams that these TaskQueues become. */
function teamsOf(...queues: readonly string[]): readonly string[] {
  const filters = queues.map((queue, index) => filter(`a == ${index}`, { queue }))
  return imported({ task_routing: { filters } }).teams.map(({ id }) => id)
}

function skillsOf(...skills: readonly string[]): readonly string[] {
  const expression = skills.map((skill) => `worker.skills HAS "${skill}"`).join(' AND ')
  return imported(workflow(filter('a == 1', { queue: 'Q', expression }))).skills.map(({ id }) => id)
}

/** The ids of the nodes of filters with these names. */
function nodesOf(...names: readonly string[]): readonly string[] {
  const filters = names.map((name, index) => ({ ...filter(`a == ${index}`), filter_friendly_name: name }))
  const { parsed } = imported({ task_routing: { filters } })
  return parsed.nodes.filter(({ type }) => type === 'queue').map(({ id }) => id)
}

describe('whatever is named freely gets an id of its own', () => {
  it.each([
    ['Sales  &  more', 'Sales-more'],
    ['Café Zürich', 'Cafe-Zurich'],
    ['--A.b_c--', 'A.b_c'],
    ['24/7', 'team-24-7'],
    ['7a', 'team-7a'],
    ['日本', 'team'],
    [LONG, 'x'.repeat(100)],
  ])('the queue %j', (queue, id) => {
    expect(teamsOf(queue)).toEqual([id])
  })

  it('queues that would be called alike', () => {
    expect(teamsOf('A B', 'A-B', 'A  B', 'A B')).toEqual(['A-B', 'A-B-2', 'A-B-3'])
    expect(teamsOf(LONG, `${LONG}y`)).toEqual(['x'.repeat(100), `${'x'.repeat(98)}-2`])
  })

  it.each([
    ['Español  (México)', 'Espanol_Mexico'],
    ['__a__', 'a'],
    ['a.b', 'a_b'],
    ['2nd line', 'skill_2nd_line'],
    ['日本', 'skill'],
    ['language', 'language_2'],
    ['toString', 'toString_2'],
    [LONG, 'x'.repeat(64)],
  ])('the skill %j', (skill, id) => {
    expect(skillsOf(skill)).toEqual([id])
  })

  it('skills that would be called alike', () => {
    expect(skillsOf('a b', 'a_b', 'a  b', 'a b')).toEqual(['a_b', 'a_b_2', 'a_b_3'])
    expect(skillsOf(LONG, `${LONG}y`)).toEqual(['x'.repeat(64), `${'x'.repeat(62)}_2`])
  })

  it('nodes by their filters, and never like a node that every flow has', () => {
    expect(nodesOf('Nights & days', '24/7', 'start', 'done', 'Nights + days', LONG)).toEqual([
      'Nights-days',
      'filter-24-7',
      'start-2',
      'done-2',
      'Nights-days-2',
      'x'.repeat(64),
    ])
  })

  it('filters without a name by their number', () => {
    const unnamed = ['a == 1', 'a == 2', 'a == 3'].map((expression) => ({ expression, targets: [{ queue: 'Q' }] }))
    const names = [{}, { filter_friendly_name: '  ' }, { friendly_name: `  Third ${LONG}${LONG}` }]
    const { parsed } = imported({
      task_routing: { filters: unnamed.map((each, index) => ({ ...each, ...names[index] })) },
    })
    expect(parsed.nodes.find(({ id }) => id === 'route')?.data).toMatchObject({
      cases: [{ label: 'Filter 1' }, { label: 'Filter 2' }, { label: `Third ${LONG}${LONG}`.slice(0, 200) }],
    })
  })
})

describe('the flow is named', () => {
  const named = (head: object, options = {}) => {
    const result = importTaskRouter({ ...head, configuration: workflow() }, options)
    return result.ok ? [result.flow['id'], result.flow['name']] : result.faults
  }

  it.each([
    ['as the workflow is', { friendly_name: '  Night shift ' }, {}, ['Night-shift', 'Night shift']],
    ['as the workflow is in other hands', { friendly_name: 5, friendlyName: 'Nights' }, {}, ['Nights', 'Nights']],
    ['at no great length', { friendly_name: 'n'.repeat(250) }, {}, ['n'.repeat(64), 'n'.repeat(200)]],
    ['somehow', {}, {}, ['TaskRouter-workflow', 'TaskRouter workflow']],
    ['somehow, for a blank', { friendly_name: ' ' }, {}, ['TaskRouter-workflow', 'TaskRouter workflow']],
    ['as it is wished', { friendly_name: 'Nights' }, { name: ' Days ' }, ['Days', 'Days']],
    ['and has the id that is wished', { friendly_name: 'Nights' }, { id: 'n-1' }, ['n-1', 'Nights']],
  ])('%s', (_title, head, options, expected) => {
    expect(named(head, options)).toEqual(expected)
  })

  it('and refused where an id that is wished is none', () => {
    expect(named({}, { id: 'no id' })).toEqual([{ pointer: '', node: null, message: expect.stringContaining('“id”') }])
    const teams = { Everyone: 'no team!' }
    expect(named({}, { teams })).toEqual([
      { pointer: '/configuration/task_routing/default_filter', node: null, message: expect.stringContaining('“team”') },
    ])
  })
})
