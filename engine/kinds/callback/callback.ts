import { milliseconds } from '../../flow/values.ts'
import { NOTICE, slots } from '../../hours/index.ts'
import type { QuickReply } from '../../step/effect.ts'
import type { Moment, Output } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { callbackFace, type Data } from './face.ts'

/** Times offered at once: as many buttons as a phone shows. */
const OFFERED = 6

export const callback = defineKind(callbackFace, {
  input: (_, moment) =>
    moment.context.errand?.offered.length ? { node: moment.node, as: 'choice', choices: choices(moment) } : undefined,
  fragment: () => ({
    enter: { changes: ['begin'], acts: ['offer'] },
    always: [{ when: 'noSlots', to: { outlet: 'declined', otherwise: 'stay' } }],
    on: {
      'customer.message': [
        { when: 'booking', changes: ['owe'], to: 'stay' },
        { when: 'chose', changes: ['choose', 'promise'], acts: ['book'], to: 'stay' },
        { when: 'none', to: { outlet: 'declined', otherwise: 'stay' } },
        { when: { guard: 'triesLeft', params: { of: 2 } }, changes: ['retry'], acts: ['offerAgain'], to: 'stay' },
        { to: { outlet: 'declined', otherwise: 'stay' } },
      ],
      'effect.ok': [{ to: { outlet: 'booked', otherwise: 'stay' } }],
      'effect.failed': [
        {
          when: { guard: 'triesLeft', params: { of: 3 } },
          changes: ['retry', 'taken'],
          acts: ['offerOthers'],
          to: 'stay',
        },
        { to: { outlet: 'declined', otherwise: 'stay' } },
      ],
    },
    deadlines: [
      {
        timer: 'idle',
        delay: milliseconds('1d'),
        fromEntry: true,
        rules: [{ to: { outlet: 'declined', otherwise: 'stay' } }],
      },
    ],
  }),
  guards: {
    noSlots: ({ context }) =>
      context.errand !== null && context.errand.asking === null && context.errand.offered.length === 0,
    booking: ({ context }) => context.errand?.asking === 'booking',
    chose: (moment) => chosen(moment) !== undefined,
    none: ({ event, words }) =>
      event.choice === 'none' ||
      event.text?.trim().toLowerCase() === words.noneOfThese.toLowerCase() ||
      event.text?.trim().toLowerCase() === words.no.toLowerCase(),
  },
  asks: {
    noSlots: 'Is there no free time to offer?',
    booking: 'Is a time being booked?',
    chose: 'Did the customer choose one of the times?',
    none: 'Does the customer want none of the times?',
  },
  changes: {
    begin: (draft, moment) => {
      draft.tries = 0
      draft.errand = { asking: null, brief: null, offered: free(moment), skipped: [] }
    },
    taken: (draft, moment) => {
      const skipped = [...(draft.errand?.skipped ?? []), ...(draft.errand?.offered ?? []).map(String)]
      draft.errand = {
        asking: null,
        brief: null,
        offered: free(moment).filter((at) => !skipped.includes(String(at))),
        skipped,
      }
    },
    choose: (draft, moment) => {
      const at = chosen(moment)
      if (draft.errand && at !== undefined) draft.errand = { ...draft.errand, asking: 'booking', offered: [at] }
    },
  },
  acts: {
    offer: (moment) => (moment.context.errand?.offered.length ? offer(moment, moment.tools.text(moment, 'text')) : []),
    offerOthers: (moment) => (moment.context.errand?.offered.length ? offer(moment, moment.words.slotTaken) : []),
    offerAgain: (moment) => offer(moment, moment.words.retry.slot),
    book: (moment) => {
      const at = moment.context.errand?.offered[0]
      return at === undefined
        ? []
        : [
            {
              type: 'callback',
              node: moment.node,
              schedule: calendarOf(moment),
              at,
              length: milliseconds(moment.data.slot),
            },
          ]
    },
  },
})

function free(moment: Moment<Data>): readonly number[] {
  const { data, world } = moment
  const length = milliseconds(data.slot)
  const earliest = world.now + NOTICE
  // Of a saved schedule the world knows the hours too, and leaves out what is booked and what is too near.
  if (typeof data.schedule === 'string')
    return spread((world.slots(`${data.schedule}:${length}:${data.days}`) ?? []).filter((at) => at >= earliest))
  const booked = world.booked(calendarOf(moment)) ?? []
  return spread(
    slots(data.schedule, earliest, {
      length,
      days: data.days,
      isFree: (at) => !booked.some((taken) => Math.abs(taken - at) < length),
    }),
  )
}

/** In which calendar a time is booked: flows share a saved schedule's, and have one of their own for hours in a node. */
function calendarOf({ data, node, tools }: Moment<Data>): string {
  return typeof data.schedule === 'string' ? data.schedule : `${tools.flow}.${node}`
}

/** A few times spread over all of them, so that a customer has more than one morning to choose from. */
function spread(all: readonly number[]): readonly number[] {
  if (all.length <= OFFERED) return all
  return Array.from({ length: OFFERED }, (_, index) => all[Math.floor((index * all.length) / OFFERED)] ?? 0)
}

function choices({ context, data, tools, words }: Moment<Data>): readonly QuickReply[] {
  const timeZone = typeof data.schedule === 'string' ? tools.timezone : data.schedule.timezone
  const format = new Intl.DateTimeFormat(context.about.language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  return [
    ...(context.errand?.offered ?? []).map((at) => ({ id: new Date(at).toISOString(), label: format.format(at) })),
    { id: 'none', label: words.noneOfThese },
  ]
}

function chosen(moment: Moment<Data>): number | undefined {
  const { event, context } = moment
  const said = event.text?.trim().toLowerCase()
  const reply = choices(moment).find((each) => each.id === event.choice || each.label.toLowerCase() === said)
  const byNumber = said !== undefined && /^\d{1,2}$/.test(said) ? context.errand?.offered[Number(said) - 1] : undefined
  return reply === undefined || reply.id === 'none'
    ? byNumber
    : context.errand?.offered.find((at) => new Date(at).toISOString() === reply.id)
}

function offer(moment: Moment<Data>, text: string): readonly Output[] {
  const quickReplies = choices(moment)
  return [
    {
      type: 'message',
      from: 'bot',
      text,
      quickReplies,
      input: { node: moment.node, as: 'choice', choices: quickReplies },
    },
  ]
}
