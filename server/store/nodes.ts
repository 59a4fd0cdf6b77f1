/**
 * The lease of a node: while it holds, the jobs of its pools are its own. It is a row in `baton.nodes` that says until
 * when, by the database's clock, because connections and locks prove nothing: a process that is stopped keeps both.
 *
 *   joining --> held --moved on every BEAT_EVERY--> held
 *               held --not moved on for LEASE--> lost --> joining, as another node
 *   a node whose time has passed --whoever sees it first--> its claims are given back
 *
 * Laws:
 *   1. A node knows before the database does that it has lost its lease: it counts from before it asked, on a clock that
 *      nobody sets.
 *   2. What has passed is never moved on, so a node that was given up and comes back cannot undo it.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import { hasEnded, textOfProcess } from './node-process.ts'
import { realTime, type Timing } from './rounds.ts'

export interface NodeLease {
  /** Whether this node's claims are still its own. */
  held(): boolean
  /** Claims a pool of jobs; it is written when it resolves. */
  claim(pool: string): Promise<void>
  /** It is written when it resolves; one that rejected may be asked for again. */
  release(pool: string): Promise<void>
  /** Which of these pools a living node claims: one whose lease holds, unless its process is known to have ended. */
  living(pools: readonly string[]): Promise<readonly string[]>
  /** Gives back the jobs of nodes whose time has passed, all or none; says of which pools. */
  giveBackDead(): Promise<readonly string[]>
  /** Hears each time that the lease was lost and another has been taken. Returns how to stop listening. */
  onAnew(listener: () => void): () => void
  /** Ends the lease, so that nobody waits for it. */
  close(): Promise<void>
}

/** Milliseconds. A node that is silent for longer has lost what it claimed. */
export const LEASE = 10_000
export const BEAT_EVERY = 2_000
/** Rows of nodes that are gone, to be read by a person. */
const REMEMBERED = '1 day'

/** Joins; rejects when the database does not answer. */
export async function joinNodes(
  pool: Pick<pg.Pool, 'query'>,
  log: Log,
  { monotonic, every }: Timing = realTime,
): Promise<NodeLease> {
  const listeners = new Set<() => void>()
  const claims = new Set<string>()
  let id = ''
  let until = -Infinity

  async function join(): Promise<void> {
    const sent = monotonic()
    id = randomUUID()
    await pool.query(
      `insert into baton.nodes (id, host, live_until, claims)
       values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond', $4)`,
      [id, textOfProcess(), LEASE, [...claims]],
    )
    until = sent + LEASE
    await pool.query(`delete from baton.nodes where live_until < clock_timestamp() - $1::interval`, [REMEMBERED])
  }

  async function beat(): Promise<void> {
    if (monotonic() < until && (await movedOn())) return
    // Whoever is told lets go of what it claimed, and claims anew.
    claims.clear()
    await join()
    log.warn({ node: id }, 'This node was silent for too long and has lost its jobs to others; it takes new ones.')
    for (const listener of listeners) listener()
  }

  async function movedOn(): Promise<boolean> {
    const sent = monotonic()
    const { rowCount } = await pool.query({
      name: 'beat',
      text: `update baton.nodes set live_until = clock_timestamp() + $2 * interval '1 millisecond'
        where id = $1 and live_until > clock_timestamp()`,
      values: [id, LEASE],
    })
    if (rowCount === 1) until = sent + LEASE
    return rowCount === 1
  }

  async function keepClaims(): Promise<void> {
    await pool.query('update baton.nodes set claims = $2 where id = $1 and live_until > clock_timestamp()', [
      id,
      [...claims],
    ])
  }

  await join()
  const beats = every(BEAT_EVERY, () =>
    beat().catch((error: unknown) => log.debug({ err: error }, 'The lease of this node could not be moved on.')),
  )

  return {
    held: () => monotonic() < until,
    async claim(name) {
      claims.add(name)
      await keepClaims()
    },
    async release(name) {
      claims.delete(name)
      await keepClaims()
    },
    async living(pools) {
      const { rows } = await pool.query<{ claim: string; host: string }>(
        `select claim, host from baton.nodes, unnest(claims) claim
         where live_until > clock_timestamp() and claim = any($1)`,
        [pools],
      )
      return rows.filter((row) => !hasEnded(row.host)).map((row) => row.claim)
    },
    async giveBackDead() {
      const { rows } = await pool.query<{ pools: readonly string[] }>(
        `with dead as (
           select id, claims from baton.nodes
           where live_until <= clock_timestamp() and cardinality(claims) > 0 for update skip locked
         ), emptied as (
           update baton.nodes n set claims = '{}' from dead where n.id = dead.id
         ), gone as (
           select coalesce(array_agg(claim), '{}') as pools from dead, unnest(claims) claim
         ) select pools, graphile_worker.force_unlock_workers(pools) from gone where cardinality(pools) > 0`,
      )
      return rows.flatMap((row) => row.pools)
    },
    onAnew(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await beats.stop()
      await pool
        .query('update baton.nodes set live_until = least(live_until, clock_timestamp()) where id = $1', [id])
        .catch(() => undefined)
      until = -Infinity
    },
  }
}
