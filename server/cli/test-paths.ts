/** The tests that the machine writes for a flow, played on it, and what none of them comes to. */
import type { Flow } from '#engine/index.ts'
import { runScenario, type ScenarioResult } from '#engine/simulate/index.ts'
import { pathTests } from '#engine/testing/paths.ts'
import type { Style } from './style.ts'
import { reported } from './test-report.ts'
import { counted } from './words.ts'

export interface TestedPaths {
  readonly results: readonly ScenarioResult[]
  /** Why no conversation comes there, by the id of what is to be covered. */
  readonly why: ReadonlyMap<string, string>
}

export function testPaths(flow: Flow): TestedPaths {
  const { scenarios, uncovered } = pathTests(flow)
  return {
    results: scenarios.map((each) => runScenario(flow, each)),
    why: new Map(uncovered.map(({ item, why }) => [item.id, why])),
  }
}

/** One line for all that pass: they are as many as the flow has ends, and nobody named them. */
export function pathsInWords({ results }: TestedPaths, style: Style): string {
  const failed = results.filter((each) => !each.passed)
  const passed = `  ${style.green('✓')} ${counted(results.length - failed.length, 'test')} written by the machine\n`
  return passed + failed.map((each) => reported(each, style)).join('')
}
