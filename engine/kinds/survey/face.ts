import { z } from 'zod'
import { positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

const data = z.strictObject({
  text,
  scale: z.number().int().min(2).max(10).default(5),
  commentText: text.optional(),
  timeout: positiveDuration.default('10m'),
})
export type Data = z.infer<typeof data>

export const surveyFace = defineFace({
  name: 'survey',
  phase: 'handback',
  title: 'Survey',
  doc: 'Asks how it was, with a time limit. Nobody is held up by it.',
  data,
  form: [
    { path: 'text', label: 'Question', type: 'template' },
    { path: 'scale', label: 'From 1 to', type: 'number', placeholder: '5' },
    { path: 'commentText', label: 'Then ask for a comment', type: 'template' },
    { path: 'timeout', label: 'Wait for', type: 'duration', placeholder: '10m' },
  ],
  initial: { text: 'How was it, from 1 to 5?' },
  outlets: (survey) => [
    { id: 'answered', label: 'answered', need: 'required' },
    { id: 'skipped', label: `no answer for ${survey.timeout}`, need: 'required' },
  ],
  sentence: (survey) => `How was it, from 1 to ${survey.scale}?`,
  texts: (survey) => textsAt(survey, 'text', 'commentText'),
})
