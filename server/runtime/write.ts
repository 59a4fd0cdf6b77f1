/**
 * Writing a decided event so that its fate is known.
 *
 *   sending --committed--> done
 *   sending --deadlock--> sending (again, a few times)
 *   sending --connection lost--> unsure --database back--> sending (again, the same event with the same token)
 *   unsure, and another try meets `conflict`, `exists` or `replayed` --the row there bears our token--> done
 *   unsure for longer than PATIENCE --> unavailable: the caller does not know, and is told so
 *
 * Sending again is safe: `commit_event` writes on the version it was decided on or not at all, and waits for a
 * transaction of ours that may still be running on the other side of the lost connection.
 */
import { commit, type Commit, type Outcome } from '../store/commit.ts'
import { failureOf, type DatabaseFailure } from '../store/failures.ts'
import type { Statements } from '../store/pipeline.ts'
import { RuntimeError } from './runtime.ts'

/** What another try of ours is answered when the first one was written after all. */
const SETTLED: ReadonlySet<Outcome['outcome']> = new Set(['conflict', 'exists', 'replayed'])
const PATIENCE = 10_000
const DEADLOCKS = 5

export async function write(statements: Statements, event: Commit): Promise<Outcome> {
  let unsure = false
  let deadlocks = 0
  const patience = performance.now() + PATIENCE
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await commit(statements, event)
      const settled = SETTLED.has(outcome.outcome)
      return unsure && settled && (await isOurs(statements, event))
        ? { outcome: 'committed', wake: true, away: event.person?.does === 'misses' }
        : outcome
    } catch (error) {
      const failure = failureOf(error)
      if (failure === 'contended' && ++deadlocks <= DEADLOCKS) continue
      if (failure === 'other') throw error
      if (failure !== 'lost' || performance.now() >= patience) throw unavailable(failure, error)
      unsure = true
      await pause(Math.min(50 * 2 ** attempt, 1_000))
    }
  }
}

/** Reads with the same patience; a read may always be sent again. */
export async function reading<Result>(read: () => Promise<Result>): Promise<Result> {
  const patience = performance.now() + PATIENCE
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      const failure = failureOf(error)
      if (failure === 'other') throw error
      if (failure === 'full' || performance.now() >= patience) throw unavailable(failure, error)
      await pause(Math.min(50 * 2 ** attempt, 1_000))
    }
  }
}

/** A write that is not sent again by itself: whoever asked for it reads what is there and decides. */
export async function writingOnce<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const failure = failureOf(error)
    throw failure === 'other' ? error : unavailable(failure, error)
  }
}

export function unavailable(failure: Exclude<DatabaseFailure, 'other'>, cause: unknown): RuntimeError {
  const error = new RuntimeError('unavailable', SENTENCES[failure])
  error.cause = cause
  return error
}

const SENTENCES = {
  lost:
    'The database does not answer, so it is not known whether this was saved. Send it again with the same ' +
    'Idempotency-Key; if it lasts, check that PostgreSQL runs at DATABASE_URL.',
  full: 'The database cannot store more, so nothing was saved. Free space on its disk, then send it again.',
  slow:
    'The database took too long, so nothing was saved. Send it again; if it lasts, look for what holds it up in ' +
    'pg_stat_activity.',
  contended: 'Too many changes met in the database, so nothing was saved. Send it again.',
} as const

async function isOurs(statements: Statements, { columns, token }: Commit): Promise<boolean> {
  const { rows } = await reading(() =>
    statements.query<{ token: number }>({
      text: 'select token from baton.log where conversation = $1 and version = $2 and seq = $3',
      values: [columns.id, columns.version, columns.seq],
    }),
  )
  return rows[0]?.token === token
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
