import { compiledFlow } from '../compile/compiled.ts'
import { placeOf } from '../compile/runner.ts'
import type { Flow } from '../flow/parse.ts'
import { kindOf } from '../kinds/index.ts'
import type { ExpectedInput } from '../step/effect.ts'
import type { Message } from '../step/result.ts'
import { mayComeBack } from '../step/promise.ts'
import type { Snapshot } from '../step/snapshot.ts'
import type { Advance, ConversationView } from './advance.ts'
import type { Facts } from './events.ts'

/** A conversation as its callers see it. `facts.queues` brings place and time while the customer waits. */
export function view(flow: Flow, snapshot: Snapshot, facts: Facts = {}): ConversationView {
  const { context } = snapshot.machine
  const place = placeOf(snapshot.machine.value)
  const input = snapshot.closed ? undefined : expectedInput(flow, snapshot)
  const queue = snapshot.phase === 'queued' ? queueView(flow, snapshot, facts) : undefined
  return {
    id: snapshot.conversation,
    flow: snapshot.flow,
    phase: snapshot.phase,
    state: snapshot.state,
    // settle() wrote it with ownerOf, whose form this is.
    owner: snapshot.owner as ConversationView['owner'],
    version: snapshot.version,
    expects: snapshot.closed
      ? mayComeBack(snapshot)
        ? ['customer.message', 'customer.returned']
        : []
      : compiledFlow(flow)
          .expects(place.path)
          .filter((type) => type !== 'agent.decline' || context.waiting?.offered != null),
    ...(input ? { input } : {}),
    ...(queue ? { queue } : {}),
    ...(snapshot.phase === 'agentActive' && context.agent ? { agent: context.agent } : {}),
    ...(snapshot.closed
      ? { closed: { at: new Date(snapshot.closed.at).toISOString(), reason: snapshot.closed.reason } }
      : {}),
  }
}

/** The answer to an accepted event. */
export function advance(flow: Flow, snapshot: Snapshot, messages: readonly Message[], facts: Facts = {}): Advance {
  const conversation = view(flow, snapshot, facts)
  return {
    conversation,
    messages: messages.map((message) => ({ ...message, at: new Date(message.at).toISOString() })),
    botMayReply: conversation.expects.includes('bot.message'),
  }
}

function queueView(flow: Flow, snapshot: Snapshot, facts: Facts): ConversationView['queue'] {
  const { waiting } = snapshot.machine.context
  if (!waiting?.joined) return undefined
  const there = facts.queues?.[waiting.team]
  const mayLeave = compiledFlow(flow).tools.connected(waiting.node, 'left')
  return {
    team: waiting.team,
    position: there?.position ?? null,
    eta: there?.eta ?? null,
    within: there?.within ?? null,
    waitingSince: new Date(waiting.since).toISOString(),
    priority: waiting.priority,
    ...(mayLeave ? { mayLeave } : {}),
    ...(waiting.offered
      ? { offeredTo: waiting.offered.agent.id, offeredUntil: new Date(waiting.offered.until).toISOString() }
      : {}),
  }
}

function expectedInput(flow: Flow, snapshot: Snapshot): ExpectedInput | undefined {
  const compiled = compiledFlow(flow)
  const place = placeOf(snapshot.machine.value)
  const node = compiled.nodes.get(place.node)
  if (node === undefined) return undefined
  const rungName = place.path.split('.')[2]
  const rung =
    rungName === undefined
      ? -1
      : (kindOf(node).fragment(node.data, node.id).rungs ?? []).findIndex((each) => each.id === rungName)
  const moment = compiled.momentOf({ node: node.id, ...(rung < 0 ? {} : { rung }) }, snapshot.machine.context, {
    type: 'view',
  })
  return kindOf(node).input?.(node.data, moment)
}
