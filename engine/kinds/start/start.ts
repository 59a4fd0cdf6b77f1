import { z } from 'zod'
import { defineKind } from '../kind.ts'

export const start = defineKind({
  name: 'start', phase: 'bot', title: 'Start',
  doc: 'Where a conversation begins. A flow has exactly one.',
  data: z.strictObject({}),
  form: [], initial: {},
  outlets: () => [{ id: 'next', label: 'then', need: 'required' }],
  sentence: () => 'The conversation begins',
  fragment: () => ({ always: [{ to: { outlet: 'next', otherwise: 'rescue' } }] }),
})
