/**
 * Mistakes on purpose.
 *
 * Law 1: the same flow gives the same mutants in the same order, each with an id of its own.
 * Law 2: each mutant differs from its flow in one place; the flow itself is as it was.
 * Law 3: a mutant counts as noticed only where a scenario that passes on the flow fails on it.
 */
import { describe, expect, test } from 'vitest'
import { parseFlow, type Flow } from '#engine/index.ts'
import { killed, mutate, operators, reportOf, verdicts, type Mutant } from '#engine/mutation/index.ts'
import { parseScenarios, type Scenario } from '#engine/simulate/index.ts'
import { draw, type support } from '../draw.ts'

/** Something of everything that can be mistaken. */
const flow: ReturnType<typeof support> = draw(
  {
    start: ['start'],
    hello: ['say', { text: 'Hello {{ customer.name }}.' }],
    which: [
      'branch',
      {
        cases: [
          { id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' },
          { id: 'big', label: 'Big', when: 'customer.spent > 100' },
        ],
      },
    ],
    mark: ['set', { assign: [{ variable: 'kind', value: '"vip"' }] }],
    pause: ['wait', { for: '10s' }],
    number: ['ask', { text: 'Which order?', variable: 'order', as: 'number', attempts: 2, check: 'value >= 10' }],
    chat: ['listen'],
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }, { signal: 'fallbacks', times: 3 }] }],
    unsure: ['trigger', { signals: [{ signal: 'lowConfidence', below: 0.5, times: 2 }] }],
    ladder: [
      'ladder',
      {
        rungs: [
          { kind: 'rephrase', text: 'In other words?' },
          { kind: 'offerHuman', text: 'A person?' },
        ],
      },
    ],
    billing: [
      'queue',
      {
        team: 'billing',
        text: 'Number {{ queue.position }}.',
        relax: [{ after: '2m', teams: ['sales'] }],
        maxWait: '10m',
      },
    ],
    sales: ['queue', { team: 'sales', text: 'Wait here, number {{ queue.position }}.', maxWait: '10m' }],
    person: ['agent'],
    note: ['ticket', { text: 'Leave a note.', replyWithin: '1d' }],
    bye: ['close', { text: 'Goodbye.' }],
  },
  [
    'start.next > hello',
    'hello.next > which',
    'which.case:vip > mark',
    'which.case:big > pause',
    'which.else > number',
    'mark.next > pause',
    'pause.next > chat',
    'number.answered > chat',
    'number.failed > sales',
    'wants.fired > billing',
    'unsure.fired > ladder',
    'ladder.human > billing',
    'billing.accepted > person',
    'billing.timeout > note',
    'sales.accepted > person',
    'sales.timeout > note',
    'person.resolved > bye',
    'person.handback > chat',
    'note.created > bye',
  ],
  { order: { type: 'number' }, kind: { type: 'text' } },
)
const asksForPerson = scenario({
  name: 'A VIP who asks for a person waits for billing',
  customer: { tier: 'vip', spent: 0, name: 'Ann' },
  steps: [
    { clock: '10s' },
    { customer: 'a human please' },
    { expect: { state: 'queued.billing', said: ['Hello Ann.', 'Number 1.'], variables: { kind: 'vip' } } },
    { clock: '10m' },
    { expect: { state: 'queued.note', said: 'Leave a note.' } },
  ],
})

function scenario(written: unknown): Scenario {
  const read = parseScenarios({ flow: 'f', scenarios: [written] })
  const [first] = read.ok ? read.file.scenarios : []
  if (first === undefined) throw new Error(JSON.stringify(read))
  return first
}

function only(operator: string): readonly Mutant[] {
  return mutate(flow).filter((each) => each.operator === operator)
}

