import { describe, expectTypeOf, test } from 'vitest'
import type { awaitedEffects, Effect, EffectOf, EffectType } from '#engine/index.ts'
import type { EffectHandlers } from '#server/runtime/runtime.ts'

describe('Effects', () => {
  test('are those that the flow document promises', () => {
    expectTypeOf<EffectType>().toEqualTypeOf<
      'message' | 'bot.turn' | 'queue.join' | 'queue.leave' | 'http' | 'ticket' | 'callback' | 'notify' | 'handoff'
    >()
  })

  test('all have a stable id', () => {
    expectTypeOf<Effect['id']>().toBeString()
  })

  test('that nobody carries out do not compile', () => {
    expectTypeOf<keyof EffectHandlers>().toEqualTypeOf<EffectType>()
    expectTypeOf<Omit<EffectHandlers, 'ticket'>>().not.toExtend<EffectHandlers>()
  })

  test('that a switch forgets do not compile', () => {
    type Some = EffectOf<'http' | 'ticket' | 'callback' | 'notify' | 'handoff'>
    const isOutgoing = (effect: Some): boolean => {
      switch (effect.type) {
        case 'http': case 'ticket': return true
        case 'notify': case 'handoff': return false
        // @ts-expect-error “callback” is forgotten
        default: return effect satisfies never
      }
    }
    expectTypeOf(isOutgoing).returns.toBeBoolean()
  })

  test('that the flow waits for are effects', () => {
    expectTypeOf<(typeof awaitedEffects)[number]>().toEqualTypeOf<'http' | 'ticket' | 'callback'>()
  })
})
