import { describe, expect, test } from 'vitest'
import {
  parseScenarios,
  coverageOf,
  optionsOf,
  perform,
  runScenario,
  simulate,
  type Scenario,
} from '#engine/simulate/index.ts'
import type { Flow } from '#engine/index.ts'
import { pathTests } from '#engine/testing/index.ts'
import { hello, ready } from '../flows/library.ts'
import { desk, drawn } from '../explore/small.ts'

function coveredBy(flow: Flow, scenario: Scenario): readonly string[] {
  const begun = simulate(flow, optionsOf(scenario))
  const played = scenario.steps.reduce(
    (simulation, step) => ('expect' in step ? simulation : perform(simulation, step)),
    begun,
  )
  return coverageOf(flow, played.steps).covered.map((each) => each.id)
}

for (const { id, flow } of [hello, ...ready]) {
  describe(`The path tests that the machine writes for “${id}”`, () => {
    const { scenarios, covered, uncovered } = pathTests(flow)

    test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('law 1: %s', (_, scenario) => {
      expect(runScenario(flow, scenario).failures).toEqual([])
    })

    test('law 2: come through every node, every outlet and every trigger', () => {
      expect(uncovered).toEqual([])
      expect([...new Set(scenarios.flatMap((scenario) => coveredBy(flow, scenario)))].toSorted()).toEqual(
        covered.map((each) => each.id).toSorted(),
      )
    })

    test('law 3: are no more than it takes: each covers something that no other does', () => {
      const all = scenarios.map((scenario) => coveredBy(flow, scenario))
      const times = new Map<string, number>()
      for (const item of all.flat()) times.set(item, (times.get(item) ?? 0) + 1)
      expect(all.filter((items) => items.every((item) => (times.get(item) ?? 0) > 1))).toEqual([])
    })

    test('can be kept in a file of scenarios', () => {
      expect(parseScenarios(JSON.parse(JSON.stringify({ flow: flow.id, scenarios })))).toMatchObject({ ok: true })
    })
  })
}

describe('What the machine finds no path to', () => {
  test('law 2: is named, with the condition in doubt', () => {
    const when = 'customer.tier == "gold" && customer.tier == "lead"'
    const { flow } = drawn({
      start: { type: 'start', to: { next: 'fork' } },
      fork: {
        type: 'branch',
        data: { cases: [{ id: 'never', label: 'never', when }] },
        to: { 'case:never': 'gift', else: 'bot' },
      },
      gift: { type: 'say', data: { text: 'A gift' }, to: { next: 'bot' } },
      ...desk,
    })
    const { uncovered } = pathTests(flow, 300)
    expect(uncovered.map(({ item }) => item.id)).toEqual(['outlet:fork.case:never', 'node:gift', 'outlet:gift.next'])
    expect(uncovered[1]?.why).toBe(
      'The flow draws a way (start.next, fork.case:never), but no conversation was found that takes it: a condition on it was not met by anything that was tried.',
    )
  })

  test('law 2: is said to be out of reach where the flow draws no way', () => {
    const { flow } = drawn({ ...desk, forgotten: { type: 'say', data: { text: 'Hm' }, to: { next: 'bot' } } })
    expect(pathTests(flow).uncovered).toMatchObject([
      { item: { id: 'node:forgotten' }, why: 'No way of the flow leads there, whatever the customer does.' },
      { item: { id: 'outlet:forgotten.next' } },
    ])
  })

  test('law 4: the same flow gives the same scenarios', () => {
    expect(pathTests(drawn(desk).flow)).toEqual(pathTests(drawn(desk).flow))
  })
})
