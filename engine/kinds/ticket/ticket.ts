/**
 * Asynchronous escalation. It asks only for what is missing of name, email and brief, one at a time, twice at most each;
 * a customer who stops answering still gets a ticket with what is known. The whole context goes with it.
 */
import { milliseconds, type Json } from '../../flow/values.ts'
import type { ExpectedInput } from '../../step/effect.ts'
import { readAnswer } from '../ask/answer.ts'
import type { Draft, Moment, Output } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { ticketFace, type FieldName, type Data } from './face.ts'

const STOPPED_ANSWERING = milliseconds('15m')
const LATE = milliseconds('1h')

export const ticket = defineKind(ticketFace, {
  input: (_, moment) => fieldInput(moment),
  fragment: () => ({
    enter: { changes: ['begin', 'promise'], acts: ['open'] },
    on: {
      'customer.message': [
        { when: 'fits', changes: ['keep'], acts: ['proceed'], to: 'stay' },
        { when: 'mayAskAgain', changes: ['retry'], acts: ['askAgain'], to: 'stay' },
        { when: 'asking', changes: ['skip'], acts: ['proceed'], to: 'stay' },
        { changes: ['owe'], to: 'stay' },
      ],
      'effect.ok': [{ to: { outlet: 'created', otherwise: 'stay' } }],
      'effect.failed': [{ changes: ['over'], acts: ['sorry'], to: { outlet: 'failed', otherwise: 'resume' } }],
    },
    deadlines: [
      {
        timer: 'stopped',
        delay: STOPPED_ANSWERING,
        fromEntry: true,
        rules: [{ when: 'asking', changes: ['skipAll'], acts: ['proceed'], to: 'stay' }],
      },
      {
        timer: 'late',
        delay: LATE,
        fromEntry: true,
        rules: [{ changes: ['over'], acts: ['sorry'], to: { outlet: 'failed', otherwise: 'resume' } }],
      },
    ],
  }),
  guards: {
    asking: ({ context }) => context.errand?.asking != null,
    mayAskAgain: ({ context }) => context.errand?.asking != null && context.tries === 0,
    fits: (moment) => fieldValue(moment) !== undefined,
  },
  asks: {
    asking: 'Is something still to be asked?',
    mayAskAgain: 'May it be asked once more?',
    fits: 'Is it an answer that fits?',
  },
  changes: {
    begin: (draft, moment) => {
      draft.errand = { asking: null, brief: null, offered: [], skipped: [] }
      next(draft, moment.data)
    },
    keep: (draft, moment) => {
      const value = fieldValue(moment)
      const asking = draft.errand?.asking
      if (draft.errand && asking === 'brief') draft.errand = { ...draft.errand, brief: String(value ?? '') }
      else if (asking != null && value !== undefined) draft.customer = { ...draft.customer, [asking]: value }
      next(draft, moment.data)
    },
    skip: (draft, { data }) => {
      if (draft.errand?.asking != null)
        draft.errand = { ...draft.errand, skipped: [...draft.errand.skipped, draft.errand.asking] }
      next(draft, data)
    },
    /** The customer has been told: the bot owes nothing for it. */
    over: (draft) => {
      draft.owes = false
    },
    skipAll: (draft) => {
      if (draft.errand) draft.errand = { ...draft.errand, asking: null }
    },
  },
  acts: {
    open: (moment) => [{ type: 'message', from: 'bot', text: moment.tools.text(moment, 'text') }, ...proceed(moment)],
    proceed,
    sorry: ({ words }) => [{ type: 'message', from: 'bot', text: words.ticketFailed }],
    askAgain: (moment) => {
      const input = fieldInput(moment)
      return input === undefined
        ? []
        : [{ type: 'message', from: 'bot', text: moment.words.retry[input.as === 'email' ? 'email' : 'text'], input }]
    },
  },
})

/** Moves on to the first field that is wanted, unknown and not skipped. */
function next(draft: Draft, data: Data): void {
  draft.tries = 0
  const { errand } = draft
  if (!errand) return
  const missing = data.collect.find((field) => !errand.skipped.includes(field) && !isKnown(draft, field, errand.brief))
  draft.errand = { ...errand, asking: missing ?? null }
}

function isKnown(draft: Draft, field: FieldName, brief: string | null): boolean {
  const known: Json | undefined = field === 'brief' ? brief : draft.customer[field]
  return typeof known === 'string' && known !== ''
}

function fieldValue(moment: Moment<Data>): Json | undefined {
  const asking = moment.context.errand?.asking
  if (asking == null || moment.event.text === undefined) return undefined
  const value = readAnswer(asking === 'email' ? 'email' : 'text', { text: moment.event.text }, [], moment.words)
  return asking === 'name' && typeof value === 'string' ? nameIn(value) : value
}

/** "My name is Mia Meyer" names Mia Meyer. */
function nameIn(said: string): string {
  return said
    .replace(
      /^(?:hi,? |hello,? )?(?:my name is|my name's|the name is|i am|i'm|it's|this is|ich heiße|mein name ist|ich bin|je m'appelle|je suis|me llamo|soy)\s+/i,
      '',
    )
    .replace(/[.!]+$/, '')
}

function fieldInput({ context, node }: Moment<Data>): ExpectedInput | undefined {
  const asking = context.errand?.asking
  return asking == null ? undefined : { node, as: asking === 'email' ? 'email' : 'text' }
}

/** Asks for the next field, or creates the ticket once nothing is missing. */
function proceed(moment: Moment<Data>): readonly Output[] {
  const { context, words, data, node } = moment
  const input = fieldInput(moment)
  if (input !== undefined) {
    const asked = { name: words.askName, email: words.askEmail, brief: words.askBrief }
    // `asking` holds only names of `fields`: `next` alone writes it.
    return [{ type: 'message', from: 'bot', text: asked[context.errand?.asking as FieldName], input }]
  }
  return [
    {
      type: 'ticket',
      node,
      to: definedTo(data),
      customer: context.customer,
      brief: context.errand?.brief ?? '',
      replyWithin: data.replyWithin,
    },
  ]
}

function definedTo({ to }: Data): { readonly email?: string; readonly webhook?: string } {
  return {
    ...(to?.email === undefined ? {} : { email: to.email }),
    ...(to?.webhook === undefined ? {} : { webhook: to.webhook }),
  }
}
