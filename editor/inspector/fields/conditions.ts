/** What holds a condition: fetched together, with the first form that has one, because each brings CEL along. */
export { Assignments } from './Assignments.tsx'
export { Cases } from './Cases.tsx'
export { Condition } from './Condition.tsx'
export { Signals } from './Signals.tsx'
