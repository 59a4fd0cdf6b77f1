/**
 * The database's clock, on this node: deadlines, offers and leases mean the same moment on every node, whatever the
 * nodes' own clocks say. It runs on a clock that only counts (`performance.now()`, which nobody sets), and on how far
 * the database is ahead of it:
 *
 *   asked at `sent`, answered `time` at `received`  =>  the database was at `time` somewhere between the two,
 *   so it is ahead by between `time - received` and `time - sent`; the narrower, the better it is known.
 *   The clock takes the least of it: no deadline comes before its time, and it is late by no more than an answer takes.
 *
 * Laws:
 *   1. It never goes back.
 *   2. What it runs ahead by moves only when an answer rules it out, and then to the least that it allows.
 *   3. Little is made good slowly (`SLEW` of the time that passes), so that no deadline jumps. More than `FAR` (a
 *      database that was replaced, a machine that slept) is made good at once: forward by a jump, back by standing still.
 *   4. The node's own wall clock is never asked.
 */
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import { realTime, type Timing } from './rounds.ts'

export interface Clock {
  /** Epoch milliseconds, whole. */
  now(): number
}

/** A clock that only counts, in milliseconds. */
export type Monotonic = () => number

/** One question to the database. `sent` and `received` are by the counting clock, `time` by the database. */
export interface Answer {
  readonly sent: number
  readonly time: number
  readonly received: number
}

export interface FollowingClock extends Clock {
  hear(answer: Answer): void
}

/** Of the time that passes: 50 ms a second. */
const SLEW = 0.05
const FAR = 1_000

/** The arithmetic alone: it stands at the least that the first answer allows and follows what it hears. */
export function followingClock(monotonic: Monotonic, first: Answer): FollowingClock {
  let ahead = leastOf(first)
  let wanted = ahead
  let looked = monotonic()
  let shown = -Infinity

  function slew(): void {
    const moment = monotonic()
    const most = Math.max(0, moment - looked) * SLEW
    looked = moment
    const missing = wanted - ahead
    ahead += Math.abs(missing) > FAR ? missing : Math.max(-most, Math.min(most, missing))
  }

  return {
    now() {
      slew()
      shown = Math.max(shown, Math.floor(looked + ahead))
      return shown
    },
    hear(answer) {
      slew()
      const least = leastOf(answer)
      wanted = ahead < least || ahead > answer.time - answer.sent ? least : ahead
    },
  }
}

/** What the clock stands on, so that a test needs no time and no database. */
export interface ClockTiming extends Timing {
  /** The database's time in epoch milliseconds. */
  ask(): Promise<number>
}

export interface DatabaseClock extends Clock {
  /** Asks the database again. */
  look(): Promise<void>
  close(): Promise<void>
}

const LOOK_EVERY = 5_000
/** Of so many questions the quickest answer counts. */
const QUESTIONS = 3
/** A slower answer says too little; the next is waited for. */
const SLOW = 500

/** Resolves when the database has said what time it is; rejects when it does not answer. */
export async function openDatabaseClock(timing: ClockTiming, log: Log): Promise<DatabaseClock> {
  const clock = followingClock(timing.monotonic, await quickest(timing))
  const look = async (): Promise<void> => {
    const answer = await quickest(timing)
    if (answer.received - answer.sent > SLOW) return
    const before = clock.now()
    clock.hear(answer)
    const by = clock.now() - before
    if (Math.abs(by) > FAR) log.warn({ milliseconds: by }, 'The database’s clock has jumped; this node follows it.')
  }
  const looking = timing.every(LOOK_EVERY, () =>
    look().catch((error: unknown) => log.debug({ err: error }, 'The database was not asked for the time.')),
  )
  return { now: clock.now, look, close: looking.stop }
}

/** In real time, by a pool. */
export function realTiming(pool: pg.Pool): ClockTiming {
  return {
    ...realTime,
    async ask() {
      const { rows } = await pool.query<{ time: number }>({
        name: 'clock',
        text: 'select extract(epoch from clock_timestamp())::float8 * 1000 as time',
      })
      const first = rows[0]
      if (!first) throw new Error('The database did not say what time it is.')
      return first.time
    },
  }
}

async function quickest({ ask, monotonic }: ClockTiming): Promise<Answer> {
  let best: Answer | undefined
  for (let asked = 0; asked < QUESTIONS; asked++) {
    const sent = monotonic()
    const time = await ask()
    const answer = { sent, time, received: monotonic() }
    if (best === undefined || answer.received - answer.sent < best.received - best.sent) best = answer
  }
  if (best === undefined) throw new Error('The database was not asked.')
  return best
}

function leastOf({ time, received }: Answer): number {
  return time - received
}
