/** Who gets which conversation, in which order, and how long the others wait. */
export {
  match,
  PASSING,
  type AgentName,
  type AvailableAgent,
  type Match,
  type MatchOptions,
  type Preferred,
  type Skip,
  type Skipped,
  type TeamRules,
  type WaitingConversation,
} from './match.ts'
export { explain, type Explanation, type Fitting } from './explain.ts'
export { fitsNeeds, needsKey, type Needs, type Offering } from './needs.ts'
export { inOrder, turnOf, type Joined } from './order.ts'
export {
  forecast,
  type Forecast,
  type ForecastAgent,
  type ForecastPlace,
  type NeedsGroup,
  type Pace,
} from './forecast.ts'
export { keptOf, stretchOf, type FinishedWait, type Kept } from './kept.ts'
export {
  importTaskRouter,
  isTaskRouterWorkflow,
  type ImportedWorkflow,
  type ImportOptions,
  type TaskRouterImport,
} from './task-router/index.ts'
