/** Who is there before the measuring begins: agents at work, and customers who talk with them. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Agent, Held } from '../load/orders.ts'
import { FLOW, type Stage } from './stage.ts'

const TEAM = 'support'
const IN_FLIGHT = 16
const keyMade = z.object({ key: z.string() })
const begun = z.object({ customerToken: z.string() })

/** So many agents of the team, online, with keys of their own. */
export async function hire(stage: Stage, count: number, capacity: number): Promise<readonly Agent[]> {
  await stage.call('PUT', `/v1/teams/${TEAM}`, { name: 'Support', offerFor: '1m' })
  return atOnce(
    Array.from({ length: count }, (_, index) => `agent${index + 1}`),
    (id) => hireOne(stage, id, `Agent ${id.slice('agent'.length)}`, capacity),
  )
}

export async function hireOne(stage: Stage, id: string, name: string, capacity: number): Promise<Agent> {
  const profile = { name, teams: [TEAM], skills: {}, languages: ['en'], channels: [], capacity }
  await stage.call('PUT', `/v1/agents/${id}`, profile)
  await stage.call('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
  const { key } = keyMade.parse(await stage.call('POST', '/v1/keys', { role: 'agent', agent: id, name }))
  return { id, name, key }
}

/** Conversations that are with people, each agent having as many as the others. */
export async function heldBy(stage: Stage, agents: readonly Agent[], count: number): Promise<readonly Held[]> {
  return atOnce(await queued(stage, count), async ({ id, customer }, index) => {
    const agent = agents[index % agents.length]
    if (agent === undefined) throw new Error('Nobody is there to hold it.')
    await stage.call('POST', `/v1/conversations/${id}/events`, { type: 'agent.accept', agent: agent.id }, agent.key)
    return { id, customer, agent: agent.key }
  })
}

/** Conversations whose customers wait for a person. */
export function queued(stage: Stage, count: number): Promise<readonly Omit<Held, 'agent'>[]> {
  return atOnce(
    Array.from({ length: count }, () => `c-${randomUUID()}`),
    async (id) => {
      const opening = { flow: FLOW, id, customer: { name: `Ann ${id.slice(2, 6)}` } }
      const { customerToken } = begun.parse(await stage.call('POST', '/v1/conversations', opening))
      const wish = { type: 'customer.message', text: 'I want to talk to a person' }
      await stage.call('POST', `/v1/conversations/${id}/events`, wish, customerToken)
      return { id, customer: customerToken }
    },
  )
}

/** Does the work for all of them, a few at once; the results are in their order. */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return results
}
