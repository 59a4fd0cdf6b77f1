import type { Endpoints } from '../network/index.ts'
import type { Channel } from './channel.ts'
import { web } from './web.ts'
import { createWebhookChannel, type WebhookChannelDeps } from './webhook.ts'

export type { Channel, Delivery } from './channel.ts'

export interface Channels {
  /** The channel of this name; undefined for one whose messages the caller of the API carries itself. */
  of(name: string): Channel | undefined
}

export interface ChannelsDeps extends WebhookChannelDeps {
  /** The channels that have a webhook: `channels.json`. */
  readonly endpoints: Endpoints
}

/** THE list of channels: those built in, and a webhook for each configured name. */
export function createChannels(deps: ChannelsDeps): Channels {
  return {
    of(name) {
      const own = builtIn.find((channel) => channel.name === name)
      if (own) return own
      const endpoint = deps.endpoints.get(name)
      return endpoint && createWebhookChannel(endpoint, deps)
    },
  }
}

const builtIn: readonly Channel[] = [web]
