import { z } from 'zod'
import { choice, condition, distinct, key, positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'
import { inWords } from '../phrase.ts'

export const askedAs = ['text', 'number', 'email', 'phone', 'date', 'yesno', 'choice'] as const
export type AskedAs = (typeof askedAs)[number]

const data = z
  .strictObject({
    text,
    variable: key,
    as: z.enum(askedAs),
    choices: distinct(choice).optional(),
    check: condition.optional(),
    retryText: text.optional(),
    attempts: z.number().int().min(1).max(10).default(2),
    timeout: positiveDuration.optional(),
  })
  .superRefine((ask, ctx) => {
    if (ask.as === 'choice' && !ask.choices?.length)
      ctx.addIssue({ code: 'custom', path: ['choices'], message: 'must hold the choices to choose from' })
    if (ask.as !== 'choice' && ask.choices)
      ctx.addIssue({
        code: 'custom',
        path: ['choices'],
        message: 'belong to a question asked as “choice”; set “as” to “choice” or take them out',
      })
  })
export type Data = z.infer<typeof data>

export const askFace = defineFace({
  name: 'ask',
  phase: 'bot',
  title: 'Ask',
  rests: true,
  doc: 'Asks for a value, checks it, asks again, and keeps it in a variable. What is known already is not asked.',
  data,
  form: [
    { path: 'text', label: 'Question', type: 'template' },
    { path: 'variable', label: 'Keep the answer in', type: 'variable' },
    { path: 'as', label: 'Kind of answer', type: 'select', options: askedAs },
    { path: 'choices', label: 'Choices', type: 'choices' },
    { path: 'check', label: 'Accept only if', type: 'condition', help: '`value` is the answer, for example value > 0' },
    { path: 'retryText', label: 'When it does not fit', type: 'template' },
    { path: 'attempts', label: 'Ask at most', type: 'number', placeholder: '2' },
    { path: 'timeout', label: 'Give up after', type: 'duration', placeholder: '1d' },
  ],
  initial: { text: 'What is your order number?', variable: 'orderNumber', as: 'text' },
  outlets: (ask) => {
    const choices = (ask.choices ?? []).map(
      (each) =>
        ({
          id: `choice:${each.id}`,
          label: each.label,
          need: 'optional',
          otherwise: 'goes on by “answered”',
        }) as const,
    )
    return [
      ...choices,
      {
        id: 'answered',
        label: choices.length ? 'any choice' : 'answered',
        need: choices.length ? 'optional' : 'required',
        otherwise: 'goes to a person',
      },
      { id: 'failed', label: `after ${ask.attempts} tries`, need: 'optional', otherwise: 'goes to a person' },
    ]
  },
  sentence: (ask) =>
    `Ask for the ${inWords(ask.variable)}, ${ask.attempts === 1 ? 'once' : ask.attempts === 2 ? 'twice at most' : `${ask.attempts} times at most`}`,
  texts: (ask) => textsAt(ask, 'text', 'retryText'),
  conditions: (ask) =>
    ask.check === undefined ? [] : [{ path: 'check', source: ask.check, returns: 'bool', withValue: ask.as }],
  sets: (ask) => [ask.variable],
})
