import { z } from 'zod'
import { stem, tokenise } from './language/tokens.ts'
import { quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

const MOST_LISTED = 200
const LONGEST_LISTED = 100
const list = z.array(z.string().trim().min(1).max(LONGEST_LISTED)).min(1).max(MOST_LISTED).optional()

/**
 * The latest message is about a listed topic: by an intent the bot reports, or by words in it.
 * Law 1: words match in any inflection ("refund", "refunded") and phrases match word for word in order.
 * Law 2: it speaks of the customer's latest message only.
 */
export const topic = defineSignal({
  name: 'topic',
  title: 'Certain topic',
  doc: 'The latest message is about one of the listed **intents** or contains one of the **words** (inflected too). '
    + '`signals.topic` is the intent the bot reported for it, or empty.',
  config: z.strictObject({ signal: z.literal('topic'), intents: list, words: list }),
  fields: [
    { key: 'intents', label: 'Intents', help: 'Names of intents as your bot reports them.', kind: 'words' },
    {
      key: 'words', label: 'Words', help: 'Words or phrases, such as: lawyer, chargeback, data protection.',
      kind: 'words',
    },
  ],
  start: { intent: '', words: '' },

  hear(state, heard) {
    switch (heard.type) {
      case 'customer.message':
        return { intent: (heard.nlu?.intent ?? '').slice(0, LONGEST_LISTED), words: heard.tokens.words.join(' ') }
      case 'bot.message':
        return heard.nlu?.intent === undefined ? state : { ...state, intent: heard.nlu.intent.slice(0, LONGEST_LISTED) }
      case 'bot.intent':
        return { ...state, intent: heard.intent.slice(0, LONGEST_LISTED) }
      default:
        return state
    }
  },

  read({ intent, words }, config) {
    if (intent !== '' && config.intents?.includes(intent) === true) {
      return { value: intent, matched: true, sentence: `about ${quote(intent)}` }
    }
    const said = config.words === undefined ? undefined : firstIn(words, config.words)
    if (said !== undefined) return { value: said, matched: true, sentence: `mentioned ${quote(said)}` }
    return { value: intent, matched: false, sentence: 'none of the listed topics' }
  },
})

function firstIn(message: string, listed: readonly string[]): string | undefined {
  const spoken = ` ${message.split(' ').map(stem).join(' ')} `
  return listed.find((phrase) => {
    const stems = tokenise(phrase).words.map(stem)
    return stems.length > 0 && spoken.includes(` ${stems.join(' ')} `)
  })
}
