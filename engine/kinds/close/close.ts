import { defineKind } from '../kind.ts'
import { closeFace } from './face.ts'

export const close = defineKind(closeFace, {
  fragment: () => ({ enter: { changes: ['settle'], acts: ['say'] } }),
  changes: {
    settle: (draft) => {
      draft.waiting = null
      draft.agent = null
      draft.owes = false
    },
  },
})
