import type { EffectHandler } from '../runtime/runtime.ts'
import { hint } from './hint.ts'

/** The queue is a column of the conversation’s row: the assigner looks at it after every COMMIT. */
export function createQueueJoin(): EffectHandler<'queue.join'> {
  return hint('queue.join')
}
