/** Backtests as the server answers them, made up. */
import { emptyReport } from '#engine/backtest/report.ts'
import type { ShownMessage } from '#ui/answers.ts'
import type { BacktestCourse, BacktestDifference, BacktestPage } from '#ui/backtest.ts'

const BEGAN = Date.parse('2026-11-20T09:00:00Z')

export function differing(index: number, change: Partial<BacktestDifference> = {}): BacktestDifference {
  return {
    conversation: `c-${String(index).padStart(4, '0')}`,
    at: new Date(BEGAN + index * 60_000).toISOString(),
    what: ['earlier'],
    unsure: false,
    before: course({ turn: 4 }),
    after: course({ turn: 2 }),
    firstDifferent: { turn: 2, before: 'Could you say that in other words?', after: 'I am getting somebody for you.' },
    notice:
      'From the answer to message 2 on the customer would have read something else: what follows it is a guess, for their real words are played on.',
    ...change,
  }
}

export function course({
  turn,
  team = 'support',
}: {
  readonly turn: number | null
  readonly team?: string
}): BacktestCourse {
  const handoff = turn === null ? null : { turn, team, trigger: 'wants', state: 'queued.line' }
  return { handoff, rungs: 0, end: turn === null ? 'closed.end' : 'closed.bye' }
}

/** One page of conversations; those that differ are numbered on from `first`. */
export function page(change: Partial<BacktestPage> = {}): BacktestPage {
  const differences = change.differences ?? []
  const replayed = change.replayed ?? 10
  const counts = { ...emptyReport().changes }
  for (const { what } of differences) for (const each of what) counts[each] += 1
  return {
    ...emptyReport(),
    replayed,
    same: replayed - differences.length,
    next: null,
    total: replayed,
    handoffs: { before: 1, after: 2 },
    changes: counts,
    ...change,
  }
}

/** What was said, as the log numbers it. */
export function talk(...lines: readonly (readonly [ShownMessage['from'], string])[]): readonly ShownMessage[] {
  return lines.map(([from, text], index) => ({
    seq: index + 1,
    at: new Date(BEGAN + index * 5_000).toISOString(),
    from,
    text,
  }))
}
