import {
  compileCondition,
  compileTemplate,
  type ConditionOptions,
  type Returns,
  type Scope,
  type VariableDeclarations,
} from '#engine/expression/index.ts'

export const variables = {
  amount: { type: 'number' },
  orderNumber: { type: 'text' },
  vip: { type: 'yesno' },
  due: { type: 'date' },
  items: { type: 'list' },
  order: { type: 'map' },
} as const satisfies VariableDeclarations

export const scope: Scope = {
  customer: { name: 'Ada', tier: 'gold', age: 41, address: { city: 'Ulm' }, tags: ['new', 'web'], note: null },
  vars: {
    amount: 100.5,
    orderNumber: 'A-17',
    vip: true,
    due: '2026-12-24',
    items: [
      { name: 'Lamp', price: 30 },
      { name: 'Desk', price: 250 },
    ],
  },
  queue: { team: 'billing', position: 4, eta: 7, waitedMinutes: 2 },
  hours: { open: true, opens: '2026-12-24T09:00:00+01:00' },
  conversation: { id: 'c1', channel: 'web', language: 'en', turns: 5, phase: 'bot' },
  signals: { turns: 4, explicitRequest: false },
  nlu: { intent: 'refund', confidence: 0.55, sentiment: -0.2, entities: { order: 'A-17' } },
}

/** What a condition comes to, or an error that names its faults. */
export function evaluate(source: string, over: Scope = scope, options: Partial<ConditionOptions<Returns>> = {}) {
  const compiled = compileCondition<Returns>(source, { variables, ...options })
  if (!compiled.ok) throw new Error(compiled.faults.map((fault) => fault.message).join(' '))
  return compiled.condition.evaluate(over)
}

/** What is wrong with a condition, in words; empty when nothing is. */
export function faultsOf(source: string, options: Partial<ConditionOptions<Returns>> = {}) {
  const compiled = compileCondition<Returns>(source, { variables, ...options })
  return compiled.ok ? [] : compiled.faults
}

export function render(source: string, over: Scope = scope): string {
  const compiled = compileTemplate(source, { variables })
  if (!compiled.ok) throw new Error(compiled.faults.map((fault) => fault.message).join(' '))
  return compiled.template.render(over)
}

export function textFaultsOf(source: string) {
  const compiled = compileTemplate(source, { variables })
  return compiled.ok ? [] : compiled.faults
}
