/** Texts that a person keeps for many conversations, filled in for one. */
import { compiledFlow } from '../compile/compiled.ts'
import { nowhere } from '../compile/machine.ts'
import { scopeOf } from '../compile/tools.ts'
import { compileTemplate } from '../expression/index.ts'
import type { Flow } from '../flow/parse.ts'
import type { Snapshot } from '../step/snapshot.ts'
import type { AgentName, Facts } from './events.ts'

/** What keeps a text from being one that can be filled in; none when it is. Names are not looked up: flows differ in them. */
export function replyFaults(text: string): readonly { readonly message: string }[] {
  const compiled = compileTemplate(text)
  return compiled.ok ? [] : compiled.faults
}

/**
 * A Liquid text over what the conversation knows, as `agent` would say it.
 * @param now epoch milliseconds
 * @param facts the queue's and the hours', where the text may read them; what is not known is empty
 */
export function renderReply(
  flow: Flow,
  snapshot: Snapshot,
  text: string,
  agent: AgentName | null,
  now: number,
  facts: Facts = {},
): string {
  const compiled = compileTemplate(text)
  if (!compiled.ok) return text
  const { template } = compiled
  if (template.isPlain) return text
  const { nodes, momentOf } = compiledFlow(flow)
  const world = {
    ...nowhere,
    now,
    memory: snapshot.memory,
    queue: (team: string) => facts.queues?.[team],
    hours: (schedule: string) => facts.hours?.[schedule],
  }
  const moment = momentOf(
    { node: '' },
    { ...snapshot.machine.context, agent: agent ?? snapshot.machine.context.agent },
    { type: 'view', world },
  )
  return template.render(scopeOf(moment, template.variables, nodes, 'words'))
}
