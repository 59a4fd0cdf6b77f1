/**
 * Backtests: past conversations of a flow through a draft, a page at a time. The database is read here, and what is
 * computed is computed in a thread of its own, one page at a time: nobody who chats waits for somebody who designs.
 * Nothing is written, no row is locked.
 */
import type { Compared, Report, SweptFigure } from '#engine/backtest/index.ts'
import type { Flow } from '#engine/index.ts'
import type { Schedule } from '#engine/hours/index.ts'
import { readCursor } from '../store/cursor.ts'
import type { Database } from '../store/database.ts'
import type { FlowStore } from '../store/flows.ts'
import { countPast, readPastLogs, type PastLog, type PastLogs } from './backtest-logs.ts'
import type { BacktestJob, BacktestOutcome } from './backtest-job.ts'
import { RuntimeError } from './runtime.ts'
import { reading } from './write.ts'

/** What is asked for: without `flow` and `version`, the saved draft. Times are epoch ms. */
export interface BacktestAsk {
  readonly flow?: Flow
  readonly version?: number
  /** These only; those that are not of this flow are skipped. */
  readonly conversations?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly cursor?: string
  /** Of one page. */
  readonly limit?: number
  readonly sweep?: SweptFigure & { readonly values: readonly number[] }
  /** With what everybody said. */
  readonly detail?: boolean
}

/** Pages are added up by `merge` of `engine/backtest`. `total`: how many conversations there are on all of them. */
export interface BacktestPage extends Report<Compared> {
  readonly next: string | null
  readonly total: number
}

export interface Backtests {
  /** Rejects with `not-found`, `invalid`, and with `unavailable` while too many others wait for theirs. */
  run(flow: string, ask: BacktestAsk): Promise<BacktestPage>
  close(): Promise<void>
}

/** Where the playing is done. */
export interface BacktestPlayer {
  play(job: BacktestJob): Promise<BacktestOutcome>
  close(): Promise<void>
}

/** A thread, loaded with the first backtest. */
export function inThread(): BacktestPlayer {
  let thread: Promise<BacktestPlayer> | undefined
  return {
    async play(job) {
      thread ??= import('./backtest-thread.ts').then(({ createThread }) => createThread())
      return (await thread).play(job)
    },
    close: async () => (await thread)?.close(),
  }
}

export interface BacktestDeps {
  readonly database: Database
  readonly flows: FlowStore
  readonly player: BacktestPlayer
}

const PAGE = 200
/** With what everybody said an answer is large: to write more of them at once would hold up others. */
const MOST_DETAILED = 100
const MOST_WAITING = 8

export function createBacktests({ database, flows, player }: BacktestDeps): Backtests {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function run(id: string, ask: BacktestAsk): Promise<BacktestPage> {
    const draft = await drafted(flows, id, ask)
    const { conversations, sweep, detail = false } = ask
    const limit = Math.min(ask.limit ?? PAGE, detail ? MOST_DETAILED : Infinity)
    const cursor = ask.cursor === undefined ? undefined : readCursor(ask.cursor)
    if (ask.cursor !== undefined && !cursor) throw invalid('/cursor', 'is not a cursor; take “next” of the page before')
    const span = { flow: id, from: ask.from, to: ask.to, conversations }
    const total = cursor?.total ?? (await reading(() => countPast(database, span)))
    const page = await reading(() => readPastLogs(database, { ...span, after: cursor, limit, total }))
    const versions = await versionsOf(flows, id, page.logs)
    const schedules = await reading(() => savedSchedules(database))
    const outcome = await player.play({
      draft,
      versions,
      schedules,
      logs: page.logs,
      detail,
      ...(sweep === undefined ? {} : { sweep }),
    })
    if (!outcome.ok) throw refusedSweep(outcome)
    const strangers = cursor === undefined ? unknownAmong(page, conversations, total) : []
    return {
      ...outcome.report,
      skipped: [...outcome.report.skipped, ...strangers],
      next: page.next,
      total: total + strangers.length,
    }
  }

  return {
    run(id, ask) {
      if (waiting >= MOST_WAITING)
        return Promise.reject(
          new RuntimeError('unavailable', 'Other backtests are under way; ask again when they have ended.'),
        )
      waiting += 1
      const result = tail.then(() => run(id, ask)).finally(() => (waiting -= 1))
      tail = result.catch(() => undefined)
      return result
    },
    close: () => player.close(),
  }
}

async function drafted(flows: FlowStore, id: string, { flow, version }: BacktestAsk): Promise<Flow> {
  const saved = await flows.draft(id)
  if (saved === undefined && (await flows.live(id)) === undefined)
    throw new RuntimeError('not-found', `There is no flow “${id}”; GET /v1/flows lists those there are.`)
  if (flow !== undefined) return flow
  if (version !== undefined) {
    const published = await flows.version(id, version)
    if (published) return published
    throw new RuntimeError(
      'not-found',
      `The flow “${id}” has no version ${version}; GET /v1/flows/${id}/versions lists those there are.`,
    )
  }
  if (saved) return saved.flow
  throw new RuntimeError('not-found', `The flow “${id}” has no draft; send one as “flow”.`)
}

/** The versions that these conversations ran on, as far as they are there. */
async function versionsOf(flows: FlowStore, id: string, logs: readonly PastLog[]): Promise<BacktestJob['versions']> {
  const versions = [...new Set(logs.map((each) => each.version))]
  const found = await Promise.all(
    versions.map(async (version) => ({ version, flow: await flows.version(id, version) })),
  )
  return found.flatMap(({ version, flow }) => (flow === undefined ? [] : [{ version, flow }]))
}

async function savedSchedules(database: Database): Promise<Readonly<Record<string, Schedule>>> {
  const rows = await database.selectFrom('baton.schedules').select(['id', 'schedule']).execute()
  // Only `putSchedule` writes this column, from a Schedule.
  return Object.fromEntries(rows.map(({ id, schedule }) => [id, JSON.parse(schedule) as Schedule]))
}

/** Ids that were named and are no conversation of this flow; whether they are another's is not told. */
function unknownAmong({ logs, next }: PastLogs, asked: readonly string[] | undefined, total: number) {
  // Only a first page that holds all of them can tell.
  if (asked === undefined || next !== null || logs.length !== total) return []
  const found = new Set(logs.map(({ id }) => id))
  return [...new Set(asked)]
    .filter((id) => !found.has(id))
    .map((conversation) => ({ conversation, why: 'There is no such conversation of this flow.' }))
}

function refusedSweep({ faults }: Extract<BacktestOutcome, { ok: false }>): RuntimeError {
  const [first] = faults
  return new RuntimeError(
    'invalid',
    `The backtest cannot be made: ${first?.message ?? 'the sweep does not fit'}.`,
    faults.map(({ pointer, message }) => ({ pointer, message })),
  )
}

function invalid(pointer: string, message: string): RuntimeError {
  return new RuntimeError('invalid', `The backtest cannot be made: “${pointer.slice(1)}” ${message}.`, [
    { pointer, message },
  ])
}
