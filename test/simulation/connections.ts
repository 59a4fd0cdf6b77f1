/**
 * The connections of a simulated node. A statement is two steps: it reaches the database, and its answer reaches the
 * node; between the two, before and after, everything else may happen.
 *
 *   sent --> executed --> answered
 *   sent --lost--> the node hears of it; the statement never arrives, or has been executed, or is executed later
 *   sent --refused--> the node hears of it: the database is away, or two transactions met
 *
 * There is one real connection: a transaction of several statements has it until it ends, or its node is dead.
 */
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Connections } from '#server/store/database.ts'
import type { Tables } from '#server/store/tables.ts'
import { createAlone } from './alone.ts'
import type { Answered, Asked, RealDatabase } from './database.ts'
import type { Random } from './random.ts'
import type { Place, Scheduler } from './scheduler.ts'

/** What may go wrong with a statement; probabilities. */
export interface StatementFaults {
  readonly lost: number
  readonly contended: number
  /** Of statements that take hundreds of milliseconds. */
  readonly slow: number
}

export interface SimulatedDatabase {
  connectionsOf(place: Place): Connections
  /** A statement of this place, as on a connection of its own. */
  ask(place: Place, text: string, values?: readonly unknown[]): Promise<Answered>
  /** The database is away until then. */
  awayUntil(time: number): void
  /** What a dead place had under way is over. */
  buried(place: Place): void
  faults: StatementFaults
  readonly statements: number
  readonly faulted: number
}

export interface SimulatedDatabaseDeps {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly real: RealDatabase
  /** Called after a statement has been executed, before anybody hears of it. */
  executed(asked: Asked, answered: Answered, place: Place): Promise<void> | void
}

/** A connection, as far as a transaction is concerned. */
interface Connection {
  readonly place: Place
  broken: boolean
}

