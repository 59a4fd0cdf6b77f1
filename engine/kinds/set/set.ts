import { defineKind } from '../kind.ts'
import { setFace } from './face.ts'

export const set = defineKind(setFace, {
  fragment: () => ({ enter: { changes: ['assign'] }, always: [{ to: { outlet: 'next', otherwise: 'rescue' } }] }),
  changes: {
    assign: (draft, moment) => {
      moment.data.assign.forEach((each, index) => {
        draft.vars = { ...draft.vars, [each.variable]: moment.tools.value(moment.with(draft), `assign/${index}/value`) }
      })
    },
  },
})
