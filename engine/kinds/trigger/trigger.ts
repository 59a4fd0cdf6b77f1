import { because } from '../core.ts'
import { defineKind } from '../kind.ts'
import { triggerFace } from './face.ts'

export const trigger = defineKind(triggerFace, {
  fragment: () => ({ enter: { changes: ['escalate'] }, always: [{ to: { outlet: 'fired', otherwise: 'rescue' } }] }),
  changes: {
    escalate: (draft, { event, node }) => {
      draft.owes = true
      draft.reason =
        typeof event.reason === 'object' ? event.reason : { ...because(`The trigger “${node}” fired`), trigger: node }
    },
  },
})
