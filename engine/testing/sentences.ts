/**
 * The sentences of a test, each of which is one event. `Told` is what telling gives back: nothing in memory, a promise
 * over HTTP; so that both drivers speak the same words.
 */
import type { Nlu } from '../conversation/events.ts'
import type { SentEvent } from '../simulate/course.ts'

export interface Customer<Told = void> {
  says(text: string, how?: { readonly choice?: string; readonly nlu?: Nlu }): Told
  /** Presses a button of what was offered last, by its id or label. Throws when there is none such. */
  chooses(reply: string): Told
  leaves(): Told
  returns(): Told
  scores(score: number, comment?: string): Told
}

export interface Bot<Told = void> {
  replies(
    text: string,
    how?: { readonly nlu?: Nlu; readonly fallback?: boolean; readonly suggestedResolution?: string },
  ): Told
  intends(intent: string): Told
  isDone(): Told
  fails(): Told
  escalates(reason: string, summary?: string): Told
}

export interface Agent<Told = void> {
  accepts(agent: string): Told
  declines(agent?: string): Told
  says(text: string): Told
  notes(text: string): Told
  transfersTo(whom: { readonly team: string } | { readonly agent: string }, note?: string): Told
  handsBack(note?: string): Told
  resolves(resolution?: string): Told
}

/** An answer that was offered to the customer. */
interface Offered {
  readonly id: string
  readonly label: string
}

/** @param offered what may be chosen now */
export function customerOf<Told>(tell: (event: SentEvent) => Told, offered: () => readonly Offered[]): Customer<Told> {
  return {
    says: (text, how = {}) => tell({ type: 'customer.message', text, ...how }),
    chooses: (reply) => {
      const replies = offered()
      const chosen = replies.find((each) => each.id === reply || each.label === reply)
      if (chosen === undefined) throw new Error(`“${reply}” was not offered; ${inWords(replies)}`)
      return tell({ type: 'customer.message', text: chosen.label, choice: chosen.id })
    },
    leaves: () => tell({ type: 'customer.left' }),
    returns: () => tell({ type: 'customer.returned' }),
    scores: (score, comment) => tell({ type: 'survey.answer', score, ...(comment === undefined ? {} : { comment }) }),
  }
}

export function botOf<Told>(tell: (event: SentEvent) => Told): Bot<Told> {
  return {
    replies: (text, how = {}) => tell({ type: 'bot.message', text, ...how }),
    intends: (intent) => tell({ type: 'bot.intent', intent }),
    isDone: () => tell({ type: 'bot.done' }),
    fails: () => tell({ type: 'bot.failed' }),
    escalates: (reason, summary) =>
      tell({ type: 'bot.escalate', reason, ...(summary === undefined ? {} : { summary }) }),
  }
}

export function agentOf<Told>(tell: (event: SentEvent) => Told): Agent<Told> {
  return {
    accepts: (agent) => tell({ type: 'agent.accept', agent }),
    declines: (agent) => tell({ type: 'agent.decline', ...(agent === undefined ? {} : { agent }) }),
    says: (text) => tell({ type: 'agent.message', text }),
    notes: (text) => tell({ type: 'agent.note', text }),
    transfersTo: (whom, note) => tell({ type: 'agent.transfer', ...whom, ...(note === undefined ? {} : { note }) }),
    handsBack: (note) => tell({ type: 'agent.handback', ...(note === undefined ? {} : { note }) }),
    resolves: (resolution = 'solved') => tell({ type: 'agent.resolve', resolution }),
  }
}

function inWords(replies: readonly Offered[]): string {
  if (replies.length === 0) return 'nothing was'
  return `these were: ${replies.map(({ id, label }) => (id === label ? id : `${label} (${id})`)).join(', ')}`
}
