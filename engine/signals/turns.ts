import { counted } from './distance.ts'
import { turnsFace } from './faces/turns.ts'
import { defineSignal } from './signal.ts'

const MOST = 10_000

/** How long the customer has been talking to the bot. Law 1: every message of the customer is a turn, answers too. */
export const turns = defineSignal({
  ...turnsFace,
  start: { count: 0 },

  hear(state, heard) {
    return heard.type === 'customer.message' && state.count < MOST ? { count: state.count + 1 } : state
  },

  see({ count }, config) {
    return {
      value: count,
      threshold: config.over,
      matched: count > config.over,
      sentence: () => `has written ${count === 1 ? 'one message' : `${count} messages`} to the bot`,
    }
  },

  distance({ count }, { over }) {
    const missing = over + 1 - count
    const needs = missing === 1 ? 'one more message' : `${missing} more messages`
    return counted(count, over + 1, `${needs} of the customer`)
  },
})
