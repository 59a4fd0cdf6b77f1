import { z } from 'zod'
import { quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

/**
 * A condition over what is known: tier, amount, authorisation limit.
 * Law 1: it hears nothing and keeps nothing; the caller evaluates the condition when it is read. Law 2: what cannot be
 * decided does not match, and the sentence says what is missing.
 */
export const value = defineSignal({
  name: 'value',
  title: 'Condition holds',
  doc: 'A **condition** over what is known, such as `customer.tier == "gold"` or `vars.amount > 500`, is true. '
    + 'It has no value of its own in conditions.',
  config: z.strictObject({
    signal: z.literal('value'),
    when: z.string().trim().min(1).max(2000),
    label: z.string().trim().min(1).max(120).optional(),
  }),
  fields: [
    {
      key: 'when', label: 'Condition', help: 'Over customer, vars, nlu, signals, hours, queue and conversation.',
      kind: 'cel',
    },
    { key: 'label', label: 'In words', help: 'What agents read, such as: the amount is over the limit.', kind: 'text' },
  ],
  start: {},

  hear: (state) => state,

  read(_, config, ctx) {
    const result = ctx.evaluate?.(config.when)
    const known = isPlain(result?.value) ? result.value : null
    const said = quote(config.when)
    if (result?.value === true) return { value: true, matched: true, sentence: config.label ?? `${said} is true` }
    const why = result === undefined ? 'nothing is known' : result.missing
    const sentence = why === undefined ? `${said} is not true` : `${said} is not decided: ${why}`
    return { value: known, matched: false, sentence }
  },
})

function isPlain(result: unknown): result is number | boolean | string {
  return typeof result === 'number' || typeof result === 'boolean' || typeof result === 'string'
}
