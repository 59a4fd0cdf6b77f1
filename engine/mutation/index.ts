/** Mistakes on purpose: would the scenarios of a flow notice? Pure, like the engine. */
export { mutate, operators } from './mutate.ts'
export type { Mistake, Mutant, Operator } from './mutant.ts'
export { killed, reportOf, verdicts, type MutationReport, type Verdict } from './verdict.ts'
