/** The connections of a node: one pool, Kysely on it, and the pipeline for what every event writes. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { connectionTo } from './connection.ts'
import { openPipeline, type Pipeline } from './pipeline.ts'
import { openPool } from './pool.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

export interface Connections {
  /** For the hot statements, which are named and prepared. */
  readonly pool: pg.Pool
  /** For the statement that writes an event: see there. */
  readonly pipeline: Pipeline
  readonly database: Database
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly databaseUrl: string
  /** Connections at most; more than the database has cores to spare only queue there instead of here. */
  readonly size?: number
  readonly onLost?: (error: Error) => void
}

const INT8 = 20

/** Opens nothing yet: the first statement does. Idle connections that the database closes are replaced silently. */
export function connect({ databaseUrl, size = 12, onLost = () => undefined }: ConnectionOptions): Connections {
  const config: pg.ClientConfig = { ...connectionTo(databaseUrl, 'baton'), types: { getTypeParser: typeParser } }
  const { pool, close: closePool } = openPool({ ...config, max: size }, onLost)
  const pipeline = openPipeline(config, onLost)
  // Kysely holds nothing but the pool; its own `destroy` ends it only if Kysely has used it.
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    pool,
    pipeline,
    database,
    close: async () => {
      await Promise.all([closePool(), pipeline.close()])
    },
  }
}

/** `bigint` holds epoch milliseconds and counts here, all far below 2^53: numbers, not strings. */
export const typeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  // The overloads of pg cannot be told apart here; the parser for INT8 takes text as all text parsers do.
  oid === INT8 && format !== 'binary' ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format as 'text')
