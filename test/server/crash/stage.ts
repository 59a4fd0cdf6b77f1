/** A server on a data folder of its own with its embedded PostgreSQL, and the crashes that befall it. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flow } from '#engine/index.ts'
import { freePort } from '#server/store/embedded/port.ts'
import { installIn } from '#test/driver/installed.ts'
import { flow } from './flow.ts'
import { isReady, startServer, type StartedServer } from './started-server.ts'

export const ADMIN_KEY = 'crash-admin-key'
/** The agents who accept; another, who is online, lets every offer pass. */
export const AGENTS = ['tom', 'ada'] as const
const DREAMER = 'sarah'

export interface Stage {
  readonly url: string
  /** kill -9 of the server and the next start; resolves when it is ready again. */
  crashServer(): Promise<void>
  /**
   * kill -9 of the postmaster; resolves when the server is ready again by itself. A PostgreSQL that died ten times in a
   * short while is given up by the server, which ends with a sentence that says so: then it is started again.
   */
  crashPostgres(): Promise<void>
  close(): Promise<void>
}

const RECOVERY = 60_000

/** `prepare` fills it once it runs. */
export async function setStage(prepare: (url: string) => Promise<void> = openOffice): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-crash-'))
  // The postmaster of a run as root is another user and must get through.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  // Installed once: each start of it is of the same program.
  const program = await installIn(folder)
  const settings = { port: await freePort(), adminKey: ADMIN_KEY, dataDir, flowsDir: join(folder, 'flows'), program }
  let server: StartedServer = await startServer(settings)
  try {
    await prepare(server.url)
  } catch (error) {
    await close()
    throw error
  }
  async function close(): Promise<void> {
    await server.stop()
    await endPostmaster(dataDir)
    await rm(folder, { recursive: true, force: true })
  }
  return {
    url: server.url,
    async crashServer() {
      await server.kill()
      server = await startServer(settings)
    },
    async crashPostgres() {
      const killed = await postmasterOf(dataDir)
      if (killed === undefined) throw new Error('No PostgreSQL runs.')
      process.kill(killed, 'SIGKILL')
      const patience = Date.now() + RECOVERY
      while ((await postmasterOf(dataDir)) === killed || !(await isReady(server.url))) {
        const words = server.lastWords()
        if (words?.includes('it died again and again')) server = await startServer(settings)
        else if (words !== undefined || Date.now() > patience)
          throw new Error(`The server did not live through it:\n${words ?? 'PostgreSQL is still away.'}`)
      }
    },
    close,
  }
}

/** What a crowd needs to find: the flow, its team, and its agents. */
export async function openOffice(url: string): Promise<void> {
  await publishFirst(url, flow)
  await call(url, 'PUT', '/v1/teams/care', { name: 'Care', offerFor: '1s', awayAfter: 0 })
  for (const id of [...AGENTS, DREAMER])
    await call(url, 'PUT', `/v1/agents/${id}`, { name: id, teams: ['care'], capacity: 100 })
  await call(url, 'PUT', `/v1/agents/${DREAMER}/presence`, { status: 'online' })
}

/** Saves and publishes a flow, as its first version. */
export async function publishFirst(url: string, flow: Flow): Promise<void> {
  await call(url, 'PUT', `/v1/flows/${flow.id}`, flow)
  await call(url, 'POST', `/v1/flows/${flow.id}/publish`, {})
}

async function call(url: string, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(url + path, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
}

async function postmasterOf(dataDir: string): Promise<number | undefined> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(file, 10)
  return Number.isSafeInteger(pid) ? pid : undefined
}

/** One that outlived its server, because a test ended early. */
async function endPostmaster(dataDir: string): Promise<void> {
  const pid = await postmasterOf(dataDir)
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It is gone already.
  }
}
