/**
 * Graduated escalation as one block. A rung sends its text and waits for the customer.
 * - rephrase: the bot answers the new wording. A good answer ends the ladder as `resolved` and the bot goes on at the
 *   step it was at; a poor one (a fallback, a confidence under .6, silence, failure) asks again or climbs. Was that step
 *   a question of the flow's own, the new wording is its answer.
 * - selfService: links, "that helped" and "I still need help"; anything else climbs.
 * - offerHuman: yes or no, by button or in words. What is neither is asked once more, then it is a new message for the bot.
 * An explicit request at any rung is `human`. Past the last rung is `human`.
 */
import { milliseconds } from '../../flow/values.ts'
import { POOR_BELOW } from '../../signals/faces/lowConfidence.ts'
import type { QuickReply } from '../../step/effect.ts'
import { shortAnswer } from '../../words/words.ts'
import { defineKind } from '../kind.ts'
import type { Fragment, Target } from '../fragment.ts'
import type { Moment } from '../moment.ts'
import { ladderFace, type Data, type Rung } from './face.ts'

const BOT_OWES = milliseconds('60s')
const FORGOTTEN = milliseconds('1d')

const human: Target = { outlet: 'human', otherwise: 'rescue' }
const resolved: Target = { outlet: 'resolved', otherwise: 'resume' }
const declined: Target = { outlet: 'declined', otherwise: 'resume' }

type G = 'poor' | 'helped' | 'yes' | 'no' | 'atQuestion'
type C = 'result' | 'unsettled'
type A = 'text' | 'turn'
type RungFragment = Fragment<G, C, A, never>

export const ladder = defineKind(ladderFace, {
  input: (ladder, moment) => {
    const rung = rungAt(ladder, moment)
    const choices = rung === undefined ? undefined : replies(rung, moment)
    return choices === undefined ? undefined : { node: moment.node, as: 'choice', choices }
  },
  fragment: (ladder) => ({
    enter: { changes: ['fresh'] },
    rungs: ladder.rungs.map((each, index) => ({
      id: rungId(ladder, index),
      fragment: rungFragment(ladder, each, index),
    })),
  }),
  guards: {
    /** A poor answer; with `of`, only while the rung has tries left. */
    poor: ({ event, context }, params) =>
      (event.fallback === true || (event.nlu?.confidence ?? 1) < POOR_BELOW) &&
      (params['of'] === undefined || context.tries + 1 < Number(params['of'])),
    helped: ({ event, words }) =>
      event.choice === 'helped' ||
      (event.choice === undefined && ['helped', 'yes'].includes(shortAnswer(words, event.text ?? '') ?? '')),
    yes: ({ event, words }) =>
      event.choice === 'yes' || (event.choice === undefined && shortAnswer(words, event.text ?? '') === 'yes'),
    no: ({ event, words }) =>
      event.choice === 'no' || (event.choice === undefined && shortAnswer(words, event.text ?? '') === 'no'),
    atQuestion: ({ context, tools }) => context.at !== null && tools.kindAt(context.at) === 'ask',
  },
  asks: {
    poor: 'Was it a poor answer, with tries left to give a better one?',
    helped: 'Does the customer say that it helped?',
    yes: 'Does the customer say yes?',
    no: 'Does the customer say no?',
    atQuestion: 'Was a question left open?',
  },
  changes: {
    result: (draft, { event }) => {
      draft.owes = event.type === 'customer.message'
    },
    /** The bot has nothing to add where the customer was helped. */
    unsettled: (draft) => {
      draft.owes = false
    },
  },
  acts: {
    text: (moment) => {
      const rung = rungAt(moment.data, moment)
      if (rung === undefined) return []
      const quickReplies = replies(rung, moment)
      return [
        {
          type: 'message',
          from: 'bot',
          text: moment.tools.text(moment, `rungs/${moment.rung ?? 0}/text`),
          ...(quickReplies ? { quickReplies } : {}),
        },
      ]
    },
    turn: ({ context, tools, event, node }) => {
      const bot = context.at === null ? undefined : tools.botAt(context.at)
      return bot === undefined ? [] : [{ type: 'bot.turn', bot, node, text: event.text ?? '' }]
    },
  },
})

