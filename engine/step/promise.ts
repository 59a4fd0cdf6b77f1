/**
 * Tickets and callbacks are promises: what was put off is taken up later, in the same conversation.
 *
 *   any phase but a person's --promise.told “ready”--> the same, and the customer is called back
 *   called back, closed or with the bot --the customer writes or returns--> the flow's queue, at the place it has kept
 *   any phase but a person's --promise.due--> the flow's queue, at the place it has kept; with `agent`, on to them
 *
 * Laws: what has ended begins again only by these ways. Who was called back is called back once: coming back uses it
 * up, and so does an agent who resolves it. A person who holds the conversation is not interrupted by any of them.
 */
import { compiledFlow } from '../compile/compiled.ts'
import { queueOf } from '../compile/routes.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import type { MachineEvent } from '../kinds/moment.ts'
import type { Called, Snapshot } from './snapshot.ts'

/** Whether the customer, by this event, comes back to what they were called for. */
export function comesBack(snapshot: Snapshot, event: ConversationEvent): boolean {
  return (event.type === 'customer.message' || event.type === 'customer.returned') && mayComeBack(snapshot)
}

/** Whether the customer's next word leads to a person, also where the conversation has ended. */
export function mayComeBack({ phase, machine: { context } }: Snapshot): boolean {
  const { called, resolution } = context
  if (called == null || resolution !== null) return false
  return phase === 'closed' || (phase === 'bot' && called.by === 'notice')
}

/** The team that keeps a conversation's promises: the one it waited for last, else that of the queue it would enter. */
export function teamOf(flow: Flow, { machine: { context } }: Snapshot): string | null {
  return context.waiting?.team ?? queueOf(compiledFlow(flow).flow)?.data.team ?? null
}

/** What the machine is sent for a customer who comes back: the place that was kept, and what was said. */
export function backAt(called: Called, own: MachineEvent): MachineEvent {
  return { ...own, type: 'promise.back', since: called.since, priority: called.priority }
}
