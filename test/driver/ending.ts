/** How a server is left between two tests of a file: nobody is there, and nobody waits. */
import type { TestServer } from './server.ts'

const CLOSER = { name: 'Closer', teams: [], skills: {}, languages: [], channels: [], capacity: 99 }

/** Everybody goes offline, and each conversation that is with people, or on the way there, is resolved. */
export async function endAll({ admin }: TestServer): Promise<void> {
  // What API.md's lists answer.
  const { items: agents } = (await admin.call('GET', '/v1/agents?limit=200')) as { items: readonly { id: string }[] }
  await admin.call('PUT', '/v1/agents/closer', CLOSER)
  for (const phase of ['agentActive', 'queued']) {
    const { items } = (await admin.call('GET', `/v1/conversations?phase=${phase}&limit=200`)) as {
      items: readonly { id: string }[]
    }
    for (const { id } of items) {
      const tell = (event: object): Promise<unknown> => admin.call('POST', `/v1/conversations/${id}/events`, event)
      if (phase === 'queued') await tell({ type: 'agent.accept', agent: 'closer' })
      await tell({ type: 'agent.resolve', resolution: 'The test is over' })
    }
  }
  for (const { id } of agents) await admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'offline' })
}
