/**
 * What customers write by a channel of `channels.json`, brought by a signed hook. Laws:
 * 1. Only who holds the channel's secret is heard: the signature is over the exact bytes, five minutes old at most.
 * 2. The author is the customer, whatever the body says: it has no field for another.
 * 3. A delivery counts once, by its `webhook-id`, however often and through however many servers it is brought, also
 *    when the conversation it went to has closed since.
 * 4. It goes to the conversation that the customer has open on this channel, or begins one on the channel's flow.
 * 5. Of deliveries at once, also to several servers, one begins it: all who find the same conversations kept claim the
 *    same beginning. Its id is drawn by lot: it is never used again when the conversation is deleted, nor guessed from
 *    who the customer is.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isSigned, newSecret, type Endpoints, type SignedHeaders } from '../network/index.ts'
import { keyReused } from '../runtime/refusals.ts'
import { RuntimeError, type Conversations } from '../runtime/runtime.ts'
import { jsonHash } from '../store/json-hash.ts'
import type { HeardStore } from './heard.ts'

/** What a channel brings. `customer.id` is the customer's on that channel, such as a telephone number. */
export const heardBody = z.strictObject({
  type: z.literal('message.received'),
  timestamp: z.iso.datetime({ offset: true }).exactOptional(),
  data: z.strictObject({
    customer: z.strictObject({
      id: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters'),
      name: z.string().max(200).exactOptional(),
      email: z.string().max(320).exactOptional(),
      phone: z.string().max(50).exactOptional(),
    }),
    text: z.string().min(1).max(10_000),
    /** The id of the quick reply that was pressed. */
    choice: z.string().min(1).max(200).exactOptional(),
    language: z.string().min(2).max(35).exactOptional(),
  }),
})
export type HeardBody = z.infer<typeof heardBody>

export interface Inbound {
  /** Whether the body was signed for this channel. Of a channel that is not there nothing is. */
  isFrom(channel: string, headers: SignedHeaders, body: string): boolean
  /** Says it; resolves, once that is durable, to the conversation. Rejects with a `RuntimeError`. */
  hear(channel: string, id: string, body: HeardBody, text: string): Promise<{ readonly conversation: string }>
}

export interface InboundDeps {
  readonly endpoints: Pick<Endpoints, 'get'>
  readonly conversations: Pick<Conversations, 'start' | 'accept' | 'ofCustomer'>
  readonly heard: HeardStore
  readonly clock: { now(): number }
}

const TRIES = 5

export function createInbound({ endpoints, conversations, heard, clock }: InboundDeps): Inbound {
  const nobodys = newSecret()

  /** The conversation that the customer has open, or a new one. */
  async function place(channel: string, flow: string, { data }: HeardBody): Promise<string> {
    const { customer, language } = data
    for (let tries = TRIES; ; tries--) {
      const { kept, open } = await conversations.ofCustomer(customer.id, flow, channel)
      if (open !== undefined) return open
      // No delivery has a dot in its id.
      const beginning = `begins.${jsonHash([flow, customer.id, kept])}`
      const { conversation: id } = await heard.claim(channel, beginning, {
        conversation: `h-${randomUUID()}`,
        hash: beginning,
      })
      try {
        await conversations.start({ flow, id, channel, customer, ...(language === undefined ? {} : { language }) })
        return id
      } catch (error) {
        if (!(error instanceof RuntimeError && error.code === 'exists') || tries === 0) throw error
      }
    }
  }

  return {
    isFrom: (channel, headers, body) =>
      // A channel that is not there costs the same time, so that nobody learns which there are.
      isSigned(headers, endpoints.get(channel)?.secret ?? nobodys, body, clock.now()),
    async hear(channel, id, body, text) {
      const flow = flowOf(endpoints, channel)
      const hash = jsonHash([text])
      let known = await heard.find(channel, id)
      known ??= await heard.claim(channel, id, { conversation: await place(channel, flow, body), hash })
      if (known.hash !== hash) throw keyReused()
      let { conversation } = known
      for (let tries = TRIES; ; tries--) {
        try {
          await conversations.accept(conversation, said(body), { idempotencyKey: `hook ${channel} ${id}` })
          return { conversation }
        } catch (error) {
          // Had it been said there, the key would have answered: it closed before, so another takes it.
          if (!(error instanceof RuntimeError && error.code === 'closed') || tries === 0) throw error
          await heard.move(channel, id, conversation, await place(channel, flow, body))
          conversation = (await heard.find(channel, id))?.conversation ?? conversation
        }
      }
    },
  }
}

function said({ data: { text, choice } }: HeardBody) {
  return { type: 'customer.message', text, ...(choice === undefined ? {} : { choice }) } as const
}

function flowOf(endpoints: Pick<Endpoints, 'get'>, channel: string): string {
  const flow = endpoints.get(channel)?.flow
  if (flow !== undefined) return flow
  throw new RuntimeError(
    'unpublished',
    `The channel “${channel}” names no flow to begin; set its “flow” in channels.json.`,
  )
}
