import { unavailable } from '../runtime/write.ts'
import { failureOf } from '../store/failures.ts'
import type { Revision } from './revision.ts'

const TRIES = 3

/**
 * Does a change, again where it met another one. @throws RuntimeError `unavailable` where nobody knows whether it was
 * done, or it could not be. With a `revision`, this node counts it from the next call on, however the change went.
 */
export async function writing<Result>(
  change: () => Promise<Result>,
  revision?: Pick<Revision, 'forget'>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await change()
    } catch (error) {
      const failure = failureOf(error)
      if (failure === 'other') throw error
      if (failure !== 'contended' || tries === TRIES) throw unavailable(failure, error)
    } finally {
      revision?.forget()
    }
  }
}