function rungFragment(ladder: Data, rung: Rung, index: number): RungFragment {
  const climb: Target = index + 1 < ladder.rungs.length ? { rung: index + 1 } : human
  const forgotten = {
    timer: `${rungId(ladder, index)}Idle`,
    delay: FORGOTTEN,
    fromEntry: true,
    rules: [{ to: 'end' }],
  } as const
  const wantsPerson = { when: 'asksForPerson', changes: ['result', 'insists'], to: human } as const
  switch (rung.kind) {
    case 'rephrase':
      return rephrase(ladder, rung.attempts, index, climb, forgotten)
    case 'selfService':
      return {
        enter: { changes: ['fresh', 'answered'], acts: ['text'] },
        on: {
          'customer.message': [
            wantsPerson,
            { when: 'helped', changes: ['unsettled'], to: resolved },
            { changes: ['result'], to: climb },
          ],
        },
        deadlines: [forgotten],
      }
    case 'offerHuman':
      return {
        enter: { changes: ['fresh', 'answered'], acts: ['text'] },
        on: {
          'customer.message': [
            { when: 'no', changes: ['result'], to: declined },
            { when: 'yes', changes: ['result'], to: human },
            wantsPerson,
            { when: { guard: 'triesLeft', params: { of: 2 } }, changes: ['retry'], acts: ['text'], to: 'stay' },
            { when: 'atQuestion', changes: ['resuming'], again: true, to: declined },
            { changes: ['result'], to: declined },
          ],
        },
        deadlines: [forgotten],
      }
    default:
      return rung satisfies never
  }
}

function rephrase(
  ladder: Data,
  attempts: number,
  index: number,
  climb: Target,
  forgotten: NonNullable<RungFragment['deadlines']>[number],
): RungFragment {
  const silent = `${rungId(ladder, index)}Silent`
  return {
    enter: { changes: ['fresh', 'answered'], acts: ['text'] },
    on: {
      'customer.message': [
        { when: 'asksForPerson', changes: ['result', 'insists'], to: human },
        { when: 'atQuestion', changes: ['resuming'], again: true, to: resolved },
        { changes: ['owe'], acts: ['turn'], set: [silent], to: 'stay' },
      ],
      'bot.message': [
        {
          when: { guard: 'poor', params: { of: attempts } },
          changes: ['answered', 'retry'],
          acts: ['deliverBot', 'text'],
          cancel: [silent],
          to: 'stay',
        },
        { when: 'poor', changes: ['answered'], acts: ['deliverBot'], to: climb },
        { changes: ['answered'], acts: ['deliverBot'], to: resolved },
      ],
      // A bot that understands the new wording goes on where it was: its intent and its end are taken there.
      'bot.intent': [{ again: true, to: 'resume' }],
      'bot.done': [{ again: true, to: 'resume' }],
      'bot.failed': [{ to: climb }],
      'bot.escalate': [{ changes: ['botAsked'], to: human }],
    },
    deadlines: [{ timer: silent, delay: BOT_OWES, fromEntry: false, botOwes: true, rules: [{ to: climb }] }, forgotten],
  }
}

/** The state of a rung: its kind, numbered from the second of that kind on. */
export function rungId(ladder: Data, index: number): string {
  const kind = ladder.rungs[index]?.kind ?? 'rephrase'
  const earlier = ladder.rungs.slice(0, index).filter((each) => each.kind === kind).length
  return earlier === 0 ? kind : `${kind}${earlier + 1}`
}

function rungAt(ladder: Data, { rung }: Moment<Data>): Rung | undefined {
  return rung === null ? undefined : ladder.rungs[rung]
}

function replies(rung: Rung, { words }: Moment<Data>): readonly QuickReply[] | undefined {
  switch (rung.kind) {
    case 'rephrase':
      return undefined
    case 'selfService':
      return [
        ...(rung.links ?? []).map((each, index) => ({ id: `link${index + 1}`, label: each.label, url: each.url })),
        { id: 'helped', label: words.helped },
        { id: 'stillNeed', label: words.stillNeed },
      ]
    case 'offerHuman':
      return [
        { id: 'yes', label: words.yes },
        { id: 'no', label: words.no },
      ]
    default:
      return rung satisfies never
  }
}
