import { z } from 'zod'
import { condition, distinct, id, name } from '../../flow/values.ts'
import { defineKind } from '../kind.ts'

export const branch = defineKind({
  name: 'branch', phase: 'bot', title: 'Branch',
  doc: 'Goes the way of the first condition that holds. A condition that reads something unknown does not hold.',
  data: z.strictObject({ cases: distinct(z.strictObject({ id, label: name, when: condition })) }),
  form: [{ path: 'cases', label: 'Cases, the first that holds', type: 'cases' }],
  initial: { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] },
  outlets: (branch) => [
    ...branch.cases.map((each) => ({ id: `case:${each.id}`, label: each.label, need: 'required' } as const)),
    { id: 'else', label: 'otherwise', need: 'required' },
  ],
  sentence: (branch) => branch.cases.length === 0 ? 'Goes on' : `Is it ${branch.cases.map((each) => each.label).join(', ')}?`,
  conditions: (branch) => branch.cases.map((each, index) => ({ path: `cases/${index}/when`, source: each.when, returns: 'bool' })),
  fragment: (branch) => ({
    always: [
      ...branch.cases.map((each, index) => ({ when: { guard: 'holds', params: { path: `cases/${index}/when` } }, to: { outlet: `case:${each.id}`, otherwise: 'rescue' } } as const)),
      { to: { outlet: 'else', otherwise: 'rescue' } },
    ],
  }),
  guards: { holds: (moment, params) => moment.tools.value(moment, String(params['path'])) === true },
})
