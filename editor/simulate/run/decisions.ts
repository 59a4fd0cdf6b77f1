/** Who was asked to take the conversation, why they, why not others, and what came of it. */
import type { ConversationEvent, PassedOver } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'

export type Outcome = 'open' | 'accepted' | 'declined' | 'missed' | 'withdrawn'

export interface Decision {
  readonly at: number
  /** The step of the run in which it was made. */
  readonly step: number
  readonly agent: { readonly id: string; readonly name: string }
  readonly reason: string | null
  readonly skipped: readonly PassedOver[]
  readonly outcome: Outcome
}

/** The decisions of a run, in their order. */
export function decisionsOf({ steps }: Pick<Simulation, 'steps'>): readonly Decision[] {
  const decisions: Decision[] = []
  for (const [index, step] of steps.entries()) {
    for (const entry of step.log) {
      if (entry.kind !== 'event') continue
      const { event } = entry
      const open = decisions.findIndex((each) => each.outcome === 'open')
      const made = decisions[open]
      const outcome = made && endOf(event, made.agent.id)
      if (made && outcome) decisions[open] = { ...made, outcome }
      if (event.type !== 'offer.made') continue
      const { agent, reason = null, skipped = [] } = event
      decisions.push({ at: entry.at, step: index, agent, reason, skipped, outcome: 'open' })
    }
  }
  return decisions
}

/** How an event ends an open offer; undefined: it does not. */
function endOf(event: ConversationEvent, offered: string): Outcome | undefined {
  switch (event.type) {
    case 'agent.accept':
      return event.agent === offered ? 'accepted' : 'withdrawn'
    case 'agent.decline':
      return 'declined'
    case 'offer.ended':
      return event.why === 'declined' ? 'declined' : event.why === 'expired' ? 'missed' : 'withdrawn'
    case 'offer.made':
    case 'customer.left':
    case 'bot.done':
      return 'withdrawn'
    default:
      return undefined
  }
}
