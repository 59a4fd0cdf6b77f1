import { milliseconds } from '../../flow/values.ts'
import { defineKind } from '../kind.ts'
import { waitFace } from './face.ts'

export const wait = defineKind(waitFace, {
  fragment: (wait) => ({
    enter: { changes: ['rest'] },
    on: {
      'customer.message': [
        {
          changes: ['resumed', 'owe', 'moveOn'],
          to: { outlet: 'interrupted', otherwise: { outlet: 'next', otherwise: 'rescue' } },
        },
      ],
    },
    deadlines: [
      {
        timer: 'for',
        delay: milliseconds(wait.for),
        fromEntry: true,
        rules: [{ changes: ['moveOn'], to: { outlet: 'next', otherwise: 'rescue' } }],
      },
    ],
  }),
})
