/**
 * A bot that has a place in a team holds a conversation as an agent does. Law: one owner at a time. It speaks only as
 * that agent: what it answers as a bot becomes the agent's own event, so that nothing else in the house knows of it.
 */
import type { AgentName, ConversationEvent, OutsideEvent, ServerEvent } from './events.ts'

type BotEvent = Extract<OutsideEvent, { readonly type: `bot.${string}` }>

/** Whether an event is a bot's. */
export function isBotEvent(event: ConversationEvent): event is BotEvent & ConversationEvent {
  return event.type.startsWith('bot.')
}

/**
 * What a bot's answer means while it holds the conversation as `agent`: its message is the agent's, `done` hands the
 * customer back, and a failure or a wish for a person brings the customer to the queue again, where it is asked last.
 * @returns undefined for an intent: it is a way through the flow, and the flow rests
 */
export function agentEventOf(event: BotEvent, agent: AgentName): ConversationEvent | undefined {
  switch (event.type) {
    case 'bot.message':
      return { type: 'agent.message', text: event.text, by: agent.id }
    case 'bot.done':
      return { type: 'agent.handback', by: agent.id }
    case 'bot.failed':
      return gone(agent)
    case 'bot.escalate':
      return gone(agent, event.summary === undefined ? event.reason : `${event.reason}: ${event.summary}`)
    case 'bot.intent':
      return undefined
    default:
      return event satisfies never
  }
}

function gone({ id }: AgentName, note?: string): ServerEvent {
  return { type: 'agent.gone', agent: id, ...(note === undefined ? {} : { note: note.slice(0, 2_000) }) }
}
