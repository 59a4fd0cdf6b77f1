import { milliseconds, type Choice, type Json } from '../../flow/values.ts'
import type { ExpectedInput, QuickReply } from '../../step/effect.ts'
import { because } from '../core.ts'
import type { Rule } from '../fragment.ts'
import type { Moment } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { readAnswer } from './answer.ts'
import { askFace, type Data } from './face.ts'

/** A customer who never answers is not an escalation: the conversation ends after this. */
const FORGOTTEN = milliseconds('1d')

export const ask = defineKind(askFace, {
  input: (ask, moment) => expectedInput(ask, moment),
  fragment: (ask) => ({
    enter: { changes: ['rest', 'posed'], acts: ['pose'] },
    always: (ask.choices ?? [undefined]).map((each) => leave(each, 'known', ['take', 'moveOn'])),
    on: {
      'customer.message': [
        ...(ask.choices ?? [undefined]).map((each) => leave(each, 'fits', ['resumed', 'owe', 'keep', 'moveOn'])),
        {
          when: { guard: 'triesLeft', params: { of: ask.attempts } },
          changes: ['resumed', 'retry'],
          acts: ['poseAgain'],
          to: 'stay',
        },
        { changes: ['resumed', 'owe', 'unanswered'], to: { outlet: 'failed', otherwise: 'rescue' } },
      ],
    },
    deadlines: [
      ask.timeout === undefined
        ? { timer: 'timeout', delay: FORGOTTEN, fromEntry: true, rules: [{ to: 'end' }] }
        : {
            timer: 'timeout',
            delay: milliseconds(ask.timeout),
            fromEntry: true,
            rules: [{ changes: ['unanswered'], to: { outlet: 'failed', otherwise: 'rescue' } }],
          },
    ],
  }),
  guards: {
    known: (moment, params) => isChoice(known(moment), params['choice']),
    fits: (moment, params) => isChoice(answer(moment), params['choice']),
  },
  asks: {
    known: 'Is the answer known already?',
    fits: 'Is it an answer that fits?',
  },
  changes: {
    posed: (draft, moment) => {
      draft.tries = 0
      if (known(moment) === undefined) draft.owes = false
    },
    take: (draft, moment) => keep(draft, moment, known(moment)),
    keep: (draft, moment) => keep(draft, moment, answer(moment)),
    unanswered: (draft, { data }) => {
      draft.reason ??= because(`The customer could not be understood when asked for ${data.variable}`)
    },
  },
  acts: {
    pose: (moment) =>
      known(moment) !== undefined || moment.context.resuming ? [] : pose(moment, moment.tools.text(moment, 'text')),
    poseAgain: (moment) =>
      pose(
        moment,
        moment.data.retryText === undefined
          ? moment.words.retry[moment.data.as]
          : moment.tools.text(moment, 'retryText'),
      ),
  },
})

function leave(
  choice: Choice | undefined,
  guard: 'known' | 'fits',
  changes: readonly ('take' | 'resumed' | 'owe' | 'keep' | 'moveOn')[],
): Rule<'known' | 'fits', 'take' | 'keep', never> {
  const answered = { outlet: 'answered', otherwise: 'rescue' } as const
  return choice === undefined
    ? { when: guard, changes, to: answered }
    : {
        when: { guard, params: { choice: choice.id } },
        changes,
        to: { outlet: `choice:${choice.id}`, otherwise: answered },
      }
}

function isChoice(value: Json | undefined, choice: Json | undefined): boolean {
  return value !== undefined && (choice === undefined || value === choice)
}

/** What is known already under the variable's name: an earlier answer, the profile, or what the bot understood. */
function known(moment: Moment<Data>): Json | undefined {
  const { context, data, world, words } = moment
  const heard = own(world.memory.entities, data.variable)
  const understood =
    typeof heard === 'string' || typeof heard === 'number'
      ? readAnswer(data.as, { text: String(heard) }, data.choices ?? [], words)
      : undefined
  const value = context.vars[data.variable] ?? own(context.customer, data.variable) ?? understood
  if (value === null || value === undefined || value === '') return undefined
  return data.as === 'choice' && !data.choices?.some((each) => each.id === value) ? undefined : value
}

function own(record: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function answer(moment: Moment<Data>): Json | undefined {
  const { event, data, words, tools } = moment
  if (event.text === undefined) return undefined
  const value = readAnswer(data.as, { text: event.text, choice: event.choice }, data.choices ?? [], words)
  if (value === undefined || data.check === undefined) return value
  return tools.value(moment, 'check', value) === true ? value : undefined
}

function keep(draft: { vars: Readonly<Record<string, Json>> }, { data }: Moment<Data>, value: Json | undefined): void {
  if (value !== undefined) draft.vars = { ...draft.vars, [data.variable]: value }
}

function pose(moment: Moment<Data>, text: string) {
  const input = expectedInput(moment.data, moment)
  return [
    { type: 'message', from: 'bot', text, input, ...(input.choices ? { quickReplies: input.choices } : {}) } as const,
  ]
}

function expectedInput(ask: Data, { node, words }: Moment<Data>): ExpectedInput {
  const choices: readonly QuickReply[] | undefined =
    ask.as === 'yesno'
      ? [
          { id: 'yes', label: words.yes },
          { id: 'no', label: words.no },
        ]
      : ask.choices
  return { node, as: ask.as, ...(choices ? { choices } : {}) }
}
