/**
 * Deadlines. They live in the snapshot; the row knows when to look at them next (`wake_at`), and a job keeps that time.
 *
 *   asleep --its time has come--> telling each deadline that is due, oldest first --none left--> asleep till the next
 *                                 --the row says that one is left--> telling, on the row as it is --> asleep
 *
 * Laws: never early (what is not due yet is not told, however early somebody looks); never lost (`wake_at` is written
 * with the event that set the deadline; the job is added just after, many at once, and a row whose job was lost in
 * between is found by `overdue`); never twice (the engine refuses a deadline of an old generation, and the commit one
 * decided on an old version).
 */
import type { ServerEvent, Snapshot } from '#engine/index.ts'
import type pg from 'pg'
import type { Acceptor } from './accept.ts'
import { waitingOf } from './columns.ts'
import { fewAtOnce } from './lanes.ts'
import type { Log } from './log.ts'
import { RuntimeError } from './runtime.ts'

export interface Timers {
  /** Adds the job for a conversation's next wake, soon. */
  arm(conversation: string): void
  /** Tells a conversation all that is due and arms its next wake. False when it did not take what was due. */
  wake(conversation: string): Promise<boolean>
  /** Wakes those whose wake is overdue by more than `grace` milliseconds; says how many of them took what was due. */
  overdue(grace: number): Promise<number>
  /** Adds the jobs that are still to be added. */
  close(): Promise<void>
}

const AT_ONCE = 500
/** So many conversations are woken at once: one that waits for a write of its own must not make all others late. */
const LANES = 8
const GATHER = 20
/** A deadline that was due and not taken, by a fault in a flow, must not keep a node busy. */
const AGAIN = 30_000

export function createTimers(pool: pg.Pool, acceptor: () => Acceptor, clock: { now(): number }, log: Log): Timers {
  let arming = new Set<string>()
  let gathering: NodeJS.Timeout | undefined

  function arm(conversation: string): void {
    arming.add(conversation)
    gathering ??= setTimeout(() => void armAll(), GATHER)
  }

  async function armAll(): Promise<void> {
    clearTimeout(gathering)
    gathering = undefined
    const ids = [...arming]
    arming = new Set()
    if (ids.length === 0) return
    await pool
      .query({ name: 'arm_wakes', text: 'select baton.arm_wakes($1, $2)', values: [ids, clock.now()] })
      .catch((error: unknown) =>
        log.warn(
          { err: error, conversations: ids.length },
          'Wakes could not be armed; they are looked for when they are due.',
        ),
      )
  }

  async function wake(conversation: string): Promise<boolean> {
    try {
      if (await told(conversation)) return true
      // What is kept in memory was old: another node was faster, or a write that seemed lost was none.
      acceptor().forget(conversation)
      if (await told(conversation)) return true
      log.error({ conversation }, 'A deadline was due and the conversation did not take it; it is tried again.')
      return false
    } catch (error) {
      if (error instanceof RuntimeError && error.code === 'not-found') return true
      throw error
    }
  }

  /** Tells what is due by what is kept of the conversation; false when by its row something still is. */
  async function told(conversation: string): Promise<boolean> {
    let now = clock.now()
    await acceptor().tellWhile(conversation, (snapshot) => {
      now = clock.now()
      return firstDue(snapshot, now)
    })
    const { rows } = await pool.query<{ wake_at: number | null; settled: boolean }>(
      `
      update baton.conversations set wake_at = case when next_due <= $2 then $2 + $3 else next_due end
      where id = $1 returning wake_at, (next_due <= $2) is not true as settled`,
      [conversation, now, AGAIN],
    )
    const row = rows[0]
    if (row?.wake_at != null) arm(conversation)
    return row?.settled !== false
  }

  return {
    arm,
    wake,
    async overdue(grace) {
      const { rows } = await pool.query<{ id: string }>(
        'select id from baton.conversations where wake_at <= $1 order by wake_at limit $2',
        [clock.now() - grace, AT_ONCE],
      )
      const settled = await fewAtOnce(rows, LANES, ({ id }) => wake(id))
      return settled.filter(Boolean).length
    },
    close: armAll,
  }
}

/** The oldest deadline that is due: one of the flow's, or the end of an offer that nobody took. */
export function firstDue(snapshot: Snapshot, now: number): ServerEvent | undefined {
  let due = Infinity
  let event: ServerEvent | undefined
  for (const timer of snapshot.timers) {
    if (timer.due > now || timer.due >= due) continue
    due = timer.due
    event = { type: 'timer', id: timer.id, gen: timer.gen }
  }
  const offered = waitingOf(snapshot)?.offered
  if (offered && offered.until <= now && offered.until < due)
    event = { type: 'offer.ended', agent: offered.agent.id, why: 'expired' }
  return event
}
