import { botAskedFace } from './faces/botAsked.ts'
import { excerpt, quote } from './sentence.ts'
import { defineSignal } from './signal.ts'

const start = { asked: false, reason: '' }

/**
 * The bot itself asks for a person, with a reason.
 * Law 1: it stands until the customer's next message, so that a declined offer does not come back by itself.
 */
export const botAsked = defineSignal({
  ...botAskedFace,
  start,

  hear(state, heard) {
    if (heard.type === 'bot.asked') return { asked: true, reason: excerpt(heard.reason) }
    return heard.type === 'customer.message' && state.asked ? start : state
  },

  see({ asked, reason }) {
    return {
      value: asked,
      matched: asked,
      sentence: () => (asked ? `the bot asked for a person: ${quote(reason)}` : 'the bot has not asked for a person'),
    }
  },

  distance: () => ({ near: 0, needs: 'the bot to ask for a person', turns: 1 }),
})
