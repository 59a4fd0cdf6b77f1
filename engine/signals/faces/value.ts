import { z } from 'zod'
import { defineFace } from './face.ts'

export const valueFace = defineFace({
  name: 'value',
  title: 'Condition holds',
  doc:
    'A **condition** over what is known, such as `customer.tier == "gold"` or `vars.amount > 500`, is true. ' +
    'It has no value of its own in conditions.',
  config: z.strictObject({
    signal: z.literal('value'),
    when: z.string().trim().min(1).max(2000),
    label: z.string().trim().min(1).max(120).optional(),
  }),
  fields: [
    {
      key: 'when',
      label: 'Condition',
      help: 'Over customer, vars, nlu, signals, hours, queue and conversation.',
      kind: 'cel',
    },
    { key: 'label', label: 'In words', help: 'What agents read, such as: the amount is over the limit.', kind: 'text' },
  ],
})
