import { postSigned, type Endpoint, type Network } from '../network/index.ts'
import type { Channel, Delivery } from './channel.ts'

export interface WebhookChannelDeps {
  readonly network: Network
  readonly clock: { now(): number }
}

/**
 * A channel whose messages go to a signed webhook, such as a program that speaks to WhatsApp. The receiver answers any
 * 2xx; it puts messages in order by `data.seq` and forgets repeated ones by `webhook-id`.
 */
export function createWebhookChannel(endpoint: Endpoint, { network, clock }: WebhookChannelDeps): Channel {
  return {
    name: endpoint.name,
    pushes: true,
    async deliver(delivery, signal) {
      const now = clock.now()
      const { status } = await postSigned(network, {
        url: endpoint.url,
        secret: endpoint.secret,
        id: delivery.id,
        body: bodyOf(delivery, endpoint.name, now),
        now,
        timeout: 10_000,
        maxBytes: 64 * 1024,
        signal,
      })
      if (status < 200 || status > 299)
        throw new Error(`The webhook of the channel “${endpoint.name}” answered ${status}; it must answer 2xx.`)
    },
  }
}

function bodyOf({ conversation, message }: Delivery, channel: string, now: number): string {
  const { at, ...said } = message
  return JSON.stringify({
    type: 'message.created',
    timestamp: new Date(at ?? now).toISOString(),
    data: { conversation, channel, ...said },
  })
}
