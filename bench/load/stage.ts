/** A server as npm installs it, with the embedded PostgreSQL in its data folder, and the people who work there. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '#server/store/embedded/port.ts'
import { installIn } from '#test/driver/installed.ts'
import { startServer } from '#test/server/crash/started-server.ts'
import { ADMIN_KEY, call } from '../live/administrator.ts'
import { keptAfter, TELL_OF_COLLECTIONS } from './collection.ts'
import { flow, TEAM } from './flow.ts'
import type { Agent } from './order.ts'

export interface Stage {
  readonly url: string
  /** The server's process. */
  readonly process: number
  readonly bot: string
  readonly supervisor: string
  readonly agents: readonly Agent[]
  /** Calls with the bytes that the heap still holds, after each large collection of garbage. */
  onCollected(hear: (bytes: number) => void): void
}

const made = z.object({ key: z.string() })

/** Whatever happens, nothing of it is left. */
export async function onStage<Result>(
  staff: { readonly agents: number; readonly capacity: number },
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  let hear: (bytes: number) => void = () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'baton-load-'))
  try {
    // The postmaster of a run as root is another user and must get through.
    await chmod(folder, 0o711)
    const program = await installIn(folder)
    const server = await startServer({
      port: await freePort(),
      adminKey: ADMIN_KEY,
      dataDir: join(folder, 'data'),
      flowsDir: join(folder, 'flows'),
      program,
      flags: [TELL_OF_COLLECTIONS],
      onLine: (line) => {
        const kept = keptAfter(line)
        if (kept !== undefined) hear(kept)
      },
    })
    try {
      if (server.process === undefined) throw new Error('The server has no process.')
      const tell = (method: string, path: string, body: object) => call(server.url, method, path, body)
      await tell('PUT', `/v1/flows/${flow.id}`, flow)
      await tell('POST', `/v1/flows/${flow.id}/publish`, {})
      await tell('PUT', `/v1/teams/${TEAM}`, { name: 'Support', offerFor: '30s' })
      const key = async (asked: object): Promise<string> => made.parse(await tell('POST', '/v1/keys', asked)).key
      const agents: Agent[] = []
      for (let number = 1; number <= staff.agents; number++) {
        const id = `agent${number}`
        await tell('PUT', `/v1/agents/${id}`, { name: `Agent ${number}`, teams: [TEAM], capacity: staff.capacity })
        await tell('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
        agents.push({ id, key: await key({ role: 'agent', agent: id, name: id }) })
      }
      return await play({
        url: server.url,
        process: server.process,
        bot: await key({ role: 'bot', name: 'bot' }),
        supervisor: await key({ role: 'supervisor', name: 'supervisor' }),
        agents,
        onCollected: (given) => {
          hear = given
        },
      })
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
