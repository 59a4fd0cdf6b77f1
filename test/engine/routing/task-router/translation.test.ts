import { describe, expect, it } from 'vitest'
import { check } from '#engine/index.ts'
import { importTaskRouter, isTaskRouterWorkflow } from '#engine/routing/task-router/index.ts'
import { faultsOf, filter, imported, node, ways, workflow } from './written.ts'

function translated(document: unknown) {
  const result = imported(document)
  expect(check(result.parsed).filter(({ severity }) => severity === 'error')).toEqual([])
  return result
}

/** The condition that a filter's expression becomes. */
function conditionOf(expression: string): unknown {
  return node(translated(workflow(filter(expression))).parsed, 'route')
}

/** The queue that targets become. */
function queueOf(...targets: readonly object[]) {
  return node(translated(workflow(filter('type == "x"', ...targets))).parsed, 'Chosen')
}

describe('a filter of a TaskRouter workflow', () => {
  it.each([
    ['type == "ticket"', 'vars.type == "ticket"'],
    ["task.type=='ticket'", 'vars.type == "ticket"'],
    ['amount >= 100.50', 'vars.amount >= 100.5'],
    ['100 < amount', '100 < vars.amount'],
    ['vip == true and (a == 1 OR b == 2)', 'vars.vip == true && (vars.a == 1 || vars.b == 2)'],
    ['a == 1 AND b == 2 OR c == 3', '(vars.a == 1 && vars.b == 2) || vars.c == 3'],
    ['language IN ["en", "es"]', 'vars.language in ["en", "es"]'],
    ['tags HAS "gold"', '"gold" in vars.tags'],
    ['subject CONTAINS "refund"', 'vars.subject.contains("refund")'],
    ['order.items[2].kind == "gift"', 'vars.order.items[2].kind == "gift"'],
    ['customer.tier == "gold"', 'customer.tier == "gold"'],
    ['(1 == 1 AND type == "x") OR 1 == 0', 'vars.type == "x"'],
    ['agent == null', '!has(vars.agent)'],
    ['type != "x"', '!has(vars.type) || vars.type != "x"'],
    ['type NOT IN ["x"]', '!has(vars.type) || !(vars.type in ["x"])'],
  ])('%s is the condition %s', (expression, when) => {
    expect(conditionOf(expression)).toMatchObject({ cases: [{ label: 'Chosen', when }] })
  })

  it('declares what it reads as variables, of the kind they are compared with', () => {
    const { variables } = translated(
      workflow(
        filter('a == "x" AND b > 1 AND c == true AND d HAS "x" AND e.f == 1 AND g == a AND customer.tier == "x"'),
      ),
    )
    expect(Object.fromEntries(variables.map(({ name, type }) => [name, type]))).toEqual({
      a: 'text',
      b: 'number',
      c: 'boolean',
      d: 'list',
      e: 'map',
      g: 'text',
    })
  })

  it('that matches every task ends the asking; what stands behind it is not drawn', () => {
    const { parsed } = translated(workflow(filter('1==1'), filter('type == "never asked"')))
    expect(parsed.nodes.map(({ id }) => id)).toEqual(['start', 'Chosen', 'person', 'leaveMessage', 'done'])
  })

  it('that matches no task is left out, and said so', () => {
    const { notes, parsed } = translated(workflow(filter('1==0')))
    expect(notes.map(({ pointer }) => pointer)).toContain('/task_routing/filters/0/expression')
    expect(ways(parsed, 'start')).toEqual({ next: 'Everything-else' })
  })
})

