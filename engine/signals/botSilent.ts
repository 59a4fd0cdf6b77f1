import { z } from 'zod'
import { times } from './sentence.ts'
import { defineSignal } from './signal.ts'

const MOST = 100

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
  name: 'botSilent',
  title: 'Bot is down',
  doc: 'The bot **did not answer in time or failed**, `times` times in a row. `signals.botSilent` is that count.',
  config: z.strictObject({ signal: z.literal('botSilent'), times: z.int().min(1).max(MOST).default(1) }),
  fields: [{
    key: 'times', label: 'Times in a row', help: 'How often the bot may stay silent or fail.',
    kind: 'number', min: 1, max: MOST, step: 1,
  }],
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

  read({ count, last }, config) {
    const did = last === 'silent' ? 'did not answer in time' : 'failed'
    const row = count > 1 ? `, ${times(count)} in a row without an answer` : ''
    const sentence = count === 0 ? 'the bot answers' : `the bot ${did}${row}`
    return { value: count, threshold: config.times, matched: count >= config.times, sentence }
  },
})
