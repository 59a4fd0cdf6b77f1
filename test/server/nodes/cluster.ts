/** Three servers, each a process with a data folder of its own, on one PostgreSQL; and what befalls them. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#server/store/embedded/index.ts'
import { freePort } from '#server/store/embedded/port.ts'
import { installIn } from '#test/driver/installed.ts'
import { ADMIN_KEY, openOffice } from '../crash/stage.ts'
import { isReady, startServer, type ServerSettings, type StartedServer } from '../crash/started-server.ts'

export interface Cluster {
  /** Where each server is; the same after its restart. */
  readonly urls: readonly string[]
  /** kill -9; resolves to the milliseconds until the others had taken over its jobs. */
  kill(node: number): Promise<number>
  start(node: number): Promise<void>
  /** SIGSTOP: it keeps its connections and its locks. Resolves as `kill`. */
  freeze(node: number): Promise<number>
  wake(node: number): Promise<void>
  /** SIGTERM, and the next start: what a release does with each. */
  replace(node: number): Promise<void>
  /** kill -9 of the postmaster; resolves when every server of these is ready again. */
  crashPostgres(awake: readonly number[]): Promise<void>
  /** What the servers that have ended by themselves have said last. */
  lastWords(): readonly string[]
  close(): Promise<void>
}

const RECOVERY = 60_000
const LOOK_EVERY = 50

export async function startCluster(size: number): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-cluster-'))
  // The postmaster of a run as root is another user and must get through.
  await chmod(folder, 0o711)
  const program = await installIn(folder)
  const dataDir = join(folder, 'database')
  const postgres = await startEmbedded({ dataDir, settings: { max_connections: '200' } })
  const settings: ServerSettings[] = []
  const nodes: StartedServer[] = []
  for (let node = 0; node < size; node++) {
    settings.push({
      port: await freePort(),
      adminKey: ADMIN_KEY,
      dataDir: join(folder, `node-${node}`),
      flowsDir: join(folder, 'flows'),
      databaseUrl: postgres.url,
      program,
    })
  }
  const urls = settings.map(({ port }) => `http://127.0.0.1:${port}`)
  const sql = new pg.Pool({ connectionString: postgres.url, max: 1 })
  sql.on('error', () => undefined)

  const start = async (node: number): Promise<void> => {
    nodes[node] = await startServer(at(settings, node))
  }
  const signal = (node: number, name: NodeJS.Signals): void => {
    const { process: id } = at(nodes, node)
    if (id !== undefined) process.kill(id, name)
  }
  /** Until the lease of this process has ended and its jobs are given back. */
  const takenOver = async (node: number): Promise<number> => {
    const began = performance.now()
    const { process: id } = at(nodes, node)
    for (;;) {
      const there = await sql
        .query(
          `select from baton.nodes where host like $1 and (live_until > clock_timestamp() or cardinality(claims) > 0)`,
          [`%:${id}`],
        )
        // The database may be away just now.
        .catch(() => undefined)
      if (there?.rowCount === 0) return performance.now() - began
      if (performance.now() - began > RECOVERY) throw new Error('Nobody has taken over the jobs of a node.')
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    }
  }
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node, index) => (signal(index, 'SIGCONT'), node.stop())))
    await sql.end()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }

  try {
    // The first brings the database up to date; the others come at once.
    await Promise.all(settings.map((_, node) => start(node)))
    await openOffice(at(urls, 0))
  } catch (error) {
    await close()
    throw error
  }
  return {
    urls,
    start,
    close,
    async kill(node) {
      await at(nodes, node).kill()
      return takenOver(node)
    },
    freeze(node) {
      signal(node, 'SIGSTOP')
      return takenOver(node)
    },
    async wake(node) {
      signal(node, 'SIGCONT')
      while (!(await isReady(at(urls, node))));
    },
    async replace(node) {
      await at(nodes, node).stop()
      await start(node)
    },
    async crashPostgres(awake) {
      const killed = await postmasterOf(dataDir)
      process.kill(killed, 'SIGKILL')
      const patience = performance.now() + RECOVERY
      while (
        (await postmasterOf(dataDir).catch(() => killed)) === killed ||
        !(await allReady(awake.map((node) => at(urls, node))))
      )
        if (performance.now() > patience) throw new Error('The servers did not live through a crash of PostgreSQL.')
    },
    lastWords: () => nodes.flatMap((node) => node.lastWords() ?? []),
  }
}

async function allReady(urls: readonly string[]): Promise<boolean> {
  return (await Promise.all(urls.map(isReady))).every(Boolean)
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`There is no node ${index}.`)
  return item
}
