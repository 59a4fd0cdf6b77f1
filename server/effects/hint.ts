import type { EffectType } from '#engine/index.ts'
import type { EffectHandler } from '../runtime/runtime.ts'

/** An effect that only tells the node what COMMIT has already made known to everybody: nothing is left to run. */
export function hint<Type extends EffectType>(type: Type): EffectHandler<Type> {
  return { type, maxAttempts: 1, needs: () => 'nothing', run: async () => undefined, gaveUp: async () => undefined }
}
