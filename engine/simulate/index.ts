/** A conversation in memory under a virtual clock, and scenarios that are played in it. Pure, like the engine. */
export { simulate, Simulation } from './simulation.ts'
export { type Doing, type SentEvent, type SimulatedStep } from './course.ts'
export {
  standIns,
  usualStart,
  type Setting,
  type SimulatedAgent,
  type SimulatedQueue,
  type SimulationOptions,
  type Standing,
} from './setting.ts'
export { type Answer, type Given } from './given.ts'
export { type SignalReading, type TriggerReading } from './readings.ts'
export {
  parseScenarios,
  type Expectation,
  type ParsedScenarios,
  type Scenario,
  type ScenarioFile,
  type ScenarioStep,
} from './scenario.ts'
export { optionsOf, runScenario, type Failure, type ScenarioResult, type Traced } from './run.ts'
export { recordScenario } from './record.ts'
export { coverageItems, coverageOf, type Coverage, type CoverageItem, type Trodden } from './coverage.ts'
export { gapsOf, percentCovered, type Gap } from './gaps.ts'
export { scenarioOfLog, type LogOptions, type TakenLog } from './of-log.ts'
export { perform, type ScenarioDoing } from './perform.ts'
export { type Difference } from './expect.ts'
export { durationText } from './duration.ts'
