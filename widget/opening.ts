/**
 * How a conversation begins. Law: a start that was not answered is asked for again as it was, under the same key,
 * after a reload and by other tabs too, so that one conversation begins. One with an identity is not kept: the server
 * itself leads a known customer to the one they have.
 */
import type { Keep } from './keep.ts'
import { randomKey } from './outbox.ts'
import type { Opening, Server } from './server.ts'
import { has, type Started } from './wire.ts'

export interface OpeningParts {
  readonly server: Server
  readonly keep: Keep
  readonly opening: Opening
  readonly identity: string | undefined
}

/** Rejects with an `ApiProblem`. Whoever takes what it brings forgets `starting`. */
export async function begin({ server, keep, opening: fresh, identity }: OpeningParts): Promise<Started> {
  const kept = keep.get('starting')
  const { opening, key } = isStarting(kept) ? kept : { opening: fresh, key: randomKey() }
  if (identity === undefined) keep.set('starting', { opening, key })
  return server.start(opening, key, identity)
}

function isStarting(kept: unknown): kept is { readonly opening: Opening; readonly key: string } {
  return has(kept, { opening: 'object', key: 'string' })
}
