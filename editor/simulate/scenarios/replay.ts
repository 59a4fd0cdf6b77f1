/** Scenarios and runs: a scenario opened as a run, where its steps are in it, and what running it finds. */
import { FlowFaults } from '#engine/index.ts'
import {
  optionsOf,
  runScenario,
  type Scenario,
  type ScenarioDoing,
  type ScenarioResult,
  type ScenarioStep,
  type SimulationOptions,
} from '#engine/simulate/index.ts'

/** What a scenario does, without what it expects: the script of a run. What is to be refused does nothing. */
export function scriptOf({ steps }: Pick<Scenario, 'steps'>): readonly ScenarioDoing[] {
  return steps.filter(isDoing).filter((each) => !isToBeRefused(steps, each))
}

/** The setting in which a scenario plays. Who is not named does not work: no stand-ins. */
export function settingOfScenario(scenario: Scenario): SimulationOptions {
  return optionsOf(scenario)
}

/** How many doings come before or at step `step` of a scenario: the turn at which its expectation looks. */
export function turnAt({ steps }: Pick<Scenario, 'steps'>, step: number): number {
  return steps
    .slice(0, step + 1)
    .filter(isDoing)
    .filter((each) => !isToBeRefused(steps, each)).length
}

/** Runs scenarios on a flow document. Null while the document cannot be read. */
export function runAll(document: object, scenarios: readonly Scenario[]): readonly ScenarioResult[] | null {
  try {
    return scenarios.map((scenario) => runScenario(document, scenario))
  } catch (error) {
    if (error instanceof FlowFaults) return null
    throw error
  }
}

function isDoing(step: ScenarioStep): step is ScenarioDoing {
  return !('expect' in step)
}

function isToBeRefused(steps: readonly ScenarioStep[], doing: ScenarioDoing): boolean {
  const next = steps[steps.indexOf(doing) + 1]
  return next !== undefined && 'expect' in next && next.expect.refused !== undefined
}
