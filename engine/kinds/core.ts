/** The guards, changes and acts that several kinds share. One table each: the closed list that compile admits. */
import { cut } from '../expression/cut.ts'
import type { Reason } from '../step/snapshot.ts'
import { timeOf } from '../words/words.ts'
import type { Act, Change, Guard, Moment, Output } from './moment.ts'

export const coreGuards = {
  asksForPerson: ({ event, tools }) => event.text !== undefined && tools.asksForPerson(event.text),
  triesLeft: ({ context }, params) => context.tries + 1 < Number(params['of'] ?? 1),
} as const satisfies Record<string, Guard<unknown>>

/** What each of them asks, as in a kind's `asks`. */
export const coreAsks: Readonly<Record<keyof typeof coreGuards, string>> = {
  asksForPerson: 'Does the customer ask for a person?',
  triesLeft: 'Are there tries left?',
}

export const coreChanges = {
  /** The customer's turn is taken here: a handback resumes at this node. */
  rest: (draft, { node }) => {
    draft.at = node
    draft.agent = null
    draft.waiting = null
  },
  /** This step is done: a handback would resume the talk before it. */
  moveOn: (draft) => {
    draft.at = draft.talk
  },
  fresh: (draft) => {
    draft.tries = 0
  },
  retry: (draft) => {
    draft.tries += 1
  },
  owe: (draft) => {
    draft.owes = true
  },
  answered: (draft) => {
    draft.owes = false
  },
  resuming: (draft) => {
    draft.resuming = true
  },
  resumed: (draft) => {
    draft.resuming = false
  },
  botFailed: (draft) => {
    draft.reason = because('The bot failed')
  },
  botAsked: (draft, { event }) => {
    draft.reason = because(
      typeof event.reason === 'string' ? `The bot asked for a person: ${event.reason}` : 'The bot asked for a person',
    )
  },
  /** Asked for in so many words on the way: added to why it began. */
  insists: (draft, { event }) => {
    const sentence = `asked for a person${event.text === undefined ? '' : `: “${cut(event.text, 120)}”`}`
    const reason = draft.reason ?? because(sentence)
    draft.reason = {
      ...reason,
      sentence: draft.reason === null ? sentence : `${reason.sentence}; then ${sentence}`,
      signals: [...reason.signals, { signal: 'explicitRequest', value: true, sentence }],
    }
  },
  identify: (draft, { event }) => {
    draft.customer = { ...draft.customer, ...event.customer }
  },
  /** Somebody is there now: the customer's next word takes up the place that was kept. */
  call: (draft, { event }) => {
    if (event.what === 'ready' && event.since !== undefined)
      draft.called = { since: event.since, priority: 0, by: 'notice' }
  },
  /** A promise is taken up. Who is answered by an agent may come back to it later, also after it has ended. */
  takeUp: (draft, { event, world }) => {
    if (event.agent !== undefined) draft.called = { since: world.now, priority: 0, by: 'reply' }
    else if (draft.called != null) draft.called = null
    draft.resolution = null
    draft.reason ??= because('A promise was taken up')
    if (event.text !== undefined) draft.owes = true
  },
  /** Something is promised for later: it is taken up where the conversation waited for it. */
  promise: (draft) => {
    if (draft.waiting) draft.promisedIn = draft.waiting.node
    else if (draft.promisedIn != null) draft.promisedIn = null
  },
  away: (draft) => {
    if (draft.waiting) draft.waiting = { ...draft.waiting, away: true }
  },
  back: (draft) => {
    if (draft.waiting) draft.waiting = { ...draft.waiting, away: false }
  },
} as const satisfies Record<string, Change<unknown>>

export const coreActs = {
  /** The node's own `text`, from the bot. */
  say: (moment) => {
    const text = moment.tools.text(moment, 'text')
    return text === '' ? [] : [{ type: 'message', from: 'bot', text }]
  },
  /** How a promise stands; it reaches who is not in the chat too. */
  tellPromise: (moment) => [
    ...promiseSentence(moment).map((text): Output => ({
      type: 'message',
      from: 'system',
      text,
      notice: true,
      ...(moment.event.what === 'ready' ? { quickReplies: [{ id: 'back', label: moment.words.comeBack }] } : {}),
    })),
    ...(moment.event.what === 'soon' ? [callbackSoon(moment)] : []),
  ],
  /** What the bot said, as it said it. */
  deliverBot: ({ event }) => (event.text === undefined ? [] : [{ type: 'message', from: 'bot', text: event.text }]),
} as const satisfies Record<string, Act<unknown>>

function callbackSoon({ event: { team } }: Moment): Output {
  return { type: 'notify', what: 'callbackSoon', ...(team === undefined ? {} : { team }) }
}

function promiseSentence({ event, words, context, tools }: Moment): readonly string[] {
  switch (event.what) {
    case 'ready':
      return [words.promiseReady]
    case 'soon':
      return event.at === undefined ? [] : [words.promiseSoon(timeOf(event.at, context.about.language, tools.timezone))]
    case 'broken':
      return [words.promiseBroken]
    default:
      return event.promise === 'callback' ? [words.promiseDue] : []
  }
}

/** A reason that no trigger gave. */
export function because(sentence: string): Reason {
  return { sentence, signals: [], others: [] }
}

export type CoreGuard = keyof typeof coreGuards
export type CoreChange = keyof typeof coreChanges
export type CoreAct = keyof typeof coreActs
