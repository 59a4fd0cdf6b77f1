/**
 * Tickets and callbacks are promises: what was put off is taken up later, in the same conversation.
 *
 *   any phase but a person's --promise.told “ready”--> the same, and the customer is called back
 *   called back, closed or with the bot --the customer writes or returns--> its queue, at the place it has kept
 *   any phase but a person's --promise.due--> its queue, at the place it has kept; with `agent`, on to them
 *
 * Its queue is the one it waits in, else the one it waited in when the promise was made, else the one to which the flow leads
 * who asks for a person.
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

/** The team that keeps a conversation's promises: the one it waits for, else that of the queue where they are taken up. */
export function teamOf(flow: Flow, { machine: { context } }: Snapshot): string | null {
  const promisedIn = flow.nodes.find((node) => node.type === 'queue' && node.id === context.promisedIn)
  const queue = promisedIn?.type === 'queue' ? promisedIn : queueOf(compiledFlow(flow).flow)
  return context.waiting?.team ?? queue?.data.team ?? null
}

/** What the machine is sent for a customer who comes back: the place that was kept, and what was said. */
export function backAt(called: Called, own: MachineEvent): MachineEvent {
  return { ...own, type: 'promise.back', since: called.since, priority: called.priority }
}
