import type { Path } from '#engine/index.ts'

type Happening = Path[number]['event']

/** A path as a person reads it: who does what, and where the conversation stands then. */
export function pathInWords(path: Path): readonly string[] {
  return path.map(({ event, state }) => `${inWords(event)} → ${state}`)
}

function inWords(event: Happening): string {
  switch (event.type) {
    case 'conversation.started':
      return `the conversation begins${knownInWords({ ...event.opening.variables, ...event.opening.customer })}`
    case 'customer.message':
      return `the customer says “${event.text}”`
    case 'customer.left':
      return 'the customer leaves'
    case 'customer.returned':
      return 'the customer comes back'
    case 'customer.identified':
      return `the customer is known${knownInWords(event.customer)}`
    case 'survey.answer':
      return `the customer gives ${event.score}`
    case 'bot.message':
      return `the bot says “${event.text}”${event.fallback === true ? ' (not understood)' : ''}`
    case 'bot.intent':
      return `the bot hears the intent “${event.intent}”`
    case 'bot.done':
      return 'the bot is done'
    case 'bot.failed':
      return 'the bot fails'
    case 'bot.escalate':
      return `the bot asks for a person: ${event.reason}`
    case 'timer':
      return `the time of ${event.id} is over`
    case 'effect.done':
      return event.ok ? 'what was waited for is done' : 'what was waited for fails'
    case 'offer.made':
      return `${event.agent.name} is asked`
    case 'offer.ended':
      return `${event.agent} does not take it (${event.why})`
    default:
      return agentInWords(event)
  }
}

function agentInWords(event: Happening): string {
  switch (event.type) {
    case 'agent.accept':
      return `${event.agent} accepts`
    case 'agent.message':
      return `the agent says “${event.text}”`
    case 'agent.handback':
      return 'the agent hands back'
    case 'agent.resolve':
      return 'the agent resolves it'
    case 'agent.gone':
      return `${event.agent} is gone`
    // What is left is rare on a path, and its name says what it is.
    default:
      return event.type
  }
}

function knownInWords(known: Readonly<Record<string, unknown>>): string {
  const names = Object.entries(known).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return names.length === 0 ? '' : `, ${names.join(', ')}`
}
