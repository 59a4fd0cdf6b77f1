import { cut } from '../expression/cut.ts'
import { remember } from '../expression/remember.ts'
import { more, share } from './distance.ts'
import { loopFace, MOST_QUESTIONS } from './faces/loop.ts'
import { alike } from './language/alike.ts'
import { excerpt, quote, times } from './sentence.ts'
import { defineSignal } from './signal.ts'

interface Question {
  /** Stems that carry its meaning, sorted, parted by blanks. */
  readonly about: string
  readonly intent: string
}

export interface LoopState {
  /** The customer's questions, latest last; at most eight. */
  readonly asked: readonly Question[]
  readonly said: string
  /** Whether the latest message is the last of `asked`, so that the bot's report belongs to it. */
  readonly open: boolean
}

const LONGEST_INTENT = 100
const start: LoopState = { asked: [], said: '', open: false }

/**
 * The customer asks the same question again, reworded or not, within the last eight questions.
 * Law 1: two questions are the same when the bot reports the same intent for both; when it reports none for one of
 * them, when most of their words that carry meaning are shared; when it reports different ones, when nearly all are.
 * Law 2: courtesies ("ok thanks") and answers to a question of the flow are no questions.
 */
export const loop = defineSignal({
  ...loopFace,
  start,

  hear(state: LoopState, heard): LoopState {
    switch (heard.type) {
      case 'customer.message': {
        const about = heard.answering ? '' : aboutOf(heard.tokens)
        if (about === '') return state.open ? { ...state, open: false } : state
        const question = { about, intent: cut(heard.nlu?.intent ?? '', LONGEST_INTENT) }
        return { asked: [...state.asked.slice(1 - MOST_QUESTIONS), question], said: excerpt(heard.text), open: true }
      }
      case 'bot.message':
        return withIntent(state, heard.nlu?.intent)
      case 'bot.intent':
        return withIntent(state, heard.intent)
      default:
        return state
    }
  },

  see({ asked, said, open }, config) {
    const latest = asked[asked.length - 1]
    const count = latest === undefined || !open ? 0 : asked.filter((question) => same(question, latest)).length
    return {
      value: count,
      threshold: config.times,
      matched: count >= config.times,
      sentence: () =>
        count > 1 ? `asked the same thing ${times(count)}: ${quote(said)}` : 'has not asked the same thing again',
    }
  },

  distance({ asked, open }, { times: of }) {
    const latest = asked[asked.length - 1]
    // Each of the questions again, understood as it was or not at all: then only its words count.
    const again = asked.flatMap((question) => [question, { ...question, intent: '' }])
    const turns = Math.min(of, ...again.map((question) => untilAskedAgain(asked, question, of)))
    const isAnew = turns === of || latest === undefined || !open
    const often = isAnew ? `${times(of)} in all` : more(turns)
    return { near: share(of - turns, of), needs: `the same question ${often}`, turns }
  },
})

/** How often a question must come again, next each time, until it was asked `of` times within the latest eight. */
function untilAskedAgain(asked: readonly Question[], question: Question, of: number): number {
  for (let again = 1; again < of; again++) {
    const still = asked.slice(Math.max(0, asked.length + again - MOST_QUESTIONS))
    if (again + still.filter((each) => same(each, question)).length >= of) return again
  }
  return of
}

function withIntent(state: LoopState, intent: string | undefined): LoopState {
  const latest = state.asked[state.asked.length - 1]
  if (intent === undefined || latest === undefined || !state.open) return state
  const understood = { about: latest.about, intent: cut(intent, LONGEST_INTENT) }
  return { ...state, asked: [...state.asked.slice(0, -1), understood] }
}

const MOSTLY = 0.6
const NEARLY = 0.85

function same(one: Question, other: Question): boolean {
  const isTold = one.intent !== '' && other.intent !== ''
  if (one.about === other.about || (isTold && one.intent === other.intent)) return true
  return alike(stemsOf(one), stemsOf(other)) >= (isTold ? NEARLY : MOSTLY)
}

/** Each question is held against the next seven. */
const parted = remember<readonly string[]>(1_000)

function stemsOf({ about }: Question): readonly string[] {
  return parted(about, () => about.split(' '))
}

const FEWEST_PLAIN_WORDS = 3

/** A question of nothing but small words ("how do I do that") is known by all of them. */
function aboutOf(tokens: { readonly content: readonly string[]; readonly words: readonly string[] }): string {
  if (tokens.content.length > 0) return tokens.content.join(' ')
  return tokens.words.length >= FEWEST_PLAIN_WORDS ? [...new Set(tokens.words.slice(0, 24))].sort().join(' ') : ''
}
