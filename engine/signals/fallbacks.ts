import { counted, more } from './distance.ts'
import { fallbacksFace } from './faces/fallbacks.ts'
import { times } from './sentence.ts'
import { defineSignal } from './signal.ts'

const MOST = 1000

/** How often the bot had no answer. Law 1: it counts since the conversation began or a person gave it back. */
export const fallbacks = defineSignal({
  ...fallbacksFace,
  start: { count: 0 },

  hear(state, heard) {
    if (heard.type !== 'bot.message' || heard.fallback !== true || state.count === MOST) return state
    return { count: state.count + 1 }
  },

  see({ count }, config) {
    return {
      value: count,
      threshold: config.times,
      matched: count >= config.times,
      sentence: () => (count === 0 ? 'the bot always had an answer' : `the bot had no answer ${times(count)}`),
    }
  },

  distance({ count }, config) {
    return counted(count, config.times, `the bot without an answer ${more(config.times - count)}`)
  },
})
