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
    fits: (moment, params) => isChoice(given(moment), params['choice']),
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
    keep: (draft, moment) => keep(draft, moment, given(moment)),
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

/**
 * What is known already under the variable's name: an earlier answer, the profile, or what the bot understood. Only what
 * would do as an answer is known: of the kind that is asked for, and accepted by the check.
 */
function known(moment: Moment<Data>): Json | undefined {
  const { context, data, world } = moment
  const kept = context.vars[data.variable] ?? own(context.customer, data.variable)
  const value = kept === undefined || kept === null || kept === '' ? undefined : ofKind(kept, moment)
  const heard = own(world.memory.entities, data.variable)
  return accepted(moment, value) ?? accepted(moment, isWord(heard) ? read(moment, { text: String(heard) }) : undefined)
}

/** A value as an answer of the kind that is asked for; undefined where it is none. */
function ofKind(value: Json, moment: Moment<Data>): Json | undefined {
  const { as, choices } = moment.data
  switch (as) {
    case 'text':
      return value
    case 'choice':
      return choices?.some((each) => each.id === value) ? value : undefined
    case 'number':
    case 'yesno':
      if (typeof value === (as === 'number' ? 'number' : 'boolean')) return value
      break
    case 'email':
    case 'phone':
    case 'date':
      break
    default:
      return as satisfies never
  }
  return isWord(value) ? read(moment, { text: String(value) }) : undefined
}

function isWord(value: Json | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function own(record: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The customer's answer; where their words are none, what the bot has understood of them. */
function given(moment: Moment<Data>): Json | undefined {
  const { text, choice } = moment.event
  return accepted(moment, text === undefined ? undefined : read(moment, { text, choice })) ?? known(moment)
}

function read({ data, words }: Moment<Data>, said: Parameters<typeof readAnswer>[1]): Json | undefined {
  return readAnswer(data.as, said, data.choices ?? [], words)
}

function accepted(moment: Moment<Data>, value: Json | undefined): Json | undefined {
  if (value === undefined || moment.data.check === undefined) return value
  return moment.tools.value(moment, 'check', value) === true ? value : undefined
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
