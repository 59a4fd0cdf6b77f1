/**
 * A few connections on which statements follow one another without waiting for the answer to the one before. Each is
 * still a transaction of its own, as on a pool. Laws:
 *   1. Statements that come in the same turn of the event loop share a connection, `TOGETHER` at most, and one write to
 *      its socket: that write is a third of what an event costs this process when each statement has its own.
 *   2. Else a statement goes where the fewest are under way.
 *   3. A connection that is lost rejects what was under way on it, as pg does; the next statement opens another.
 * A statement may wait behind another for that one's row lock: only statements that hold their locks by themselves, and
 * not between two questions of this process, belong here.
 */
import pg from 'pg'
import { createFarewell } from './farewell.ts'

export interface Pipeline extends Statements {
  /** Lets what is under way end; resolves when no connection is left on either side. */
  close(): Promise<void>
}

/** What a single statement needs: a pool is one, too. */
export interface Statements {
  query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<{ readonly rows: Row[] }>
}

const CONNECTIONS = 4
const TOGETHER = 8

interface Connection {
  readonly client: pg.Client
  /** Statements without an answer yet. */
  underWay: number
  /** Statements that are held back until the turn ends; undefined between two turns. */
  held: number | undefined
  /** Undefined once it is open. */
  opening: Promise<void> | undefined
}

/** Opens nothing yet. `onLost` hears of each connection that was lost, until it is closed. */
export function openPipeline(config: pg.ClientConfig, onLost: (error: Error) => void): Pipeline {
  const connections = new Set<Connection>()
  const underWay = new Set<Promise<unknown>>()
  const farewell = createFarewell()
  let last: Connection | undefined
  let closed = false

  function open(): Connection {
    const client = new pg.Client({ keepAlive: true, ...config, pipeline: true })
    const connection: Connection = { client, underWay: 0, held: undefined, opening: undefined }
    const lost = (): void => {
      connections.delete(connection)
      if (last === connection) last = undefined
    }
    farewell.expect(client)
    client.on('error', (error) => {
      lost()
      if (!closed) onLost(error)
    })
    client.on('end', lost)
    connection.opening = client.connect().then(
      () => {
        connection.opening = undefined
      },
      (error: unknown) => {
        lost()
        throw error
      },
    )
    connections.add(connection)
    return connection
  }

  function choose(): Connection {
    if (last?.held !== undefined && last.held < TOGETHER) return last
    if (connections.size < CONNECTIONS && [...connections].every(({ underWay }) => underWay > 0)) return open()
    let idlest: Connection | undefined
    for (const each of connections) if (idlest === undefined || each.underWay < idlest.underWay) idlest = each
    return idlest ?? open()
  }

  /** Everything that is written to it in this turn leaves at its end, at once. */
  function holdBack(connection: Connection): void {
    connection.held = (connection.held ?? 0) + 1
    if (connection.held > 1) return
    const { stream } = connection.client.connection
    stream.cork()
    setImmediate(() => {
      connection.held = undefined
      stream.uncork()
    })
  }

  async function send<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<{ readonly rows: Row[] }> {
    const connection = choose()
    last = connection
    connection.underWay++
    try {
      if (connection.opening !== undefined) await connection.opening
      holdBack(connection)
      return await connection.client.query<Row>(statement)
    } finally {
      connection.underWay--
    }
  }

  return {
    query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig) {
      const answer = send<Row>(statement)
      underWay.add(answer)
      const over = (): unknown => underWay.delete(answer)
      answer.then(over, over)
      return answer
    },
    async close() {
      closed = true
      await Promise.allSettled(underWay)
      for (const { client } of connections) client.end().catch(() => undefined)
      await farewell.over()
    },
  }
}
