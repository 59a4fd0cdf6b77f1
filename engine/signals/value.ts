import { valueFace } from './faces/value.ts'
import { quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

/**
 * A condition over what is known: tier, amount, authorisation limit.
 * Law 1: it hears nothing and keeps nothing; the caller evaluates the condition when it is read. Law 2: what cannot be
 * decided does not match, and the sentence says what is missing.
 */
export const value = defineSignal({
  ...valueFace,
  start: {},

  hear: (state) => state,

  see(_, config, ctx) {
    const result = ctx.evaluate?.(config.when)
    const known = isPlain(result?.value) ? result.value : null
    if (result?.value === true) {
      return { value: true, matched: true, sentence: () => config.label ?? `${quote(config.when)} is true` }
    }
    const why = result === undefined ? 'nothing is known' : result.missing
    return {
      value: known,
      matched: false,
      sentence: () => `${quote(config.when)} is ${why === undefined ? 'not true' : `not decided: ${why}`}`,
    }
  },

  distance(_, config, ctx) {
    const needs = ctx.evaluate?.(config.when).needs?.()
    return { near: 0, needs: needs ?? `${quote(config.when)} to become true` }
  },
})

function isPlain(result: unknown): result is number | boolean | string {
  return typeof result === 'number' || typeof result === 'boolean' || typeof result === 'string'
}
