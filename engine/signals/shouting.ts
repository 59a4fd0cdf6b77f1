import { inARow, rows } from './distance.ts'
import { shoutingFace, MOST_MESSAGES } from './faces/shouting.ts'
import { excerpt, quote, times } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { LONGEST_TEXT } from './language/tokens.ts'

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
  ...shoutingFace,
  start,

  hear(state: ShoutingState, heard): ShoutingState {
    if (heard.type !== 'customer.message' || heard.answering) return state
    const share = shareOfCapitals(heard.text)
    if (share === undefined) return state
    return { shares: [...state.shares.slice(1 - MOST_MESSAGES), share], said: excerpt(heard.text) }
  },

  see({ shares, said }, config) {
    const lastCalm = shares.findLastIndex((share) => share < config.above)
    const shouted = shares.length - 1 - lastCalm
    const latest = shares[shares.length - 1] ?? 0
    return {
      value: latest,
      threshold: config.above,
      matched: shouted >= config.times,
      sentence: () =>
        shouted === 0 ? 'does not write in capitals' : `wrote in capitals ${times(shouted)}: ${quote(said)}`,
    }
  },

  distance({ shares }, { above, times: of }) {
    const latest = shares[shares.length - 1]
    const said = latest === undefined ? undefined : `${percent(latest)} capitals`
    const { row, rowBefore } = rows(shares, (part) => part >= above)
    return inARow(row, { of, rowBefore, said, limit: `from ${percent(above)} capitals` }, (latest ?? 0) / above)
  },
})

function percent(part: number): string {
  return `${Math.round(part * 100)} %`
}

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
  return letters < FEWEST_LETTERS ? undefined : Math.round((capitals / letters) * 100) / 100
}