describe('Mutants of a flow', () => {
  test('law 1: are the same each time, in the same order, each with its own id', () => {
    const all = mutate(flow)
    expect(all).toEqual(mutate(flow))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  test.each(operators.map(({ name }) => name))(
    'law 2: “%s” changes one place and leaves the flow as it was',
    (name) => {
      const before = JSON.stringify(flow)
      const mutants = only(name)
      expect(mutants.length).toBeGreaterThan(0)
      const parsed = parseFlow(flow)
      for (const { flow: changed, change } of mutants) {
        expect(parsed.ok && placesThatDiffer(parsed.flow, changed)).toBe(1)
        expect(change).not.toMatch(/undefined|\[object/)
      }
      expect(JSON.stringify(flow)).toBe(before)
    },
  )

  test('say in a sentence what is otherwise', () => {
    const said = (operator: string) => only(operator).map(({ change }) => change)
    expect(said('lengthen')).toContain('“for” of “pause” is 20s instead of 10s')
    expect(said('team')).toContain('“billing” waits for the team “sales” instead of “billing”')
    expect(said('dropSignal')).toContain('“wants” does not watch for fallbacks')
    expect(said('dropSignal')).toContain('nothing watches as “unsure” does (lowConfidence)')
    expect(said('boundary')).toContain('“which” asks “customer.spent >= 100” with “>=” instead of “>”')
    expect(said('dropVariable')).toContain('“hello” does not say “customer.name” in its text')
    expect(said('swapCases')).toEqual(['“which” asks “Big” before “VIP”'])
    expect(said('raiseThreshold')).toContain('“unsure” watches lowConfidence with “below” at 0.7 instead of 0.5')
  })

  test('are taken evenly where fewer are wanted', () => {
    const all = mutate(flow)
    const some = mutate(flow, 10)
    expect(some).toHaveLength(10)
    expect(some[0]).toEqual(all[0])
    expect(new Set(some.map(({ operator }) => operator)).size).toBeGreaterThan(4)
  })
})

describe('Whether scenarios would notice', () => {
  const verdictOf = (id: string, scenarios: readonly Scenario[] = [asksForPerson]) => {
    const mutant = mutate(flow).find((each) => each.id === id)
    return mutant && killed(mutant, scenarios)
  }

  test('law 3: what a scenario looks at is noticed, and by which one is said', () => {
    expect(verdictOf('dropItem:mark/assign/0')).toMatchObject({ is: 'killed', by: asksForPerson.name })
    expect(verdictOf('dropVariable:hello/text@6')).toMatchObject({ is: 'killed' })
    expect(verdictOf('lengthen:billing/maxWait')).toMatchObject({ is: 'killed' })
  })

  test('what none looks at survives, with a sentence', () => {
    const verdict = verdictOf('text:bye/text')
    expect(verdict?.is).toBe('survived')
    expect(verdict?.mutant.change).toBe('“bye” does not say “Goodbye.”')
  })

  test('what the check would not let be published is refused, and what no scenario passes notices nothing', () => {
    expect(verdictOf('dropEdge:sales/e14', [])?.is).toBe('refused')
    const failing = { ...asksForPerson, steps: [{ expect: { state: 'bot.nowhere' } }] }
    expect([...verdicts(flow, [failing], 5)].some(({ is }) => is === 'killed')).toBe(false)
  })

  test('the report counts them all, and scores what could have been noticed', () => {
    const all = [...verdicts(flow, [asksForPerson])]
    const report = reportOf(all)
    expect(report.total).toBe(mutate(flow).length)
    expect(report.killed + report.refused + report.survivors.length).toBe(report.total)
    expect(report.score).toBeCloseTo(report.killed / (report.killed + report.survivors.length))
    expect(reportOf([]).score).toBe(1)
  })
})

/** In nodes and edges, by their ids; what goes with a node goes as one. */
function placesThatDiffer(flow: Flow, changed: object): number {
  // A mutant is a document of nodes and edges, as its flow is.
  const { nodes, edges } = changed as Flow
  const gone = flow.nodes.filter(({ id }) => nodes.every((each) => each.id !== id)).map(({ id }) => id)
  const otherNodes = nodes.filter(
    (node) => JSON.stringify(node) !== JSON.stringify(flow.nodes.find(({ id }) => id === node.id)),
  )
  const otherEdges = flow.edges.filter(
    (edge) =>
      !gone.includes(edge.source) && JSON.stringify(edge) !== JSON.stringify(edges.find(({ id }) => id === edge.id)),
  )
  return gone.length + otherNodes.length + otherEdges.length
}
