import type { Snapshot, Waiting } from '../step/snapshot.ts'
import { nodeOfState } from './state.ts'

/** The place in a queue, while it is in one. A ticket or a callback of the same phase waits for no person. */
export function waitingOf({ phase, state, machine }: Snapshot): Waiting | null {
  const { waiting } = machine.context
  return phase === 'queued' && waiting?.joined === true && waiting.node === nodeOfState(state) ? waiting : null
}

/** Whether an event took an offer away that nobody accepted. */
export function lostOffer(before: Snapshot, after: Snapshot): boolean {
  const offered = waitingOf(before)?.offered
  const waits = waitingOf(after)
  return offered != null && waits !== null && waits.offered?.agent.id !== offered.agent.id
}
