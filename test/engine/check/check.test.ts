import { describe, expect, test } from 'vitest'
import { check, rules } from '#engine/index.ts'
import { draw, support, supportEdges, supportNodes, type Drawn } from '../draw.ts'

/** For each rule a flow that breaks it, and the node it must name. The support flow passes them all. */
const broken: Readonly<Record<string, { readonly nodes: Readonly<Record<string, Drawn>>; readonly edges: readonly string[]; readonly node: string }>> = {
  outlets: { nodes: supportNodes, edges: supportEdges.filter((edge) => !edge.startsWith('billing.timeout')), node: 'billing' },
  circles: {
    nodes: { start: ['start'], one: ['say', { text: '1' }], two: ['say', { text: '2' }] },
    edges: ['start.next > one', 'one.next > two', 'two.next > one'], node: 'one',
  },
  person: {
    nodes: { start: ['start'], chat: ['listen'], bye: ['close'] },
    edges: ['start.next > chat', 'chat.done > bye', 'chat.failed > bye'], node: 'chat',
  },
  waits: { nodes: { ...supportNodes, billing: ['queue', { team: 'billing', text: 'Wait.', maxWait: '5m', sla: { firstResponse: '5m' } }] }, edges: supportEdges, node: 'billing' },
  unreachable: { nodes: { ...supportNodes, lonely: ['close'] }, edges: supportEdges, node: 'lonely' },
}

describe('The check', () => {
  test('finds nothing wrong with a whole flow', () => {
    expect(check(support())).toEqual([])
  })

  for (const rule of rules) {
    test(`“${rule.title}”: names the node and the cure where it does not hold`, () => {
      const example = broken[rule.name]
      expect(example, 'each rule has a flow that breaks it').toBeDefined()
      const flow = draw(example?.nodes ?? {}, example?.edges ?? [], { orderNumber: { type: 'text' } })
      const problem = check(flow).find((each) => each.rule === rule.name)
      expect(problem).toMatchObject({ node: example?.node })
      expect(problem?.message).toMatch(/;|take it out/)
      expect(problem?.pointer).toMatch(/^\/nodes\/\d+$/)
    })
  }

  test('does not ask for ways out that have a default', () => {
    const flow = draw(supportNodes, supportEdges.filter((edge) => !edge.startsWith('ladder.resolved')), { orderNumber: { type: 'text' } })
    expect(check(flow)).toEqual([])
  })

  const twoQueues = { ...supportNodes, later: ['queue', { team: 'later', text: 'Wait.', maxWaiting: 3 }] } as const
  const around = [...supportEdges, 'billing.empty > later', 'later.accepted > person', 'later.timeout > note']

  test('1. two queues that turn away to each other are a circle: when both do, the customer would be nowhere', () => {
    const circle = (...edges: readonly string[]) => check(draw(twoQueues, [...around, ...edges], { orderNumber: { type: 'text' } })).map((each) => each.rule)
    expect(circle('later.empty > billing')).toEqual(['circles'])
    expect(circle('later.full > billing')).toEqual(['circles'])
    expect(circle('later.empty > note')).toEqual([])
  })

  test('2. a full queue without a way of its own goes as after the longest wait: that too may close a circle', () => {
    const edges = [...around.filter((edge) => edge !== 'later.timeout > note'), 'later.timeout > billing']
    expect(check(draw(twoQueues, edges, { orderNumber: { type: 'text' } })).map((each) => each.rule)).toEqual(['circles'])
  })

  test('3. what a queue lets go of with time is what it asks for, before the wait ends', () => {
    const messages = (data: object) => check(draw({ ...supportNodes, billing: ['queue', { team: 'billing', text: 'Wait.', maxWait: '5m', ...data }] }, supportEdges, { orderNumber: { type: 'text' } })).map((each) => each.message)
    expect(messages({ skills: { french: 5 }, language: 'fr', relax: [{ after: '1m', lower: { french: 3 }, teams: ['vip'] }, { after: '2m', drop: ['french', 'language'] }] })).toEqual([])
    expect(messages({ relax: [{ after: '5m', teams: ['vip'] }] })).toEqual([expect.stringContaining('never comes')])
    expect(messages({ relax: [{ after: '1m', drop: ['tier'] }] })).toEqual([expect.stringContaining('“tier”')])
    expect(messages({ skills: { french: 5 }, relax: [{ after: '1m', lower: { french: 5 } }] })).toEqual([expect.stringContaining('smaller level than 5')])
    expect(messages({ relax: [{ after: '1m', teams: ['billing'] }] })).toEqual([expect.stringContaining('asks already')])
    expect(messages({ sameAgent: '5m' })).toEqual([expect.stringContaining('Nobody else is asked')])
  })

  test('a question with choices needs a way for each, or one for all', () => {
    const nodes: Record<string, Drawn> = {
      ...supportNodes, order: ['ask', { text: '?', variable: 'orderNumber', as: 'choice', choices: [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }] }],
    }
    const edges = supportEdges.filter((edge) => !edge.startsWith('order.'))
    const flow = (more: readonly string[]) => draw(nodes, [...edges, ...more], { orderNumber: { type: 'choice' } })
    expect(check(flow(['order.choice:a > size'])).map((problem) => problem.message).join()).toMatch(/choice:b/)
    expect(check(flow(['order.answered > size']))).toEqual([])
    expect(check(flow(['order.choice:a > size', 'order.choice:b > size']))).toEqual([])
  })

  test('2,000 nodes are no reason to overflow', () => {
    const says = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`s${index}`, ['say', { text: 'Next.' }] as const]))
    const edges = Array.from({ length: 1_999 }, (_, index) => `s${index}.next > s${index + 1}`)
    const flow = draw({ start: ['start'], ...says, bye: ['close'] }, ['start.next > s0', ...edges, 's1999.next > bye'])
    expect(check(flow)).toEqual([])
  })
})
