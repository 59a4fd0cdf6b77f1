import type { Figure } from '../figure.ts'
import { backtest } from './backtest.ts'
import { check200, check2000 } from './check.ts'
import { dryRun } from './dry-run.ts'
import { eventCostLong } from './event-cost-long.ts'
import { eventCostMany } from './event-cost-many.ts'
import { httpThroughput } from './http-throughput.ts'
import { matchTime } from './match.ts'
import { matchTwice } from './match-twice.ts'
import { keptWait } from './kept-wait.ts'
import { memory } from './memory.ts'
import { pathTestsCover } from './path-tests.ts'
import { planted } from './planted.ts'
import { simulatedWait } from './simulated-wait.ts'
import { stepCost } from './step-cost.ts'
import { stepPlain } from './step-plain.ts'
import { stepSignals } from './step-signals.ts'
import { twoNodes } from './two-nodes.ts'
import { verify } from './verify.ts'
import { waitError } from './wait-error.ts'
import { walkAgrees } from './walk-agrees.ts'
import { warmStart } from './warm-start.ts'

/** THE list, in the order of the table. A new figure is its file and a line here. */
export const figures: readonly Figure[] = [
  stepPlain,
  stepSignals,
  stepCost,
  matchTime,
  matchTwice,
  httpThroughput,
  twoNodes,
  eventCostLong,
  eventCostMany,
  memory,
  warmStart,
  keptWait,
  waitError,
  simulatedWait,
  dryRun,
  backtest,
  planted,
  verify,
  pathTestsCover,
  check200,
  check2000,
  walkAgrees,
]
