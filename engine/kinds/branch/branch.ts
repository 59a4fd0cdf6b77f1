import { defineKind } from '../kind.ts'
import { branchFace } from './face.ts'

export const branch = defineKind(branchFace, {
  fragment: (branch) => ({
    always: [
      ...branch.cases.map(
        (each, index) =>
          ({
            when: { guard: 'holds', params: { path: `cases/${index}/when` } },
            to: { outlet: `case:${each.id}`, otherwise: 'rescue' },
          }) as const,
      ),
      { to: { outlet: 'else', otherwise: 'rescue' } },
    ],
  }),
  guards: { holds: (moment, params) => moment.tools.value(moment, String(params['path'])) === true },
  asks: {
    holds: 'Does the condition hold?',
  },
})
