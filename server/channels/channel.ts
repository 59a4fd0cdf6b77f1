import type { Message } from '#engine/index.ts'

/** One message on its way to a customer. `id` stays the same when it is delivered again. */
export interface Delivery {
  readonly id: string
  readonly conversation: string
  readonly message: Omit<Message, 'at'> & { readonly at?: number }
}

/** How messages reach the customers of one channel. */
export interface Channel {
  readonly name: string
  /** False when its customers read the conversation's log themselves, so that nothing is to be delivered. */
  readonly pushes: boolean
  /** Resolves when the other side has taken the message; rejects when it is to be tried again. */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<void>
}
