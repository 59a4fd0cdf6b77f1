import { defineKind } from '../kind.ts'
import { handbackFace } from './face.ts'

export const handback = defineKind(handbackFace, {
  fragment: (handback) => ({
    enter: { changes: ['takeOver'], acts: ['say'] },
    always: [{ to: handback.resume === 'step' ? 'resume' : { outlet: 'next', otherwise: 'resume' } }],
  }),
  changes: {
    takeOver: (draft) => {
      draft.agent = null
      draft.waiting = null
      draft.reason = null
    },
  },
})
