import { cut } from '../expression/cut.ts'
import { remember } from '../expression/remember.ts'
import { LONGEST_LISTED, topicFace } from './faces/topic.ts'
import { stem, tokenise } from './language/tokens.ts'
import { oneOf, quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

/**
 * The latest message is about a listed topic: by an intent the bot reports, or by words in it.
 * Law 1: words match in any inflection ("refund", "refunded") and phrases match word for word in order.
 * Law 2: it speaks of the customer's latest message only.
 */
export const topic = defineSignal({
  ...topicFace,
  start: { intent: '', words: '' },

  hear(state, heard) {
    switch (heard.type) {
      case 'customer.message':
        return { intent: cut(heard.nlu?.intent ?? '', LONGEST_LISTED), words: heard.tokens.words.join(' ') }
      case 'bot.message':
        return heard.nlu?.intent === undefined ? state : { ...state, intent: cut(heard.nlu.intent, LONGEST_LISTED) }
      case 'bot.intent':
        return { ...state, intent: cut(heard.intent, LONGEST_LISTED) }
      default:
        return state
    }
  },

  see({ intent, words }, config) {
    if (intent !== '' && config.intents?.includes(intent) === true) {
      return { value: intent, matched: true, sentence: () => `about ${quote(intent)}` }
    }
    const said = config.words === undefined ? undefined : firstIn(words, config.words)
    if (said !== undefined) return { value: said, matched: true, sentence: () => `mentioned ${quote(said)}` }
    return { value: intent, matched: false, sentence: () => 'none of the listed topics' }
  },

  distance({ intent }, { intents, words }) {
    const ways = [
      ...(intents === undefined ? [] : [`the intent ${oneOf(intents)}`]),
      ...(words === undefined ? [] : [`a mention of ${oneOf(words)}`]),
    ]
    if (ways.length === 0) return { near: 0, needs: 'an intent or a word to watch for: none is listed' }
    const told = intents === undefined || intent === '' ? '' : `; the bot reported ${quote(intent)}`
    return { near: 0, needs: `${ways.join(', or ')}${told}`, turns: 1 }
  },
})

function firstIn(message: string, listed: readonly string[]): string | undefined {
  let spoken: string | undefined
  return listed.find((phrase) => {
    const stems = stemsOf(phrase)
    // A stem is how its word begins: most messages hold none of the phrases' first stems, and need no stemming.
    if (stems === '' || !message.includes(stems.slice(1, stems.indexOf(' ', 1)))) return false
    spoken ??= ` ${message.split(' ').map(stem).join(' ')} `
    return spoken.includes(stems)
  })
}

const kept = remember<string>(2_000)

/** The stems of a phrase, a blank before each and one at the end; empty for a phrase without words. */
export function stemsOf(phrase: string): string {
  return kept(phrase, () => {
    const { words } = tokenise(phrase)
    return words.length === 0 ? '' : ` ${words.map(stem).join(' ')} `
  })
}
