/**
 * Servers as npm installs them, and the people who work there: one with the embedded PostgreSQL in its data folder, as
 * `npm start` has it, or several on one database.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startEmbedded } from '#server/store/embedded/index.ts'
import { readPidFile } from '#server/store/embedded/pidfile.ts'
import { freePort } from '#server/store/embedded/port.ts'
import { installIn } from '#test/driver/installed.ts'
import { startServer, type StartedServer } from '#test/server/crash/started-server.ts'
import { ADMIN_KEY, call } from '../live/administrator.ts'
import { keptAfter, TELL_OF_COLLECTIONS } from './collection.ts'
import { flow, TEAM } from './flow.ts'
import type { Agent } from './order.ts'
import { usageOf, type Usage } from './usage.ts'

export interface Stage {
  readonly urls: readonly string[]
  /** What they and their database have taken until now. */
  usage(): Promise<Usage | null>
  readonly bot: string
  readonly supervisor: string
  readonly agents: readonly Agent[]
  /** Calls with the bytes that the heap of the first still holds, after each large collection of garbage. */
  onCollected(hear: (bytes: number) => void): void
}

const made = z.object({ key: z.string() })

/** Whatever happens, nothing of it is left. */
export async function onStage<Result>(
  staff: { readonly nodes: number; readonly agents: number; readonly capacity: number },
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  let hear: (bytes: number) => void = () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'baton-load-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    // The postmaster of a run as root is another user and must get through.
    await chmod(folder, 0o711)
    const program = await installIn(folder)
    const shared = staff.nodes === 1 ? undefined : await startEmbedded({ dataDir: join(folder, 'data') })
    if (shared) closers.push(() => shared.stop())
    const servers: StartedServer[] = []
    for (let number = 1; number <= staff.nodes; number++) {
      const server = await startServer({
        port: await freePort(),
        adminKey: ADMIN_KEY,
        ...(shared ? { databaseUrl: shared.url } : {}),
        dataDir: join(folder, shared ? `data-${number}` : 'data'),
        flowsDir: join(folder, 'flows'),
        program,
        flags: [TELL_OF_COLLECTIONS],
        onLine: (line) => {
          const kept = number === 1 ? keptAfter(line) : undefined
          if (kept !== undefined) hear(kept)
        },
      })
      closers.push(() => server.stop())
      servers.push(server)
    }
    const postgres = await readPidFile(join(folder, 'data/postgres'))
    if (postgres === undefined) throw new Error('PostgreSQL does not say which process it is.')
    const urls = servers.map(({ url }) => url)
    return await play({
      urls,
      usage: () => usageOf(servers.map(processOf), postgres.pid),
      ...(await staffed(urls, staff)),
      onCollected: (given) => {
        hear = given
      },
    })
  } finally {
    for (const close of closers.toReversed()) await close()
  }
}

/** The flow, live, and who may call and work. */
async function staffed(
  urls: readonly string[],
  staff: { readonly agents: number; readonly capacity: number },
): Promise<Pick<Stage, 'bot' | 'supervisor' | 'agents'>> {
  const [first = ''] = urls
  const tell = (method: string, path: string, body: object) => call(first, method, path, body)
  await tell('PUT', `/v1/flows/${flow.id}`, flow)
  await tell('POST', `/v1/flows/${flow.id}/publish`, {})
  await tell('PUT', `/v1/teams/${TEAM}`, { name: 'Support', offerFor: '30s' })
  const key = async (asked: object): Promise<string> => made.parse(await tell('POST', '/v1/keys', asked)).key
  const agents: Agent[] = []
  for (let number = 1; number <= staff.agents; number++) {
    const id = `agent${number}`
    await tell('PUT', `/v1/agents/${id}`, { name: `Agent ${number}`, teams: [TEAM], capacity: staff.capacity })
    await tell('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
    const url = urls[number % urls.length] ?? first
    agents.push({ id, url, key: await key({ role: 'agent', agent: id, name: id }) })
  }
  const [bot, supervisor] = [
    await key({ role: 'bot', name: 'bot' }),
    await key({ role: 'supervisor', name: 'supervisor' }),
  ]
  return { bot, supervisor, agents }
}

function processOf({ process }: StartedServer): number {
  if (process === undefined) throw new Error('A server has no process.')
  return process
}
