/** The flow of `flows/` that is always open; what a newcomer is shown runs on it. */
export const FIRST_FLOW = 'hello'

/**
 * A whole handoff as lines for a shell, to be pasted as they are: customer, bot, queue, person, and back to the bot. It
 * runs at any hour, and as often as one likes. `key` is what the shell is to take for the key. It holds no comments: an
 * interactive zsh would run them.
 */
export function firstHandoff(origin: string, key: string): string {
  return `KEY=${key}
api() { curl -s -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' ${origin}/v1/"$@"; echo; }
ID=first-$(date +%s)

echo 'A person comes online, and a customer talks to the bot.'
api agents/sarah -X PUT -d '{"name":"Sarah","teams":["support"]}'
api agents/sarah/presence -X PUT -d '{"status":"online"}'
api conversations -d '{"flow":"${FIRST_FLOW}","id":"'$ID'","customer":{"name":"Ann"}}'
api conversations/$ID/events -d '{"type":"customer.message","text":"Where is my order?"}'
api conversations/$ID/events -d '{"type":"bot.message","text":"It left our house today."}'

echo 'The customer asks for a person, who gets everything that is known.'
api conversations/$ID/events -d '{"type":"customer.message","text":"I want to talk to a person"}'
api conversations/$ID/handoff
api conversations/$ID/events -d '{"type":"agent.accept","agent":"sarah"}'
api conversations/$ID/events -d '{"type":"agent.message","text":"Hello Ann, I am looking into it."}'

echo 'While she has the word the bot is refused (409, not-owner). Then she gives back, and the bot goes on.'
api conversations/$ID/events -d '{"type":"bot.message","text":"Let me help!"}'
api conversations/$ID/events -d '{"type":"agent.handback","note":"The parcel is a day late."}'
api conversations/$ID/events -d '{"type":"bot.message","text":"Is there anything else?"}'
api conversations/$ID/transcript
`
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