describe('the targets of a filter', () => {
  it('ask for skills with levels and a language', () => {
    const expression =
      'worker.skills HAS "Spanish" AND worker.routing.levels.Spanish >= 3 AND worker.languages HAS "pt-BR" AND 1==1'
    expect(queueOf({ queue: 'Q', expression })).toMatchObject({ skills: { Spanish: 3 }, language: 'pt-BR' })
  })

  it.each([
    ['worker.levels.x > 2', { x: 3 }],
    ['worker.levels.x > 2.5', { x: 3 }],
    ['4 <= worker.levels.x', { x: 4 }],
    ['worker.levels.x > 0', { x: 1 }],
    ['"a b" IN worker.skills', { a_b: 1 }],
    ['worker.department == "billing"', { department_billing: 1 }],
    ['worker.roles HAS "lead"', { roles_lead: 1 }],
    ['worker.is_manager == true', { is_manager: 1 }],
    ['worker.skills HAS "tier"', { tier_2: 1 }],
    ['worker.skills HAS "24/7"', { skill_24_7: 1 }],
  ])('%s asks for the skills %j', (expression, skills) => {
    expect(queueOf({ queue: 'Q', expression })).toMatchObject({ skills })
  })

  it('name every skill that must be set up, and two names never become one skill', () => {
    const { skills } = translated(
      workflow(filter('1==1', { queue: 'Q', expression: 'worker.skills HAS "a b" AND worker.skills HAS "a_b"' })),
    )
    expect(skills).toEqual([
      { id: 'a_b', attribute: 'a b' },
      { id: 'a_b_2', attribute: 'a_b' },
    ])
  })

  it('that ask for less and less are steps of one queue, each at its time', () => {
    const queue = queueOf(
      { queue: 'A', expression: 'worker.levels.x >= 5 AND worker.languages HAS "es"', timeout: 30 },
      { expression: 'worker.levels.x >= 2 AND worker.languages HAS "es"', timeout: '30' },
      { expression: 'worker.levels.x >= 2', timeout: 60 },
      { queue: 'B', timeout: 3600 },
    )
    expect(queue).toMatchObject({
      team: 'A',
      skills: { x: 5 },
      language: 'es',
      maxWait: '62m',
      relax: [
        { after: '30s', lower: { x: 2 } },
        { after: '1m', drop: ['language'] },
        { after: '2m', drop: ['x'], teams: ['B'] },
      ],
    })
  })

  it('of which one asks for more, or goes first, are queues one after the other, and the place is kept', () => {
    const { parsed } = translated(
      workflow(
        filter(
          'type == "x"',
          { queue: 'A', timeout: 30 },
          { expression: 'worker.skills HAS "x"', timeout: 30 },
          { queue: 'A', expression: 'worker.skills HAS "x"', priority: '10' },
        ),
      ),
    )
    expect([ways(parsed, 'Chosen'), ways(parsed, 'Chosen-2'), ways(parsed, 'Chosen-3')]).toEqual([
      { accepted: 'person', timeout: 'Chosen-2' },
      { accepted: 'person', timeout: 'Chosen-3' },
      { accepted: 'person', timeout: 'leaveMessage' },
    ])
    expect(node(parsed, 'Chosen-3')).toMatchObject({ team: 'A', skills: { x: 1 }, priority: 10, maxWait: '1d' })
  })

  it('with a priority make every queue wait as in TaskRouter: a point goes before a day of waiting', () => {
    const { parsed, notes } = translated(workflow(filter('type == "x"', { queue: 'A', priority: 5 })))
    expect([node(parsed, 'Chosen'), node(parsed, 'Everything-else')]).toMatchObject([
      { ageing: '1d' },
      { ageing: '1d' },
    ])
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('ageing'))
  })

  it('of which the last has a priority say so where another filter may follow, which begins at its own', () => {
    const { notes } = translated(workflow(filter('a == 1', { queue: 'A', priority: 5, timeout: 9 }), filter('b == 1')))
    expect(notes.map(({ pointer }) => pointer)).toContain('/task_routing/filters/0')
  })

  it('that time out lead to the next filter that matches, and never to the default filter', () => {
    const { parsed } = translated(workflow(filter('a == 1', { queue: 'A', timeout: 30 }), filter('b == 2')))
    expect(ways(parsed, 'Chosen')).toMatchObject({ timeout: 'route-after-1' })
    expect(ways(parsed, 'route-after-1')).toEqual({ 'case:filter2': 'Chosen-2', else: 'leaveMessage' })
    expect(ways(parsed, 'route')).toEqual({
      'case:filter1': 'Chosen',
      'case:filter2': 'Chosen-2',
      else: 'Everything-else',
    })
  })

  it('that are skipped while nobody is there lead on at once, in the end to the default filter', () => {
    const skipped = { queue: 'A', timeout: 30, skip_if: 'workers.available == 0' }
    const { parsed } = translated(workflow(filter('a == 1', skipped, { queue: 'B', skip_if: '1==1' })))
    expect(ways(parsed, 'Chosen')).toEqual({ accepted: 'person', timeout: 'Chosen-2', empty: 'Chosen-2' })
    expect(ways(parsed, 'Chosen-2')).toEqual({
      accepted: 'person',
      timeout: 'Everything-else',
      empty: 'Everything-else',
    })
    expect(node(parsed, 'Chosen-2')).toMatchObject({ maxWait: '1s' })
  })

  it.each(['known_worker_sid', 'known_worker_friendly_name'])('ask who helped last before the others: %s', (key) => {
    const queue = queueOf({ queue: 'A', [key]: 'task.agent', timeout: 20 }, { expression: 'worker.skills HAS "x"' })
    expect(queue).toMatchObject({ team: 'A', sameAgent: '20s', skills: { x: 1 }, maxWait: '1d' })
    expect(queueOf({ queue: 'A', expression: 'worker.sid == task.agent', timeout: 20 }, { queue: 'B' })).toMatchObject({
      team: 'A',
      sameAgent: '20s',
      relax: [{ after: '20s', teams: ['B'] }],
    })
  })

  it('prefer who has more of a skill than is asked for', () => {
    const order = 'worker.levels.x DESC, worker.levels.y desc'
    expect(queueOf({ queue: 'A', expression: 'worker.levels.x >= 3', order_by: order })).toMatchObject({
      skills: { x: 3 },
      prefer: { x: 4, y: 1 },
    })
  })

  it('that are never come to are left out, and said so', () => {
    const { notes } = translated(workflow(filter('a == 1', { queue: 'A' }, { queue: 'B' })))
    expect(notes.map(({ pointer }) => pointer)).toContain('/task_routing/filters/0/targets/1')
  })
})

