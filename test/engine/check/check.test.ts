import { describe, expect, test } from 'vitest'
import { check, rules } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'

/** The support flow, which passes every rule once its queue has a way while nobody is there. */
const wholeEdges = [...supportEdges, 'billing.empty > note']
const drawWhole = (nodes: Readonly<Record<string, Drawn>>, edges: readonly string[]) =>
  draw(nodes, edges, { orderNumber: { type: 'text' } })
const without = (...edges: readonly string[]) =>
  wholeEdges.filter((edge) => !edges.some((each) => edge.startsWith(each)))

/** For each rule of the chart's structure a flow that breaks it, and the node it must name. */
const broken: Readonly<
  Record<
    string,
    { readonly nodes: Readonly<Record<string, Drawn>>; readonly edges: readonly string[]; readonly node: string }
  >
> = {
  outlets: { nodes: supportNodes, edges: without('billing.timeout'), node: 'billing' },
  circles: {
    nodes: { start: ['start'], one: ['say', { text: '1' }], two: ['say', { text: '2' }] },
    edges: ['start.next > one', 'one.next > two', 'two.next > one'],
    node: 'one',
  },
  person: {
    nodes: { start: ['start'], chat: ['listen'], bye: ['close'] },
    edges: ['start.next > chat', 'chat.done > bye', 'chat.failed > bye'],
    node: 'chat',
  },
  bounded: {
    nodes: { start: ['start'], look: ['call', { method: 'GET', url: 'https://shop.example' }], bye: ['close'] },
    edges: ['start.next > look', 'look.ok > bye'],
    node: 'look',
  },
  explicit: { nodes: supportNodes, edges: [...without('wants.fired'), 'wants.fired > chat'], node: 'wants' },
  queues: { nodes: supportNodes, edges: without('billing.empty'), node: 'billing' },
  endings: {
    nodes: { start: ['start'], person: ['agent'], bye: ['close'] },
    edges: ['start.next > person', 'person.resolved > bye', 'person.handback > bye'],
    node: 'person',
  },
  waits: {
    nodes: {
      ...supportNodes,
      billing: ['queue', { team: 'billing', text: 'Wait 5 minutes.', maxWait: '5m', sla: { firstResponse: '5m' } }],
    },
    edges: wholeEdges,
    node: 'billing',
  },
  unreachable: { nodes: { ...supportNodes, lonely: ['close'] }, edges: wholeEdges, node: 'lonely' },
}

describe('The check', () => {
  test('finds nothing wrong with a whole flow', () => {
    expect(check(drawWhole(supportNodes, wholeEdges))).toEqual([])
  })

  for (const [name, example] of Object.entries(broken)) {
    const rule = rules.find((each) => each.name === name)
    test(`“${rule?.title ?? name}”: names the node and the cure where it does not hold`, () => {
      const problem = check(drawWhole(example.nodes, example.edges)).find((each) => each.rule === name)
      expect(problem).toMatchObject({ node: example.node })
      expect(problem?.message).toMatch(/;|take it out/)
      expect(problem?.pointer).toMatch(/^\/nodes\/\d+$/)
    })
  }

  test('does not ask for ways out that have a default', () => {
    expect(check(drawWhole(supportNodes, without('ladder.resolved')))).toEqual([])
  })

  const twoQueues = {
    ...supportNodes,
    later: ['queue', { team: 'later', text: 'About 5 minutes.', maxWaiting: 3 }],
  } as const
  const around = [...supportEdges, 'billing.empty > later', 'later.accepted > person', 'later.timeout > note']

  test('1. two queues that turn away to each other are a circle: when both do, the customer would be nowhere', () => {
    const circle = (...edges: readonly string[]) =>
      check(drawWhole(twoQueues, [...around, ...edges])).map((each) => each.rule)
    expect(circle('later.empty > billing')).toContain('circles')
    expect(circle('later.full > billing')).toContain('circles')
    expect(circle('later.empty > note')).toEqual([])
  })

  test('2. a full queue without a way of its own goes as after the longest wait: that too may close a circle', () => {
    const edges = [...around.filter((edge) => edge !== 'later.timeout > note'), 'later.timeout > billing']
    expect(check(drawWhole(twoQueues, edges)).map((each) => each.rule)).toContain('circles')
  })

  test('3. what a queue lets go of with time is what it asks for, before the wait ends', () => {
    const messages = (data: object) =>
      check(
        drawWhole(
          { ...supportNodes, billing: ['queue', { team: 'billing', text: '5 minutes.', maxWait: '5m', ...data }] },
          wholeEdges,
        ),
      ).map((each) => each.message)
    expect(
      messages({
        skills: { french: 5 },
        language: 'fr',
        relax: [
          { after: '1m', lower: { french: 3 }, teams: ['vip'] },
          { after: '2m', drop: ['french', 'language'] },
        ],
      }),
    ).toEqual([])
    expect(messages({ relax: [{ after: '5m', teams: ['vip'] }] })).toEqual([expect.stringContaining('never comes')])
    expect(messages({ relax: [{ after: '1m', drop: ['tier'] }] })).toEqual([expect.stringContaining('“tier”')])
    expect(messages({ skills: { french: 5 }, relax: [{ after: '1m', lower: { french: 5 } }] })).toEqual([
      expect.stringContaining('smaller level than 5'),
    ])
    expect(messages({ relax: [{ after: '1m', teams: ['billing'] }] })).toEqual([
      expect.stringContaining('asks already'),
    ])
    expect(messages({ sameAgent: '5m' })).toEqual([expect.stringContaining('Nobody else is asked')])
  })

  test('a question with choices needs a way for each, or one for all', () => {
    const nodes: Record<string, Drawn> = {
      ...supportNodes,
      order: [
        'ask',
        {
          text: '?',
          variable: 'orderNumber',
          as: 'choice',
          choices: [
            { id: 'a', label: 'A' },
            { id: 'b', label: 'B' },
          ],
        },
      ],
    }
    const edges = without('order.')
    const flow = (more: readonly string[]) => draw(nodes, [...edges, ...more], { orderNumber: { type: 'choice' } })
    expect(
      check(flow(['order.choice:a > size']))
        .map((problem) => problem.message)
        .join(),
    ).toMatch(/choice:b/)
    expect(check(flow(['order.answered > size']))).toEqual([])
    expect(check(flow(['order.choice:a > size', 'order.choice:b > size']))).toEqual([])
  })

  test('2,000 nodes are no reason to overflow', () => {
    const says = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`s${index}`, ['say', { text: 'Next.' }] as const]),
    )
    const edges = Array.from({ length: 1_999 }, (_, index) => `s${index}.next > s${index + 1}`)
    const flow = draw({ start: ['start'], ...says, bye: ['close'] }, ['start.next > s0', ...edges, 's1999.next > bye'])
    expect(check(flow)).toEqual([])
  })
})

describe('Without the ways', () => {
  test('the same problems are found, and less is said of each', () => {
    for (const { nodes, edges } of Object.values(broken)) {
      const flow = drawWhole(nodes, edges)
      const place = (each: ReturnType<typeof check>[number]) => `${each.severity} ${each.rule} ${each.node}`
      const [quick, whole] = [check(flow, { paths: false }), check(flow)]
      expect(quick.map(place)).toEqual(whole.map(place))
      expect(quick.filter((each) => each.path !== undefined)).toEqual([])
    }
  })
})
