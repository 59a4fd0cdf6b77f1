import { z } from 'zod'
import { positiveDuration } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

export const waitFace = defineFace({
  name: 'wait',
  phase: 'bot',
  title: 'Wait',
  rests: true,
  doc: 'Waits a while. A customer who writes meanwhile interrupts it.',
  data: z.strictObject({ for: positiveDuration }),
  form: [{ path: 'for', label: 'Wait for', type: 'duration' }],
  initial: { for: '5m' },
  outlets: (wait) => [
    { id: 'next', label: `after ${wait.for}`, need: 'required' },
    { id: 'interrupted', label: 'the customer writes', need: 'optional', otherwise: 'goes on at once' },
  ],
  sentence: (wait) => `Wait ${wait.for}`,
})