describe('what cannot be translated is refused, with its place and its cure', () => {
  it('a priority beyond 100, a timeout of no time, an order and a skip that are not known', () => {
    const target = {
      queue: 'Q',
      priority: 101,
      order_by: 'worker.age ASC',
      skip_if: 'workers.WA1 < 2',
      timeout: 40_000_000,
    }
    expect(faultsOf(workflow(filter('1==1', target))).map((fault) => fault.split(' ')[0])).toEqual([
      '/task_routing/filters/0/targets/0/priority',
      '/task_routing/filters/0/targets/0/timeout',
      '/task_routing/filters/0/targets/0/order_by',
      '/task_routing/filters/0/targets/0/skip_if',
    ])
    expect(faultsOf(workflow(filter('1==1', { queue: 'Q', timeout: 0 })))[0]).toContain(
      'must be whole seconds, 1 or more',
    )
  })

  it('keys that are not known, filters without targets, targets without a queue, attributes of two kinds', () => {
    expect(faultsOf(workflow({ ...filter('1==1'), colour: 'red' }))[0]).toContain('“colour” is not known here')
    expect(faultsOf(workflow({ expression: '1==1', targets: [] }))[0]).toContain('must hold a target')
    expect(faultsOf(workflow(filter('1==1', {})))[0]).toContain('The first target must name a “queue”')
    expect(faultsOf(workflow(filter('a == 1 OR a == "1"')))[0]).toContain(
      '“a” is compared with values of several kinds',
    )
  })

  it('a filter that grows too long as a condition, told at the filter', () => {
    const expression = `b == "${'x'.repeat(2_000)}"`
    const [fault] = faultsOf(workflow(filter('a == 1'), filter(expression)))
    expect(fault).toMatch(/^\/task_routing\/filters\/1\/expression It makes no condition: .*2000 characters at most/)
  })

  it('every fault at once', () => {
    const document = workflow(filter('a ='), filter('b ~ 1', { queue: 'Q', expression: 'worker' }))
    expect(faultsOf(document)).toHaveLength(3)
  })
})

describe('a TaskRouter workflow', () => {
  it('comes in as its configuration alone, or as the API gives it, configuration as text and all', () => {
    const whole = workflow(filter('type == "x"'))
    const asText = { friendly_name: 'Night shift', configuration: JSON.stringify(whole) }
    expect(translated(asText).flow).toMatchObject({ id: 'Night-shift', name: 'Night shift' })
    expect(translated(whole.task_routing).parsed.nodes).toEqual(translated(whole).parsed.nodes)
    expect(faultsOf({ configuration: '{"task_routing": {"filters": 1}}' })[0]).toMatch(
      /^\/configuration\/task_routing\/filters /,
    )
  })

  it('is told from a flow and from anything else', () => {
    expect([workflow(), { filters: [] }, { configuration: workflow() }].map(isTaskRouterWorkflow)).toEqual([
      true,
      true,
      true,
    ])
    const others = [null, [], {}, 'task_routing', { baton: 1, nodes: [], filters: [] }, { configuration: '{' }]
    expect(others.filter(isTaskRouterWorkflow)).toEqual([])
  })

  it('names its teams after its TaskQueues, or as they are given', () => {
    const document = workflow(filter('type == "x"', { queue: 'WQ12' }))
    expect(translated(document).teams).toEqual([
      { id: 'WQ12', queue: 'WQ12', routing: 'longestIdle' },
      { id: 'Everyone', queue: 'Everyone', routing: 'longestIdle' },
    ])
    const named = importTaskRouter(document, { id: 'mine', name: 'Mine', teams: { WQ12: 'sales' } })
    expect(named).toMatchObject({ flow: { id: 'mine', name: 'Mine' }, teams: [{ id: 'sales' }, { id: 'Everyone' }] })
  })

  it('without a default filter lets who matches none leave a message', () => {
    const { parsed } = translated({ task_routing: { filters: [filter('type == "x"')] } })
    expect(ways(parsed, 'route')).toEqual({ 'case:filter1': 'Chosen', else: 'leaveMessage' })
    expect(faultsOf({ task_routing: {} })[0]).toContain('No task goes anywhere')
  })

  it('brings its notes to the canvas, where the designer sees them', () => {
    const { parsed, notes } = translated(workflow(filter('a == 1 AND b == 2 OR c == 3')))
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('AND is read before OR'))
    expect(parsed.notes?.[0]?.text).toContain('AND is read before OR')
  })
})
