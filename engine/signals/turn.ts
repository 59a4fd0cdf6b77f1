import type { CustomerMessage, Heard, Nlu } from './signal.ts'

/**
 * A figure for each turn of the customer, latest last, at most eight.
 * A turn opens with the customer's message. What the bot reports about it later takes the place of what was known, the
 * last report wins, and a report before any message is about nothing and is dropped. A turn may be left out
 * (`counts` false): then reports about it are dropped too.
 */
export interface Turns {
  readonly figures: readonly number[]
  readonly turn: 'none' | 'open' | 'told' | 'left out'
}

export const MOST_TURNS = 8
export const NO_TURNS: Turns = { figures: [], turn: 'none' }

export interface TurnRule {
  readonly counts: (answering: boolean) => boolean
  readonly pick: (nlu: Nlu) => number | undefined
  readonly guess: (heard: CustomerMessage) => number | undefined
}

/** Hears one event; `pick` takes the figure from a report, `guess` makes one for a message without a report. */
export function hearTurn(turns: Turns, heard: Heard, rule: TurnRule): Turns {
  if (heard.type === 'customer.message') {
    if (!rule.counts(heard.answering)) return turnedTo(turns, 'left out')
    const figure = reported(heard.nlu, rule.pick) ?? rule.guess(heard)
    if (figure === undefined) return turnedTo(turns, 'open')
    return { figures: [...turns.figures.slice(1 - MOST_TURNS), figure], turn: 'told' }
  }
  if (heard.type !== 'bot.message' || turns.turn === 'none' || turns.turn === 'left out') return turns
  const figure = reported(heard.nlu, rule.pick)
  if (figure === undefined) return turns
  const earlier = turns.turn === 'told' ? turns.figures.slice(0, -1) : turns.figures.slice(1 - MOST_TURNS)
  return { figures: [...earlier, figure], turn: 'told' }
}

function turnedTo(turns: Turns, turn: Turns['turn']): Turns {
  return turns.turn === turn ? turns : { figures: turns.figures, turn }
}

function reported(nlu: Nlu | undefined, pick: (nlu: Nlu) => number | undefined): number | undefined {
  const figure = nlu === undefined ? undefined : pick(nlu)
  // Adding 0 makes -0, which JSON does not keep, a plain 0.
  return figure !== undefined && Number.isFinite(figure) ? figure + 0 : undefined
}
