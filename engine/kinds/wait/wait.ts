import { z } from 'zod'
import { milliseconds, positiveDuration } from '../../flow/values.ts'
import { defineKind } from '../kind.ts'

export const wait = defineKind({
  name: 'wait', phase: 'bot', title: 'Wait', rests: true,
  doc: 'Waits a while. A customer who writes meanwhile interrupts it.',
  data: z.strictObject({ for: positiveDuration }),
  form: [{ path: 'for', label: 'Wait for', type: 'duration' }],
  initial: { for: '5m' },
  outlets: (wait) => [
    { id: 'next', label: `after ${wait.for}`, need: 'required' },
    { id: 'interrupted', label: 'the customer writes', need: 'optional', otherwise: 'goes on at once' },
  ],
  sentence: (wait) => `Wait ${wait.for}`,
  fragment: (wait) => ({
    enter: { changes: ['rest'] },
    on: { 'customer.message': [{ changes: ['resumed', 'owe', 'moveOn'], to: { outlet: 'interrupted', otherwise: { outlet: 'next', otherwise: 'rescue' } } }] },
    deadlines: [{ timer: 'for', delay: milliseconds(wait.for), fromEntry: true, rules: [{ changes: ['moveOn'], to: { outlet: 'next', otherwise: 'rescue' } }] }],
  }),
})
