import { z } from 'zod'
import { text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

export const handbackFace = defineFace({
  name: 'handback',
  phase: 'handback',
  title: 'Hand back',
  doc: 'The bot takes over again, knowing what the person did. It resumes the step it left, or goes on from here.',
  data: z.strictObject({ text: text.optional(), resume: z.enum(['step', 'next']).default('step') }),
  form: [
    { path: 'text', label: 'Message', type: 'template' },
    { path: 'resume', label: 'Then', type: 'select', options: ['step', 'next'] },
  ],
  initial: { text: 'You are back with our assistant. Everything you told us is kept.', resume: 'step' },
  outlets: (handback) => [
    {
      id: 'next',
      label: 'then',
      need: handback.resume === 'next' ? 'required' : 'optional',
      otherwise: 'resumes the step the bot left',
    },
  ],
  sentence: (handback) =>
    handback.resume === 'step' ? 'The bot resumes the step it left' : 'The bot goes on from here',
  texts: (handback) => textsAt(handback, 'text'),
})
