/** The guards, changes and acts that several kinds share. One table each: the closed list that compile admits. */
import type { Reason } from '../step/snapshot.ts'
import type { Act, Change, Guard } from './moment.ts'

export const coreGuards = {
  asksForPerson: ({ event, tools }) => event.text !== undefined && tools.asksForPerson(event.text),
  triesLeft: ({ context }, params) => context.tries + 1 < Number(params['of'] ?? 1),
} as const satisfies Record<string, Guard<unknown>>

export const coreChanges = {
  /** The customer's turn is taken here: a handback resumes at this node. */
  rest: (draft, { node }) => {
    draft.at = node
    draft.agent = null
    draft.waiting = null
  },
  /** This step is done: a handback would resume the talk before it. */
  moveOn: (draft) => { draft.at = draft.talk },
  fresh: (draft) => { draft.tries = 0 },
  retry: (draft) => { draft.tries += 1 },
  owe: (draft) => { draft.owes = true },
  answered: (draft) => { draft.owes = false },
  resuming: (draft) => { draft.resuming = true },
  resumed: (draft) => { draft.resuming = false },
  botFailed: (draft) => { draft.reason = because('The bot failed') },
  botAsked: (draft, { event }) => {
    draft.reason = because(typeof event.reason === 'string' ? `The bot asked for a person: ${event.reason}` : 'The bot asked for a person')
  },
  /** Asked for in so many words on the way: added to why it began. */
  insists: (draft, { event }) => {
    const sentence = `asked for a person${event.text === undefined ? '' : `: “${event.text.slice(0, 120)}”`}`
    const reason = draft.reason ?? because(sentence)
    draft.reason = { ...reason, sentence: draft.reason === null ? sentence : `${reason.sentence}; then ${sentence}`, signals: [...reason.signals, { signal: 'explicitRequest', value: true, sentence }] }
  },
  identify: (draft, { event }) => { draft.customer = { ...draft.customer, ...event.customer } },
  away: (draft) => { if (draft.waiting) draft.waiting = { ...draft.waiting, away: true } },
  back: (draft) => { if (draft.waiting) draft.waiting = { ...draft.waiting, away: false } },
} as const satisfies Record<string, Change<unknown>>

export const coreActs = {
  /** The node's own `text`, from the bot. */
  say: (moment) => {
    const text = moment.tools.text(moment, 'text')
    return text === '' ? [] : [{ type: 'message', from: 'bot', text }]
  },
  /** What the bot said, as it said it. */
  deliverBot: ({ event }) => event.text === undefined ? [] : [{ type: 'message', from: 'bot', text: event.text }],
} as const satisfies Record<string, Act<unknown>>

/** A reason that no trigger gave. */
export function because(sentence: string): Reason {
  return { sentence, signals: [], others: [] }
}

export type CoreGuard = keyof typeof coreGuards
export type CoreChange = keyof typeof coreChanges
export type CoreAct = keyof typeof coreActs
