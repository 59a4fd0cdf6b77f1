/** What nodes, timers and people of a run are called on the screen. */
import { kindOf, type Flow } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'

/** A node by its own sentence; by its id when it is gone. */
export function nodeName({ nodes }: Flow, id: string): string {
  const node = nodes.find((each) => each.id === id)
  return node === undefined ? id : kindOf(node).sentence(node.data)
}

/** An agent by name; by id when nobody has it. */
export function agentName({ setting }: Pick<Simulation, 'setting'>, id: string): string {
  return setting.agents.find((each) => each.id === id)?.name ?? id
}

/** `billing.maxWait` as “billing: longest wait”; `relax1` and a rung’s `rephrase1Idle` go by how they end. */
export function timerName(id: string, names: Readonly<Record<string, string>>): string {
  const [node = '', timer = ''] = id.split('.')
  const plain = timer.replace(/\d+$/, '')
  const last = /[A-Z][a-z]+$/.exec(plain)?.[0].toLowerCase() ?? ''
  return `${node}: ${names[plain] ?? names[last] ?? timer}`
}
