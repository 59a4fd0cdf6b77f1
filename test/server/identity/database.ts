/** For a suite: a migrated database of its own, and as many nodes' doors on it as wanted. */
import { afterAll, beforeAll } from 'vitest'
import { openWhoMayCall, type OpenedWhoMayCall } from '#server/identity/open.ts'
import { createSeal, type Seal } from '#server/store/seal.ts'
import { connect, type Connections, type Database } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { testDatabase } from '#test/driver/postgres.ts'

export const ADMIN_KEY = 'the-key-of-the-admin'

export interface Migrated {
  readonly url: string
  readonly database: Database
  /** A node: what it knows of who may call is its own. Closed after the suite. */
  node(seal?: Seal): OpenedWhoMayCall
}

export function migratedDatabase(): Migrated {
  const fresh = testDatabase()
  const nodes: OpenedWhoMayCall[] = []
  let connections: Connections | undefined
  beforeAll(async () => {
    connections = connect({ databaseUrl: fresh.url, size: 2 })
    await migrate(connections.pool)
  })
  afterAll(async () => {
    for (const node of nodes) await node.close()
    await connections?.close()
  })
  return {
    get url() {
      return fresh.url
    },
    get database() {
      if (!connections) throw new Error('The database is there from beforeAll on: read it inside a test.')
      return connections.database
    },
    node(seal = createSeal([])) {
      const log = { warn: () => undefined }
      const node = openWhoMayCall({
        databaseUrl: fresh.url,
        adminKey: ADMIN_KEY,
        tokenSecret: 'first secret',
        seal,
        log,
      })
      nodes.push(node)
      return node
    },
  }
}
