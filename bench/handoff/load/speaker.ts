import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import type { Held } from './orders.ts'

export interface Speaker {
  /** One message, of the customer or of the agent by turns. Resolves when the server has it. */
  say(held: Held): Promise<void>
}

const CONNECTIONS = 64
const pools = new Map<string, Pool>()

export function createSpeaker(url: string): Speaker {
  const pool = pools.get(url) ?? new Pool(url, { connections: CONNECTIONS })
  pools.set(url, pool)
  let count = 0
  return {
    async say({ id, customer, agent }) {
      count += 1
      const isCustomer = count % 2 === 1
      const text = isCustomer ? `The blue one of delivery ${count}, please.` : `Delivery ${count} leaves us today.`
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: `/v1/conversations/${id}/events`,
        body: JSON.stringify({ type: isCustomer ? 'customer.message' : 'agent.message', text }),
        headers: {
          authorization: `Bearer ${isCustomer ? customer : agent}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
      })
      const answer = await body.text()
      if (statusCode >= 300) throw new Error(`A message was answered ${statusCode}: ${answer}`)
    },
  }
}
