/** The thread in which backtests are played: see `thread.ts`. */
import { playJob, type BacktestJob, type BacktestOutcome } from './backtest-job.ts'
import type { BacktestPlayer } from './backtest.ts'
import { createThread as threadOf, workAs } from './thread.ts'

const ROLE = 'baton-backtest'
/** A page of logs, and what a draft makes of one of them, take a tenth of it. */
const MEGABYTES = 768

/** Plays jobs one after the other in a thread, which is there only while somebody needs it. */
export function createThread(): BacktestPlayer {
  const file = { role: ROLE, job: 'A backtest', self: import.meta.url, megabytes: MEGABYTES }
  const { run, close } = threadOf<BacktestJob, BacktestOutcome>(file)
  return { play: run, close }
}

workAs(ROLE, playJob)
