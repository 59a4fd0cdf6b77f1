import type { EffectHandler } from '../runtime/runtime.ts'
import { hint } from './hint.ts'

/** Agents’ screens follow the log: the feed shows an offer, a transfer or a return as soon as it is committed. */
export function createNotify(): EffectHandler<'notify'> {
  return hint('notify')
}