export function createSimulatedDatabase(deps: SimulatedDatabaseDeps): SimulatedDatabase {
  const { scheduler, random, real, executed } = deps
  const alone = createAlone<Connection>(scheduler)
  const connections = new Set<Connection>()
  let holder: Connection | undefined
  let blocked: (() => unknown)[] = []
  let away = 0
  let statements = 0
  let faulted = 0
  let faults: StatementFaults = { lost: 0, contended: 0, slow: 0 }

  const delay = (): number =>
    random.chance(faults.slow) ? random.between(50, 800) : random.chance(0.9) ? random.below(3) : random.below(30)

  function release(connection: Connection): void {
    if (holder !== connection) return
    holder = undefined
    const waiting = blocked
    blocked = []
    for (const each of waiting) scheduler.after(0, 'unblocked', undefined, each)
  }

  async function breakOff(connection: Connection): Promise<void> {
    connection.broken = true
    alone.cutOff(connection)
    if (holder !== connection) return
    await real.run({ text: 'rollback', values: [] }, scheduler.now())
    release(connection)
  }

  function send(connection: Connection, asked: Asked): Promise<Answered> {
    const { place } = connection
    return new Promise((resolve, reject) => {
      const hear = (what: string, tell: () => void): void => {
        scheduler.after(delay(), what, place, tell)
      }
      const fail = (error: Error): void => hear('failed', () => reject(error))
      const execute = async (): Promise<void> => {
        if (connection.broken) return fail(lostConnection())
        if (alone.has(connection)) return runAlone()
        if (holder !== undefined && holder !== connection) return void blocked.push(arrive)
        const isAway = scheduler.now() < away
        if (isAway) {
          await breakOff(connection)
          return fail(refusedConnection())
        }
        const drawn = random.next()
        const isLost = drawn < faults.lost
        const isContended = !isLost && drawn < faults.lost + faults.contended && holder === undefined
        if (isLost || isContended) faulted++
        if (isContended) return fail(contended())
        if (isLost) {
          const kind = random.below(3)
          fail(lostConnection())
          // Nobody is there any more who could end a transaction: it is undone, if this was not its end.
          if (holder === connection && isEnd(asked.text) && kind === 1) return void (await perform(connection, asked))
          if (holder === connection || isBegin(asked.text)) return breakOff(connection)
          connection.broken = true
          if (kind === 1) await perform(connection, asked).catch(() => undefined)
          if (kind === 2) {
            const late: Connection = { place, broken: false }
            // What `blocked` is given must be waited for: two statements under way at once are not the same history twice.
            const perhaps = (): unknown =>
              holder === undefined ? perform(late, asked).catch(() => undefined) : blocked.push(perhaps)
            scheduler.after(random.between(1, 1_500), 'executed late', undefined, perhaps)
          }
          return
        }
        try {
          const answer = await perform(connection, asked)
          hear('answered', () => resolve(answer))
        } catch (error) {
          // PostgreSQL's own word: an Error of pg.
          fail(error as Error)
        }
      }
      const runAlone = (): Promise<void> | void => {
        if (scheduler.now() < away || random.chance(faults.lost)) {
          fail(lostConnection())
          return breakOff(connection)
        }
        alone.run(connection, asked, (answer) => hear('answered', () => resolve(answer)), fail)
      }
      // A statement on its way arrives also when its sender dies, mostly.
      const arrive = (): unknown => (place.alive || random.chance(0.7) ? execute() : undefined)
      scheduler.after(delay(), `statement ${nameOf(asked)}`, undefined, arrive)
    })
  }

  async function perform(connection: Connection, asked: Asked): Promise<Answered> {
    statements++
    if (isBegin(asked.text)) {
      // A dead node begins no transaction that nobody would end.
      if (!connection.place.alive) throw lostConnection()
      holder = connection
    }
    if (holder === connection && alone.begins(asked)) {
      alone.add(connection)
      const undone = await real.run({ text: 'rollback', values: [] }, scheduler.now())
      release(connection)
      return undone
    }
    const answer = await real.run(asked, scheduler.now())
    if (isEnd(asked.text)) release(connection)
    await executed(asked, answer, connection.place)
    return answer
  }

  function clientOf(place: Place) {
    const connection: Connection = { place, broken: false }
    connections.add(connection)
    return {
      query: (statement: string | pg.QueryConfig, values?: readonly unknown[]) =>
        send(connection, askedOf(statement, values)),
      release: () => void connections.delete(connection),
    }
  }

  const once = (place: Place, asked: Asked): Promise<Answered> => send({ place, broken: false }, asked)

  return {
    connectionsOf(place) {
      const query = (statement: string | pg.QueryConfig, values?: readonly unknown[]) =>
        once(place, askedOf(statement, values))
      // The runtime asks nothing of a pool but these two, nor does Kysely but `end`.
      const pool = {
        query,
        connect: () => Promise.resolve(clientOf(place)),
        end: () => Promise.resolve(),
      } as unknown as pg.Pool
      const close = (): Promise<void> => Promise.resolve()
      return {
        pool,
        // The rows are what the statement's author says, here as with pg.
        pipeline: { query: query as unknown as Connections['pipeline']['query'], close },
        database: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
        close,
      }
    },
    ask: (place, text, values = []) => once(place, { text, values }),
    awayUntil(time) {
      away = time
    },
    buried(place) {
      for (const connection of connections) {
        if (connection.place !== place) continue
        connections.delete(connection)
        scheduler.after(random.below(40), 'rolled back', undefined, () => breakOff(connection))
      }
    },
    get faults() {
      return faults
    },
    set faults(next) {
      faults = next
    },
    get statements() {
      return statements
    },
    get faulted() {
      return faulted
    },
  }
}

function askedOf(statement: string | pg.QueryConfig, values: readonly unknown[] = []): Asked {
  if (typeof statement === 'string') return { text: statement, values }
  // pg's type of values is any[].
  return { text: statement.text, values: (statement.values as readonly unknown[] | undefined) ?? values }
}

const isBegin = (text: string): boolean => /^\s*(begin|start transaction)\b/i.test(text)
const isEnd = (text: string): boolean => /^\s*(commit|rollback)\s*;?\s*$/i.test(text)

/** The beginning of a statement, for a trace. */
function nameOf({ text }: Asked): string {
  return text.trim().slice(0, 60).replaceAll(/\s+/g, ' ')
}

function lostConnection(): Error {
  return Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
}
function refusedConnection(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
}
function contended(): Error {
  return Object.assign(new Error('deadlock detected'), { code: '40P01' })
}
