/**
 * How a server goes so that nobody notices.
 *
 *   serving --told to stop--> draining: not ready, no new jobs, answers end their connections
 *           --so many seconds later--> streams end, each with a time of its own to come back
 *           --requests that run have ended, 20 s at most--> the lease is given back, and it is gone
 *
 * Law: what is asked for until the socket closes is answered. How long that is, is who balances the load's to know: it has
 * to hear that this server is not ready before it may be refused. Alone there is nobody to hear it, so by itself it is 0.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Runtime } from '../runtime/runtime.ts'

/** Resolves when streams may end and the socket may close. */
export async function drain(draining: AbortController, runtime: Pick<Runtime, 'rest'>, seconds: number): Promise<void> {
  draining.abort()
  // What waits for a database that is gone must not keep the server from going.
  const resting = runtime.rest().catch(() => undefined)
  await Promise.all([sleep(seconds * 1000), seconds > 0 ? resting : undefined])
}
