/** One page of a backtest, computed: what goes into the thread, and what comes back. Plain data, no database. */
import {
  backtestAll,
  withFigure,
  type Compared,
  type Recorded,
  type Report,
  type Schedules,
  type SweptFigure,
} from '#engine/backtest/index.ts'
import type { Flow, LogEntry } from '#engine/index.ts'
import type { PastLog } from './backtest-logs.ts'

export interface BacktestJob {
  readonly draft: Flow
  readonly versions: readonly { readonly version: number; readonly flow: Flow }[]
  readonly schedules: Schedules
  readonly logs: readonly PastLog[]
  readonly sweep?: SweptFigure & { readonly values: readonly number[] }
  readonly detail: boolean
}

/** Faults point into the request’s body. */
export type BacktestOutcome =
  | { readonly ok: true; readonly report: Report<Compared> }
  | { readonly ok: false; readonly faults: readonly { readonly pointer: string; readonly message: string }[] }

export function playJob({ draft, versions, schedules, logs, sweep, detail }: BacktestJob): BacktestOutcome {
  const swept = (sweep?.values ?? []).map((value, index) => ({
    value,
    index,
    drawn: withFigure(draft, sweepOf(sweep), value),
  }))
  const faults = swept.flatMap(({ index, drawn }) =>
    drawn.ok
      ? []
      : drawn.faults.map(({ pointer, message }) => ({
          pointer: pointer === '/value' ? `/sweep/values/${index}` : `/sweep${pointer}`,
          message,
        })),
  )
  if (faults.length > 0) return { ok: false, faults: [...new Map(faults.map((each) => [each.pointer, each])).values()] }
  const flows = new Map(versions.map(({ version, flow }) => [version, flow]))
  const skipped: { readonly conversation: string; readonly why: string }[] = []
  const report = backtestAll(
    recordings(logs, flows, (conversation, why) => skipped.push({ conversation, why })),
    {
      draft,
      ...(sweep === undefined
        ? {}
        : { sweep: swept.flatMap(({ value, drawn }) => (drawn.ok ? [{ value, flow: drawn.flow }] : [])) }),
    },
    { schedules, detail },
  )
  return { ok: true, report: { ...report, skipped: [...report.skipped, ...skipped] } }
}

/** Each log is read when its turn comes, so that only one is held as objects. */
function* recordings(
  logs: readonly PastLog[],
  flows: ReadonlyMap<number, Flow>,
  skip: (conversation: string, why: string) => void,
): Iterable<Recorded & { readonly conversation: string }> {
  for (const { id, version, entries } of logs) {
    const flow = flows.get(version)
    if (entries === null) skip(id, 'Its log is too long for a backtest.')
    else if (flow === undefined) skip(id, `Version ${version}, on which it ran, is gone.`)
    // Only `commit_event` writes a log, from its entries.
    else yield { conversation: id, flow, log: JSON.parse(entries) as LogEntry[] }
  }
}

function sweepOf(sweep: BacktestJob['sweep']): SweptFigure {
  return { trigger: sweep?.trigger ?? '', signal: sweep?.signal ?? '', field: sweep?.field ?? '' }
}
