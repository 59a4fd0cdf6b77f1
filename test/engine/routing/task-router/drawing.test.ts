import { describe, expect, it } from 'vitest'
import { filter, imported, ways, workflow } from './written.ts'

const SKIP = { skip_if: 'workers.available == 0' }

/** Where every node stands. */
function placesOf(document: unknown): Readonly<Record<string, readonly [number, number]>> {
  const { nodes } = imported(document).parsed
  return Object.fromEntries(nodes.map(({ id, position: { x, y } }) => [id, [x, y]]))
}

/** Where every way out leads. */
function mapOf(document: unknown) {
  const { parsed } = imported(document)
  return Object.fromEntries(parsed.nodes.map(({ id }) => [id, ways(parsed, id)]))
}

describe('a workflow is drawn', () => {
  it('from the start to the last word', () => {
    const { flow, teams } = imported(workflow(filter('a == 1', { queue: 'A' })))
    expect(teams).toEqual([
      { id: 'A', queue: 'A', routing: 'longestIdle' },
      { id: 'Everyone', queue: 'Everyone', routing: 'longestIdle' },
    ])
    expect(flow).toStrictEqual({
      baton: 1,
      id: 'TaskRouter-workflow',
      name: 'TaskRouter workflow',
      variables: { a: { type: 'number' } },
      nodes: [
        { id: 'start', type: 'start', data: {}, position: { x: 0, y: 0 } },
        {
          id: 'route',
          type: 'branch',
          data: { cases: [{ id: 'filter1', label: 'Chosen', when: 'vars.a == 1' }] },
          position: { x: 360, y: 0 },
        },
        {
          id: 'Chosen',
          type: 'queue',
          data: { team: 'A', text: expect.stringContaining('You are number'), maxWait: '1d' },
          position: { x: 720, y: 0 },
        },
        {
          id: 'Everything-else',
          type: 'queue',
          data: { team: 'Everyone', text: expect.stringContaining('You are number'), maxWait: '1d' },
          position: { x: 720, y: 200 },
        },
        {
          id: 'person',
          type: 'agent',
          data: { intro: expect.stringContaining('{{ agent.name }} here') },
          position: { x: 1080, y: 0 },
        },
        {
          id: 'leaveMessage',
          type: 'ticket',
          data: { text: expect.stringContaining('Nobody is free'), replyWithin: '1d' },
          position: { x: 1080, y: 200 },
        },
        {
          id: 'done',
          type: 'close',
          data: { text: 'Thank you for writing to us.', reason: 'resolved' },
          position: { x: 1440, y: 0 },
        },
      ],
      edges: [
        { id: 'Chosen-accepted', source: 'Chosen', sourceHandle: 'accepted', target: 'person' },
        { id: 'Chosen-timeout', source: 'Chosen', sourceHandle: 'timeout', target: 'leaveMessage' },
        { id: 'route-case-filter1', source: 'route', sourceHandle: 'case:filter1', target: 'Chosen' },
        { id: 'Everything-else-accepted', source: 'Everything-else', sourceHandle: 'accepted', target: 'person' },
        { id: 'Everything-else-timeout', source: 'Everything-else', sourceHandle: 'timeout', target: 'leaveMessage' },
        { id: 'route-else', source: 'route', sourceHandle: 'else', target: 'Everything-else' },
        { id: 'start-next', source: 'start', sourceHandle: 'next', target: 'route' },
        { id: 'person-resolved', source: 'person', sourceHandle: 'resolved', target: 'done' },
        { id: 'person-handback', source: 'person', sourceHandle: 'handback', target: 'done' },
        { id: 'leaveMessage-created', source: 'leaveMessage', sourceHandle: 'created', target: 'done' },
      ],
      notes: [
        {
          id: 'imported',
          text:
            'From TaskRouter. Not quite as there:\nWho waits in vain leaves a message, where TaskRouter cancels the task. ' +
            '(/task_routing)',
          position: { x: 0, y: -140 },
          width: 680,
          height: 80,
        },
      ],
    })
  })

  it('with other words for who keeps a place than for who comes new', () => {
    const { parsed } = imported(workflow(filter('a == 1', { queue: 'A', ...SKIP }, { queue: 'B' })))
    const texts = parsed.nodes.flatMap(({ type, data }) => (type === 'queue' ? [data] : []))
    expect(texts).toMatchObject([
      { text: expect.stringContaining('You are number') },
      { text: expect.stringContaining('You keep your place') },
      { text: expect.stringContaining('You are number') },
    ])
  })

  it('with each to the right of all that leads to it, and below what stands there', () => {
    const document = workflow(filter('a == 1', { queue: 'A', timeout: 9, ...SKIP }), filter('b == 2'))
    expect(placesOf(document)).toEqual({
      start: [0, 0],
      route: [360, 0],
      Chosen: [720, 0],
      'route-after-1': [1080, 0],
      'route-after-1-2': [1080, 200],
      'Chosen-2': [1440, 0],
      'Everything-else': [1440, 200],
      person: [1800, 0],
      leaveMessage: [1800, 200],
      done: [2160, 0],
    })
  })

  it('with room for a line for each filter', () => {
    const others = [2, 3, 4].map((value) => filter(`a == ${value}`))
    const document = workflow(filter('a == 1', { queue: 'A', timeout: 9, ...SKIP }), ...others)
    expect(placesOf(document)['route-after-1-2']).toEqual([1080, 220])
  })

  it('with what comes after a filter drawn once, however many ways lead there', () => {
    const document = workflow(filter('a == 1', { queue: 'A', skip_if: '1==1' }), filter('b == 2'))
    expect(mapOf(document)).toEqual({
      start: { next: 'route' },
      route: { 'case:filter1': 'Chosen', 'case:filter2': 'Chosen-2', else: 'Everything-else' },
      Chosen: { accepted: 'person', timeout: 'route-after-1', empty: 'route-after-1' },
      'route-after-1': { 'case:filter2': 'Chosen-2', else: 'Everything-else' },
      'Chosen-2': { accepted: 'person', timeout: 'leaveMessage' },
      'Everything-else': { accepted: 'person', timeout: 'leaveMessage' },
      person: { resolved: 'done', handback: 'done' },
      leaveMessage: { created: 'done' },
      done: {},
    })
  })

  it('with a filter for all tasks at the end of every choice', () => {
    const goesOn = { queue: 'A', timeout: 9, ...SKIP }
    const document = workflow(
      filter('a == 1', goesOn),
      filter('b == 2', goesOn),
      filter('1==1', goesOn),
      filter('c == 3'),
    )
    expect(mapOf(document)).toMatchObject({
      route: { 'case:filter1': 'Chosen', 'case:filter2': 'Chosen-2', else: 'Chosen-3' },
      Chosen: { timeout: 'route-after-1', empty: 'route-after-1-2' },
      'route-after-1': { 'case:filter2': 'Chosen-2', else: 'Chosen-3' },
      'Chosen-2': { timeout: 'Chosen-3', empty: 'Chosen-3' },
      'Chosen-3': { timeout: 'route-after-3', empty: 'route-after-3-2' },
      'route-after-3': { 'case:filter4': 'Chosen-4', else: 'leaveMessage' },
      'route-after-3-2': { 'case:filter4': 'Chosen-4', else: 'Everything-else' },
    })
  })

  it('with a message for who is skipped on from the default filter, or times out there', () => {
    const otherwise = { queue: 'E', timeout: 9, ...SKIP }
    expect(mapOf({ task_routing: { filters: [], default_filter: otherwise } })).toEqual({
      start: { next: 'Everything-else' },
      'Everything-else': { accepted: 'person', timeout: 'leaveMessage', empty: 'leaveMessage' },
      person: { resolved: 'done', handback: 'done' },
      leaveMessage: { created: 'done' },
      done: {},
    })
  })

  it('with a message for who waits in vain where nothing but a skip leads on', () => {
    const document = workflow(filter('a == 1', { queue: 'A', ...SKIP }, { queue: 'B', ...SKIP }), filter('1==1'))
    expect(mapOf(document)).toMatchObject({
      Chosen: { timeout: 'leaveMessage', empty: 'Chosen-2' },
      'Chosen-2': { timeout: 'leaveMessage', empty: 'Chosen-3' },
    })
  })

  it('with a message for who is skipped on from the last filter where there is no default filter', () => {
    const document = { task_routing: { filters: [filter('1==1', { queue: 'A', timeout: 9, ...SKIP })] } }
    expect(mapOf(document)).toMatchObject({ Chosen: { timeout: 'leaveMessage', empty: 'leaveMessage' } })
  })

  it('with waits in the largest unit that needs no fraction', () => {
    const waits = [59, 60, 61, 3600, 5400, 86_400, 90_000, 86_401].map((timeout) => {
      const { parsed } = imported(workflow(filter('1==1', { queue: 'A', timeout })))
      return parsed.nodes.find(({ id }) => id === 'Chosen')?.data
    })
    const texts = ['59s', '1m', '61s', '1h', '90m', '1d', '25h', '86401s']
    expect(waits).toMatchObject(texts.map((maxWait) => ({ maxWait })))
  })
})
