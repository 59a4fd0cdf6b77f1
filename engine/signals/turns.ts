import { z } from 'zod'
import { defineSignal } from './signal.ts'

const MOST = 10_000

/** How long the customer has been talking to the bot. Law 1: every message of the customer is a turn, answers too. */
export const turns = defineSignal({
  name: 'turns',
  title: 'Many turns',
  doc: 'The customer has written **more than** `over` messages to the bot. `signals.turns` is their count.',
  config: z.strictObject({ signal: z.literal('turns'), over: z.int().min(1).max(1000).default(12) }),
  fields: [{
    key: 'over', label: 'More messages than', help: 'Messages of the customer to the bot.',
    kind: 'number', min: 1, max: 1000, step: 1,
  }],
  start: { count: 0 },

  hear(state, heard) {
    return heard.type === 'customer.message' && state.count < MOST ? { count: state.count + 1 } : state
  },

  read({ count }, config) {
    const messages = count === 1 ? 'one message' : `${count} messages`
    const sentence = `has written ${messages} to the bot`
    return { value: count, threshold: config.over, matched: count > config.over, sentence }
  },
})
