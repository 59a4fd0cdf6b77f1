/** Past conversations through a draft: who would have been handed off earlier, later, never, to another team. Pure. */
export { backtest, type Backtesting, type Compared } from './compare.ts'
export { backtestAll, type Drafts } from './many.ts'
export { type Course, type Handoff } from './course.ts'
export { type Recorded } from './record.ts'
export { type Schedules } from './past-world.ts'
export {
  CHANGES,
  emptyReport,
  merge,
  USUAL_RATE,
  type Change,
  type Report,
  type Swept,
  type Telling,
} from './report.ts'
export { withFigure, type SweptFigure, type SweptFlow } from './sweep.ts'
