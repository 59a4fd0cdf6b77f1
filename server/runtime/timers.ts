/**
 * Deadlines. They live in the snapshot, and the row says when somebody looks at them next (`wake_at`): the rows are the
 * queue, in the order of their times, and no job stands beside it.
 *
 *   asleep --its time has come, a node claims it (`wake_at` is the end of the claim)--> claimed
 *   claimed --nothing is due, by its row--> asleep till the next, by the same statement
 *           --each deadline that is due is told, the oldest first; the last event writes when the next one is--> asleep
 *           --the conversation did not take what was due--> asleep for AGAIN
 *           --the claim ends, because its node has died, or is slow--> its time has come
 *
 * A node looks when the earliest time that it knows of has come: of the row that is next by its last look, or of what was
 * written here since. What a node that died has written since is found a second late (`alarm.ts`).
 *
 * Laws: never early (what is not due yet is not told, however early somebody looks); never lost (`wake_at` is written
 * with the event that set the deadline, and a claim only moves it); never twice (the engine refuses a deadline of an old
 * generation, and the commit one decided on an old version: a claim saves work, and nothing rests on it).
 * At most MOST are being told at once, so 100,000 that are due at once hold no more memory, and an event that comes
 * between waits for few.
 */
import { waitingOf, type ServerEvent, type Snapshot } from '#engine/index.ts'
import type pg from 'pg'
import type { Acceptor } from './accept.ts'
import { createAlarm } from './alarm.ts'
import { nextWake } from './columns.ts'
import type { Log } from './log.ts'
import { RuntimeError } from './runtime.ts'

export interface Timers {
  /** Looks now, and from now on whenever something is due. */
  begin(): void
  /** Somebody looks when the next deadline of this conversation is due. */
  arm(snapshot: Snapshot): void
  /** Tells all that is due and waits for it; says how many conversations took what was due. */
  look(): Promise<number>
  /** Looks no more; resolves when nothing is being told. */
  close(): Promise<void>
}

/** Milliseconds. A node that died holds what it has claimed for so long; `commit_event` knows it, too. */
const CLAIM = 1_000
const MOST = 64
/** A deadline that was due and not taken, by a fault in a flow, must not keep a node busy. */
const AGAIN = 30_000

const CLAIM_DUE = {
  name: 'claim_wakes',
  text: `
    with due as (
      select id from baton.conversations where wake_at <= $1 order by wake_at limit $2 for no key update skip locked
    ), claimed as (
      update baton.conversations c set wake_at = case when c.next_due <= $1 then $1 + $3 else c.next_due end
      from due where c.id = due.id returning c.id, c.version, c.next_due
    )
    select
      (select count(*) from claimed) as claimed,
      (select coalesce(json_agg(json_build_object('id', id, 'version', version) order by next_due, id), '[]')
        from claimed where next_due <= $1) as due,
      (select min(wake_at) from baton.conversations where wake_at > $1) as next`,
}

interface Due {
  readonly id: string
  readonly version: number
}

interface Claimed {
  /** Those among them of which nothing is due have been moved on. */
  readonly claimed: number
  readonly due: readonly Due[]
  readonly next: number | null
}

export function createTimers(pool: pg.Pool, acceptor: () => Acceptor, clock: { now(): number }, log: Log): Timers {
  const telling = new Map<string, Promise<void>>()
  let told = 0
  let whenRoom: (() => void) | undefined
  let claims: Promise<unknown> = Promise.resolve()
  let closed = false
  const alarm = createAlarm(clock, () =>
    claimAll().catch((error: unknown) => {
      log.warn({ err: error }, 'What is due could not be looked at; it is tried again.')
      return null
    }),
  )

  /** Who is claimed is being told when it resolves; it says when the next one is due. One runs after the other. */
  function claimAll(): Promise<number | null> {
    const turn = claims.then(async () => {
      for (;;) {
        await room()
        if (closed) return null
        const most = MOST - telling.size
        const { claimed, due, next } = await claim(pool, clock.now(), most)
        due.forEach(begin)
        if (claimed < most) return next
      }
    })
    claims = turn.catch(() => undefined)
    return turn
  }

  /** Half of them are claimed at once, so that a statement is not spent on one. */
  async function room(): Promise<void> {
    while (telling.size > MOST / 2) await new Promise<void>((resolve) => (whenRoom = resolve))
  }

  function begin(due: Due): void {
    // It took longer than its claim.
    if (telling.has(due.id)) return
    const over = tell(due).finally(() => {
      telling.delete(due.id)
      whenRoom?.()
    })
    telling.set(due.id, over)
  }

  async function tell({ id, version }: Due): Promise<void> {
    try {
      if (await acceptor().tellWhile(id, (snapshot) => firstDue(snapshot, clock.now()), version)) {
        told++
        return
      }
      log.error({ conversation: id }, 'A deadline was due and the conversation did not take it; it is tried again.')
    } catch (error) {
      if (error instanceof RuntimeError && error.code === 'not-found') return
      log.warn({ err: error, conversation: id }, 'A deadline could not be told; it is tried again.')
      // For a database that is away, what is left of the claim is pause enough.
      if (error instanceof RuntimeError && error.code === 'unavailable') return
    }
    await sleepAgain(pool, id, clock.now()).catch(() => undefined)
  }

  return {
    begin: alarm.begin,
    arm(snapshot) {
      const next = nextWake(snapshot)
      if (next !== undefined) alarm.at(next)
    },
    async look() {
      const before = told
      await claimAll()
      await Promise.all(telling.values())
      return told - before
    },
    async close() {
      closed = true
      alarm.stop()
      await claims
      await Promise.all(telling.values())
    },
  }
}

async function claim(pool: pg.Pool, now: number, most: number): Promise<Claimed> {
  const { rows } = await pool.query<Claimed>({ ...CLAIM_DUE, values: [now, most, CLAIM] })
  const first = rows[0]
  if (!first) throw new Error('A select without a row.')
  return first
}

/** When the claim ends by itself, it is looked at as soon; so it may fail. */
async function sleepAgain(pool: pg.Pool, id: string, now: number): Promise<void> {
  await pool.query('update baton.conversations set wake_at = $2 + $3 where id = $1 and next_due <= $2', [
    id,
    now,
    AGAIN,
  ])
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
