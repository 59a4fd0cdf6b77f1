import type { EffectHandler } from '../runtime/runtime.ts'
import { hint } from './hint.ts'

/** Leaving clears the queue’s column in the same COMMIT: there is nobody left to tell. */
export function createQueueLeave(): EffectHandler<'queue.leave'> {
  return hint('queue.leave')
}
