/**
 * Transactions that hold nothing but an advisory lock, while their work has connections of its own
 * (server/promises/alone.ts). On one real connection they would keep that work out for ever, so their lock is the
 * simulation's: one has it, the others wait for it, ten seconds at most; who is cut off or dies loses it.
 */
import type { Answered, Asked } from './database.ts'
import type { Scheduler } from './scheduler.ts'

export interface Alone<Connection> {
  /** Whether the transaction of this connection becomes such a one by this statement. */
  begins(asked: Asked): boolean
  has(connection: Connection): boolean
  add(connection: Connection): void
  /** Answers a statement of such a transaction, now or when it has the lock. */
  run(connection: Connection, asked: Asked, answer: (answered: Answered) => void, fail: (error: Error) => void): void
  cutOff(connection: Connection): void
}

const PATIENCE = 10_000
const NOTHING: Answered = { rows: [], rowCount: 0, command: 'SELECT' }

interface Waiting<Connection> {
  readonly connection: Connection
  readonly take: () => void
}

export function createAlone<Connection>(scheduler: Scheduler): Alone<Connection> {
  const members = new Set<Connection>()
  const holders = new Map<string, Connection>()
  const queues = new Map<string, readonly Waiting<Connection>[]>()

  function cutOff(connection: Connection): void {
    members.delete(connection)
    for (const [name, queue] of queues)
      queues.set(
        name,
        queue.filter((each) => each.connection !== connection),
      )
    for (const [name, holder] of holders) {
      if (holder !== connection) continue
      holders.delete(name)
      const [next, ...rest] = queues.get(name) ?? []
      queues.set(name, rest)
      next?.take()
    }
  }

  return {
    begins: ({ text }) => text.startsWith('set local lock_timeout'),
    has: (connection) => members.has(connection),
    add: (connection) => void members.add(connection),
    cutOff,
    run(connection, { text, values }, answer, fail) {
      if (/^(commit|rollback)/i.test(text)) cutOff(connection)
      if (!text.includes('pg_advisory_xact_lock')) return answer(NOTHING)
      const name = String(values[0])
      const take = (): void => {
        holders.set(name, connection)
        answer(NOTHING)
      }
      if (!holders.has(name)) return take()
      const waiting = { connection, take }
      queues.set(name, [...(queues.get(name) ?? []), waiting])
      scheduler.after(PATIENCE, 'waited for too long', undefined, () => {
        const queue = queues.get(name) ?? []
        if (!queue.includes(waiting)) return
        queues.set(
          name,
          queue.filter((each) => each !== waiting),
        )
        fail(Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }))
      })
    },
  }
}
