/** What staff a day takes: Erlang's formulas, and a past day played again with other people or other rules. */
export { measured, replay, type Replay } from './day.ts'
export type { Goal, StaffingFault, Steady, SteadyResult, Traffic } from './erlang.ts'
export {
  paceOf,
  UNKNOWN_HANDLE,
  type Asking,
  type Elsewhere,
  type Pace,
  type PastArrival,
  type PastDay,
  type QueueRules,
  type RelaxStep,
} from './past.ts'
export type { DayReport, DayTotals, IntervalReport } from './report.ts'
export type { Setting } from './scene.ts'
export {
  changeStaff,
  type AskedAgent,
  type AskedStaff,
  type Staffed,
  type StaffingDay,
  type StaffResult,
} from './staff.ts'
