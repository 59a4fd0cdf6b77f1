/**
 * Why a conversation was offered to whom, read from its log; and why it waits, explained on the present.
 *
 *   open --accepted by whom it was offered to--> accepted
 *        --declined--> declined        --its time is over--> missed
 *        --the agent goes away, somebody else takes it, the customer no longer waits--> withdrawn
 */
import { waitingOf, type LogEntry, type Snapshot } from '#engine/index.ts'
import { explain } from '#engine/routing/index.ts'
import { availableAgents } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { waitingRow } from '../store/queue.ts'
import { readSettings } from '../store/teams.ts'
import type { World } from './facts.ts'
import { waitingConversation } from './needs.ts'
import type { RoutingDecision, RoutingNow } from './runtime.ts'
import { reading } from './write.ts'

type Outcome = RoutingDecision['outcome']

export function decisionsIn(log: readonly LogEntry[]): readonly RoutingDecision[] {
  const decisions: RoutingDecision[] = []
  const end = (outcome: Outcome): void => {
    const last = decisions.at(-1)
    if (last?.outcome === 'open') decisions[decisions.length - 1] = { ...last, outcome }
  }
  for (const entry of log) {
    if (entry.kind === 'moved') end('withdrawn')
    if (entry.kind !== 'event') continue
    const { event } = entry
    if (event.type === 'offer.made') {
      const { agent, reason = null, skipped = [] } = event
      decisions.push({ at: new Date(entry.at).toISOString(), agent, reason, skipped, outcome: 'open' })
    } else if (event.type === 'agent.accept') end(event.agent === decisions.at(-1)?.agent.id ? 'accepted' : 'withdrawn')
    else if (event.type === 'agent.decline') end('declined')
    else if (event.type === 'offer.ended') end(ENDED[event.why])
  }
  return decisions
}

/** Null when it does not wait for a person. */
export async function whyItWaits(
  database: Database,
  world: World,
  snapshot: Snapshot,
  now: number,
): Promise<RoutingNow | null> {
  const waiting = waitingOf(snapshot)
  const row = waiting && (await reading(() => waitingRow(database, snapshot.conversation)))
  if (waiting === null || !row) return null
  const who = { teams: [waiting.team, ...waiting.teams], named: waiting.preferred ? [waiting.preferred.agent] : [] }
  const [agents, settings, facts] = await Promise.all([
    reading(() => availableAgents(database, who, now)),
    reading(() => readSettings(database)),
    reading(() => world.queue(snapshot)),
  ])
  const conversation = waitingConversation(row, now - settings(waiting.team).offerFor)
  const place = facts.queues?.[waiting.team]
  return {
    position: place?.position ?? 1,
    expected: place?.eta ?? null,
    within: place?.within ?? null,
    ...explain(conversation, agents, { now, rules: settings }),
  }
}

const ENDED = { declined: 'declined', expired: 'missed', vanished: 'withdrawn' } as const satisfies Record<
  string,
  Outcome
>
