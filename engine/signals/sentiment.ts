import { inARow, rows, share } from './distance.ts'
import { sentimentFace } from './faces/sentiment.ts'
import { moodOf } from './language/mood.ts'
import { excerpt, figure, quote } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { MOST_TURNS, NO_TURNS, hearTurn } from './turn.ts'
import type { TurnRule, Turns } from './turn.ts'

export interface SentimentState extends Turns {
  readonly said: string
}

const start: SentimentState = { ...NO_TURNS, said: '' }
const RULE: TurnRule = {
  counts: () => true,
  pick: (nlu) => nlu.sentiment,
  guess: (heard) => moodOf(heard.tokens, heard.text),
}

/**
 * The customer is unhappy, or grows so. The bot's figure wins over our own guess, see `language/mood.ts`.
 * Law 1: the score is that of the latest `times` messages, each below. Law 2: with `falling`, a fall of that much from
 * the best of the last eight messages to the latest, ending below 0, matches too.
 */
export const sentiment = defineSignal({
  ...sentimentFace,
  start,

  hear(state: SentimentState, heard): SentimentState {
    const turns = hearTurn(state, heard, RULE)
    if (turns === state) return state
    const said = heard.type === 'customer.message' ? excerpt(heard.text) : state.said
    return { figures: turns.figures, turn: turns.turn, said }
  },

  see({ figures, said }, config) {
    const score = figures[figures.length - 1]
    if (score === undefined) {
      return { value: 0, threshold: config.below, matched: false, sentence: () => 'nothing said yet' }
    }
    const lastContent = figures.findLastIndex((each) => each >= config.below)
    const unhappy = figures.length - 1 - lastContent >= config.times
    const fall = Math.max(...figures) - score
    const fell = config.falling !== undefined && score < 0 && fall >= config.falling
    return {
      value: score,
      threshold: config.below,
      matched: unhappy || fell,
      sentence: () => {
        if (unhappy) return `unhappy (${figure(score)}): ${quote(said)}`
        const mood = figure(score)
        return fell ? `the mood fell by ${figure(fall)} to ${mood}: ${quote(said)}` : `the mood is ${mood}`
      },
    }
  },

  distance({ figures }, { below, times: of, falling }) {
    const latest = figures[figures.length - 1]
    const said = latest === undefined ? undefined : `the mood is ${figure(latest)}`
    const { row, rowBefore } = rows(figures, (mood) => mood < below)
    const limit = `below ${figure(below)}`
    const unhappy = inARow(row, { of, rowBefore, said, limit, isPossible: below > -1 }, nearTo(below, latest ?? 1))
    if (falling === undefined) return unhappy
    const best = Math.max(...figures.slice(1 - MOST_TURNS))
    const fallen = latest === undefined ? 0 : Math.max(...figures) - latest
    return {
      near: Math.max(unhappy.near, share(fallen, falling)),
      needs: `${unhappy.needs}, or a fall by ${figure(falling)} to below 0 (${figure(fallen)} so far)`,
      ...(best + 1 >= falling ? { turns: 1 } : unhappy.turns === undefined ? {} : { turns: unhappy.turns }),
    }
  },
})

/** A limit below nothing is come near to from nothing on. */
function nearTo(below: number, mood: number): number {
  return below < 0 ? mood / below : (1 - mood) / (1 - below)
}
