import { cut } from '../expression/cut.ts'
import { explicitRequestFace, LONGEST_INTENT } from './faces/explicitRequest.ts'
import { requestsPerson } from './language/personRequest.ts'
import { tokenise } from './language/tokens.ts'
import { excerpt, oneOf, quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

/**
 * The customer asks for a person, in words or by an intent the bot reports.
 * Law 1: it speaks of the customer's latest message only; the next message takes it away.
 * Law 2: an intent whose own name asks for a person ("talk_to_human", "agentHandoff") counts without being listed.
 */
export const explicitRequest = defineSignal({
  ...explicitRequestFace,
  start: { asked: false, said: '', intent: '' },

  hear(state, heard) {
    switch (heard.type) {
      case 'customer.message': {
        const intent = cut(heard.nlu?.intent ?? '', LONGEST_INTENT)
        return { asked: requestsPerson(heard.tokens) || intentAsks(intent), said: excerpt(heard.text), intent }
      }
      case 'bot.message':
        return heard.nlu?.intent === undefined ? state : { ...state, ...byIntent(state, heard.nlu.intent) }
      case 'bot.intent':
        return { ...state, ...byIntent(state, heard.intent) }
      default:
        return state
    }
  },

  see(state, config) {
    const listed = state.intent !== '' && config.intents?.includes(state.intent) === true
    const matched = state.asked || listed
    return {
      value: matched,
      matched,
      sentence: () => (matched ? `asked for a person: ${quote(state.said)}` : 'has not asked for a person'),
    }
  },

  distance(_, { intents }) {
    const byIntent = intents === undefined ? '' : `, or by the intent ${oneOf(intents)}`
    return { near: 0, needs: `a request for a person in so many words${byIntent}`, turns: 1 }
  },
})

/** Whether a text asks for a person; for places outside the watch, such as the answer to an offer. */
export function asksForPerson(text: string): boolean {
  return requestsPerson(tokenise(text))
}

function byIntent(state: { readonly asked: boolean }, intent: string): { asked: boolean; intent: string } {
  return { asked: state.asked || intentAsks(intent), intent: cut(intent, LONGEST_INTENT) }
}

function intentAsks(intent: string): boolean {
  if (intent === '') return false
  const words = cut(intent, LONGEST_INTENT).replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  return asksForPerson(words.replaceAll(/[^\p{L}\p{N}]+/gu, ' '))
}
