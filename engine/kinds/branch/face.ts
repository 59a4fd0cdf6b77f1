import { z } from 'zod'
import { condition, distinct, id, name } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

export const branchFace = defineFace({
  name: 'branch',
  phase: 'bot',
  title: 'Branch',
  doc: 'Goes the way of the first condition that holds. A condition that reads something unknown does not hold.',
  data: z.strictObject({ cases: distinct(z.strictObject({ id, label: name, when: condition })) }),
  form: [{ path: 'cases', label: 'Cases, the first that holds', type: 'cases' }],
  initial: { cases: [{ id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' }] },
  outlets: (branch) => [
    ...branch.cases.map((each) => ({ id: `case:${each.id}`, label: each.label, need: 'required' }) as const),
    { id: 'else', label: 'otherwise', need: 'required' },
  ],
  sentence: (branch) =>
    branch.cases.length === 0 ? 'Goes on' : `Is it ${branch.cases.map((each) => each.label).join(', ')}?`,
  conditions: (branch) =>
    branch.cases.map((each, index) => ({ path: `cases/${index}/when`, source: each.when, returns: 'bool' })),
})
