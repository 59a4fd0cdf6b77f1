/**
 * Who owns a conversation. Law: at every moment exactly one of bot, queue or one agent owns it, and only the owner may
 * speak to the customer. Every change of owner raises the snapshot's `epoch`; what carries an old epoch is refused.
 */
export const phases = ['bot', 'escalation', 'queued', 'agentActive', 'handback', 'closed'] as const
export type Phase = (typeof phases)[number]

export type Owner = 'bot' | 'queue' | `agent:${string}`

/** The owner by phase: a person while one is active, the queue while the customer waits, the bot otherwise. */
export function ownerOf(phase: Phase, agent: string | undefined): Owner {
  switch (phase) {
    case 'queued':
      return 'queue'
    case 'agentActive':
      return agent === undefined ? 'queue' : `agent:${agent}`
    case 'bot':
    case 'escalation':
    case 'handback':
    case 'closed':
      return 'bot'
    default:
      return phase satisfies never
  }
}
