import { z } from 'zod'
import { times } from './sentence.ts'
import { defineSignal } from './signal.ts'

const MOST = 1000

/** How often the bot had no answer. Law 1: it counts since the conversation began or a person gave it back. */
export const fallbacks = defineSignal({
  name: 'fallbacks',
  title: 'No answer',
  doc: 'The bot marked `times` messages as a **fallback**: it had no answer. `signals.fallbacks` is their count.',
  config: z.strictObject({ signal: z.literal('fallbacks'), times: z.int().min(1).max(100).default(2) }),
  fields: [{
    key: 'times', label: 'Fallbacks', help: 'How often the bot had no answer.',
    kind: 'number', min: 1, max: 100, step: 1,
  }],
  start: { count: 0 },

  hear(state, heard) {
    if (heard.type !== 'bot.message' || heard.fallback !== true || state.count === MOST) return state
    return { count: state.count + 1 }
  },

  read({ count }, config) {
    const sentence = count === 0 ? 'the bot always had an answer' : `the bot had no answer ${times(count)}`
    return { value: count, threshold: config.times, matched: count >= config.times, sentence }
  },
})
