import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import type { Held } from './orders.ts'

export interface Speaker {
  /** One message; in each conversation customer and agent take turns. Resolves when the server has it. */
  say(held: Held): Promise<void>
}

const CONNECTIONS = 64

export function createSpeaker(url: string): Speaker {
  const pool = new Pool(url, { connections: CONNECTIONS })
  const turns = new Map<string, number>()
  return {
    async say({ id, customer, agent }) {
      const turn = turns.get(id) ?? 0
      turns.set(id, turn + 1)
      const isCustomer = turn % 2 === 0
      const text = isCustomer ? `The blue one of delivery ${turn}, please.` : `Delivery ${turn} leaves us today.`
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
