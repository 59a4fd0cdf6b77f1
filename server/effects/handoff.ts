import type { EffectHandler } from '../runtime/runtime.ts'
import { hint } from './hint.ts'

/** The handoff package is read from the log when somebody asks for it: it is ready by being committed. */
export function createHandoff(): EffectHandler<'handoff'> {
  return hint('handoff')
}
