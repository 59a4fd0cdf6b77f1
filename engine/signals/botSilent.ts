import { counted, more } from './distance.ts'
import { botSilentFace, MOST } from './faces/botSilent.ts'
import { times } from './sentence.ts'
import { defineSignal } from './signal.ts'

export interface BotSilentState {
  readonly count: number
  readonly last: 'silent' | 'failed'
}

const start: BotSilentState = { count: 0, last: 'silent' }

/**
 * The bot did not answer in time, or failed.
 * Law 1: it counts in a row; a message of the bot starts it anew.
 */
export const botSilent = defineSignal({
  ...botSilentFace,
  start,

  hear(state: BotSilentState, heard): BotSilentState {
    switch (heard.type) {
      case 'bot.silent':
        return { count: Math.min(state.count + 1, MOST), last: 'silent' }
      case 'bot.failed':
        return { count: Math.min(state.count + 1, MOST), last: 'failed' }
      case 'bot.message':
        return state.count === 0 ? state : start
      default:
        return state
    }
  },

  see({ count, last }, config) {
    return {
      value: count,
      threshold: config.times,
      matched: count >= config.times,
      sentence: () => {
        const did = last === 'silent' ? 'did not answer in time' : 'failed'
        const row = count > 1 ? `, ${times(count)} in a row without an answer` : ''
        return count === 0 ? 'the bot answers' : `the bot ${did}${row}`
      },
    }
  },

  distance({ count }, config) {
    const often = count === 0 ? times(config.times) : more(config.times - count)
    return counted(count, config.times, `the bot silent or failing ${often}`)
  },
})
