/**
 * Satisfaction, after a person or at the end. A score, then a comment where one is asked for. Words that are no score
 * are not thrown away: the bot takes them as a new message at the step it left.
 */
import { milliseconds } from '../../flow/values.ts'
import type { ExpectedInput } from '../../step/effect.ts'
import { shortAnswer } from '../../words/words.ts'
import type { Moment, Output } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { surveyFace, type Data } from './face.ts'

export const survey = defineKind(surveyFace, {
  input: (survey, moment) => {
    const { score } = moment.context
    return score === null ? scoreInput(survey, moment) : { node: moment.node, as: 'text', score }
  },
  fragment: (survey) => ({
    enter: { changes: ['begin'], acts: ['pose'] },
    on: {
      'survey.answer': [{ when: 'inScale', changes: ['score'], to: { outlet: 'answered', otherwise: 'end' } }],
      'customer.message': [
        { when: 'commenting', changes: ['comment'], to: { outlet: 'answered', otherwise: 'end' } },
        ...(survey.commentText === undefined
          ? [{ when: 'inScale', changes: ['score'], to: { outlet: 'answered', otherwise: 'end' } } as const]
          : [{ when: 'inScale', changes: ['score'], acts: ['poseComment'], to: 'stay' } as const]),
        { when: 'misses', changes: ['retry'], acts: ['poseAgain'], to: 'stay' },
        { when: 'thanks', to: { outlet: 'skipped', otherwise: 'end' } },
        { changes: ['resuming'], again: true, to: 'resume' },
      ],
    },
    deadlines: [
      {
        timer: 'timeout',
        delay: milliseconds(survey.timeout),
        fromEntry: true,
        rules: [
          { when: 'commenting', to: { outlet: 'answered', otherwise: 'end' } },
          { to: { outlet: 'skipped', otherwise: 'end' } },
        ],
      },
    ],
  }),
  guards: {
    commenting: ({ context }) => context.score !== null,
    /** A number that is not on the scale; asked for again once. */
    misses: ({ event, context }) => context.tries === 0 && numberIn(event.text) !== undefined,
    thanks: ({ event, words }) => event.text !== undefined && shortAnswer(words, event.text) !== undefined,
    inScale: (moment) => scoreOf(moment) !== undefined,
  },
  asks: {
    commenting: 'Is the score given already?',
    misses: 'Is it a number that is not on the scale, for the first time?',
    thanks: 'Is it a short answer without a score?',
    inScale: 'Is it a score on the scale?',
  },
  changes: {
    begin: (draft) => {
      draft.tries = 0
      draft.score = null
      draft.comment = null
      draft.waiting = null
      draft.agent = null
      draft.owes = false
    },
    score: (draft, moment) => {
      draft.score = scoreOf(moment) ?? null
      draft.comment = moment.event.comment ?? null
    },
    comment: (draft, { event }) => {
      draft.comment = event.text ?? null
    },
  },
  acts: {
    pose: (moment) => {
      const input = scoreInput(moment.data, moment)
      return [
        {
          type: 'message',
          from: 'bot',
          text: moment.tools.text(moment, 'text'),
          quickReplies: input.choices ?? [],
          input,
        },
      ]
    },
    poseAgain: (moment) => {
      const input = scoreInput(moment.data, moment)
      return [
        { type: 'message', from: 'bot', text: moment.words.retry.score, quickReplies: input.choices ?? [], input },
      ]
    },
    poseComment: (moment): readonly Output[] => [
      {
        type: 'message',
        from: 'bot',
        text: moment.tools.text(moment, 'commentText'),
        input: { node: moment.node, as: 'text' },
      },
    ],
  },
})

function scoreInput(survey: Data, { node }: Moment<Data>): ExpectedInput {
  const choices = Array.from({ length: survey.scale }, (_, index) => ({
    id: String(index + 1),
    label: String(index + 1),
  }))
  return { node, as: 'score', choices }
}

function scoreOf({ event, data }: Moment<Data>): number | undefined {
  const said = event.score ?? numberIn(event.choice) ?? numberIn(event.text)
  return said !== undefined && said >= 1 && said <= data.scale ? said : undefined
}

/** "5", "4/5", "4 out of 5", "4 stars" and four stars are a score; a sentence with a number in it is not. */
function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const stars = [...text.matchAll(/⭐|★/gu)].length
  if (stars > 0) return stars
  const said =
    /^\D{0,20}?(\d{1,2})(?:\s*(?:\/|out of|von|sur|de)\s*\d{1,2})?\s*(?:stars?|points?|sterne|punkte|étoiles?|estrellas?)?\s*[.!]*$/iu.exec(
      text.trim(),
    )
  return said === null ? undefined : Number(said[1])
}
