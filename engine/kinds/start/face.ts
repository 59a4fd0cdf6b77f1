import { z } from 'zod'
import { defineFace } from '../face.ts'

export const startFace = defineFace({
  name: 'start',
  phase: 'bot',
  title: 'Start',
  doc: 'Where a conversation begins. A flow has exactly one.',
  data: z.strictObject({}),
  form: [],
  initial: {},
  outlets: () => [{ id: 'next', label: 'then', need: 'required' }],
  sentence: () => 'The conversation begins',
})
