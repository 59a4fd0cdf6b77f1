import { z } from 'zod'
import { condition, key, listOf } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

export const setFace = defineFace({
  name: 'set',
  phase: 'bot',
  title: 'Set',
  doc: 'Gives variables a value, in order. A value that cannot be computed becomes empty.',
  data: z.strictObject({ assign: listOf(z.strictObject({ variable: key, value: condition })) }),
  form: [{ path: 'assign', label: 'Values', type: 'assignments' }],
  initial: { assign: [{ variable: 'topic', value: '"billing"' }] },
  outlets: () => [{ id: 'next', label: 'then', need: 'required' }],
  sentence: (set) => set.assign.map((each) => `${each.variable} = ${each.value}`).join(', ') || 'Sets nothing',
  conditions: (set) =>
    set.assign.map((each, index) => ({ path: `assign/${index}/value`, source: each.value, returns: 'any' })),
  sets: (set) => set.assign.map((each) => each.variable),
})
