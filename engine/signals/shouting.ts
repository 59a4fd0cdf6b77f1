import { z } from 'zod'
import { excerpt, quote, times } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { LONGEST_TEXT } from './language/tokens.ts'

const MOST_MESSAGES = 5
/** Fewer letters are an abbreviation or an order number, not a voice. */
const FEWEST_LETTERS = 10

export interface ShoutingState {
  /** Share of capitals in each message long enough to tell, latest last; at most five. */
  readonly shares: readonly number[]
  readonly said: string
}

const start: ShoutingState = { shares: [], said: '' }

/**
 * The customer writes in capitals.
 * Law 1: only letters that have capitals count; a message with fewer than ten of them says nothing.
 * Law 2: an answer to a question of the flow says nothing: codes and names are often capitals.
 */
export const shouting = defineSignal({
  name: 'shouting',
  title: 'Writes in capitals',
  doc: 'At least the share `above` of the letters is **capitals**, for `times` messages in a row. '
    + '`signals.shouting` is the share in the latest message that tells, 0 to 1.',
  config: z.strictObject({
    signal: z.literal('shouting'),
    above: z.number().min(0.1).max(1).default(0.7),
    times: z.int().min(1).max(MOST_MESSAGES).default(1),
  }),
  fields: [
    {
      key: 'above', label: 'Share of capitals', help: 'From 0.1 (a tenth of the letters) to 1 (all).',
      kind: 'number', min: 0.1, max: 1, step: 0.05,
    },
    {
      key: 'times', label: 'Messages in a row', help: 'How many such messages it takes.',
      kind: 'number', min: 1, max: MOST_MESSAGES, step: 1,
    },
  ],
  start,

  hear(state: ShoutingState, heard): ShoutingState {
    if (heard.type !== 'customer.message' || heard.answering) return state
    const share = shareOfCapitals(heard.text)
    if (share === undefined) return state
    return { shares: [...state.shares.slice(1 - MOST_MESSAGES), share], said: excerpt(heard.text) }
  },

  read({ shares, said }, config) {
    const lastCalm = shares.findLastIndex((share) => share < config.above)
    const shouted = shares.length - 1 - lastCalm
    const latest = shares[shares.length - 1] ?? 0
    const sentence = shouted === 0
      ? 'does not write in capitals'
      : `wrote in capitals ${times(shouted)}: ${quote(said)}`
    return { value: latest, threshold: config.above, matched: shouted >= config.times, sentence }
  },
})

function shareOfCapitals(text: string): number | undefined {
  let capitals = 0
  let small = 0
  for (let at = 0; at < Math.min(text.length, LONGEST_TEXT); at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 97 && code <= 122) small += 1
    else if (code >= 65 && code <= 90) capitals += 1
    else if (code > 127) {
      const character = text.charAt(at)
      const lower = character.toLowerCase()
      if (lower !== character) capitals += 1
      else if (character.toUpperCase() !== lower) small += 1
    }
  }
  const letters = capitals + small
  return letters < FEWEST_LETTERS ? undefined : Math.round(capitals / letters * 100) / 100
}
