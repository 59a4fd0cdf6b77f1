import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledFlow, reach, replay, type Flow } from '#engine/index.ts'
import { graphOf } from '#engine/check/graph.ts'
import { runScenario, scenarioOfLog } from '#engine/simulate/index.ts'
import { pathTests } from '#engine/testing/index.ts'
import { randomFlow } from '../check/walk/flows.ts'

/** A flow, and any of its nodes. */
const somewhere = fc
  .tuple(randomFlow, fc.nat())
  .map(([flow, nth]) => ({ flow, node: flow.nodes[nth % flow.nodes.length]?.id ?? '' }))
const found = (flow: Flow, node: string, budget = 100) => reach(compiledFlow(flow), { node }, { budget })
const placeOf = (state: string) => state.slice(state.indexOf('.') + 1)

describe('Of any flow, also one that nobody would draw,', () => {
  test('law 1: a path that is found replays to every state that it names', () => {
    fc.assert(
      fc.property(somewhere, ({ flow, node }) => {
        const path = found(flow, node)
        if (path === undefined) return
        for (const [index, { state }] of path.entries()) {
          expect(replay(flow, 0, path.slice(0, index + 1)).snapshot.state).toBe(state)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('law 2: nobody comes to where the chart leads nobody', () => {
    fc.assert(
      fc.property(somewhere, ({ flow, node }) => {
        const { reachable } = graphOf(compiledFlow(flow))
        const path = found(flow, node)
        if (!reachable.has(node)) expect(path).toBeUndefined()
        expect(
          (path ?? [])
            .flatMap(({ state, ways }) => [placeOf(state), ...ways.map((way) => way.node)])
            .filter((each) => !reachable.has(each)),
        ).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('law 3: every test that the machine writes passes', () => {
    fc.assert(
      fc.property(randomFlow, (flow) => {
        for (const scenario of pathTests(flow, 30).scenarios) expect(runScenario(flow, scenario).failures).toEqual([])
      }),
      { numRuns: 12 },
    )
  })

  test('law 4: a path is kept as a scenario that passes, which says so where it goes another way', () => {
    let same = 0
    fc.assert(
      fc.property(somewhere, ({ flow, node }) => {
        const path = found(flow, node)
        if (path === undefined) return
        const { scenario, notes } = scenarioOfLog(flow, path, { name: 'It goes as it went', version: 0, asItIs: true })
        expect(runScenario(flow, scenario).failures).toEqual([])
        if (notes.length === 0) same++
      }),
      { numRuns: 60 },
    )
    expect(same).toBeGreaterThan(20)
  })
})
