/** A PostgreSQL in a temporary folder, durable as the product's own, and what runs on it; nothing is left after. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#server/store/embedded/index.ts'
import { freePort } from '#server/store/embedded/port.ts'
import type { Flow } from '#engine/index.ts'
import { startServer, type StartedServer } from '#test/server/crash/started-server.ts'
import { ADMIN_KEY, call } from './administrator.ts'

export interface Stage {
  /** An empty database of its own. */
  database(name: string): Promise<string>
  /** `baton serve` on a database, with the flow published. */
  baton(databaseUrl: string, flow: Flow): Promise<StartedServer>
  /** Is ended with the stage, before what was there earlier. */
  endsWith(close: () => Promise<unknown>): void
}

export async function onStage<Result>(play: (stage: Stage) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    // The postmaster of a run as root is another user and must get through.
    await chmod(folder, 0o711)
    const postgres = await startEmbedded({ dataDir: join(folder, 'postgres') })
    closers.push(() => postgres.stop())
    return await play(stageIn(folder, postgres.url, closers))
  } finally {
    for (const close of closers.toReversed()) await close()
  }
}

function stageIn(folder: string, postgresUrl: string, closers: (() => Promise<unknown>)[]): Stage {
  return {
    async database(name) {
      await withClient(postgresUrl, (client) => client.query(`create database ${name}`))
      const url = new URL(postgresUrl)
      url.pathname = `/${name}`
      return url.href
    },
    async baton(databaseUrl, flow) {
      const port = await freePort()
      const own = join(folder, `baton-${port}`)
      await mkdir(own)
      const server = await startServer({
        port,
        databaseUrl,
        adminKey: ADMIN_KEY,
        dataDir: join(own, 'data'),
        flowsDir: join(own, 'flows'),
      })
      closers.push(() => server.stop())
      await call(server.url, 'PUT', `/v1/flows/${flow.id}`, flow)
      await call(server.url, 'POST', `/v1/flows/${flow.id}/publish`, {})
      return server
    },
    endsWith: (close) => {
      closers.push(close)
    },
  }
}

export async function withClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
