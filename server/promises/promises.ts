/**
 * What customers were promised for later: tickets (an answer) and callbacks (a call). The shapes that the desk and the
 * API know them by; `create.ts` makes the one implementation.
 *
 *   ticket:    open --an agent takes it, or the customer comes back and an agent accepts--> taken
 *                   taken --resolved, handed back, customer silent--> resolved; --agent lost--> open
 *   callback:  booked --its time--> due --an agent accepts--> kept
 *                   due --the queue gives up--> missed --offered again, once--> due; the second time: a ticket
 */
import type { Advance, AgentName, Json, Message } from '#engine/index.ts'
import type { Page } from '../runtime/runtime.ts'
import type { Sending } from '../effects/tickets.ts'

export const ticketStates = ['open', 'taken', 'resolved'] as const
export type TicketState = (typeof ticketStates)[number]
export const callbackStates = ['booked', 'due', 'kept', 'missed', 'ticket', 'cancelled'] as const
export type CallbackState = (typeof callbackStates)[number]

/** Times are epoch milliseconds. */
export interface TicketView {
  readonly id: string
  readonly conversation: string
  readonly subject: string
  readonly name: string | null
  readonly email: string | null
  readonly page: string | null
  readonly brief: string
  readonly summary: string
  readonly language: string
  /** Who answers it; null: whoever may. */
  readonly team: string | null
  readonly state: TicketState
  /** Who has it, or had it last. */
  readonly agent: AgentName | null
  readonly createdAt: number
  /** Since when the customer waits: coming back to the chat takes up this place. */
  readonly waitingSince: number
  /** By when an answer was promised. */
  readonly due: number
  /** When the customer was told that somebody is there now. */
  readonly calledAt: number | null
  readonly takenAt: number | null
  readonly resolvedAt: number | null
  readonly mailTo: string | null
  readonly mail: Sending
  readonly webhook: Sending
}

export interface WholeTicket extends TicketView {
  readonly transcript: readonly Message[]
  readonly profile: Readonly<Record<string, Json>>
}

export interface CallbackView {
  readonly id: string
  readonly conversation: string
  readonly schedule: string
  readonly team: string | null
  readonly at: number
  readonly length: number
  readonly state: CallbackState
  /** How often it was put before the team. */
  readonly tries: number
  readonly customer: Readonly<Record<string, Json>>
  readonly bookedAt: number
  /** The ticket that a missed one became. */
  readonly ticket: string | null
}

export interface TicketQuery {
  /** `open` and `taken` when left out. */
  readonly state?: TicketState
  readonly team?: string
  readonly agent?: string
  readonly cursor?: string
  readonly limit?: number
}
export interface CallbackQuery {
  /** All that are still to come when left out. */
  readonly state?: CallbackState
  readonly team?: string
  readonly cursor?: string
  readonly limit?: number
}

/** Tickets and callbacks, as people at the desk see and keep them. */
export interface Promises {
  /** The one that is due first comes first; resolved ones the latest first. */
  tickets(query: TicketQuery): Promise<Page<TicketView>>
  ticket(id: string): Promise<WholeTicket>
  /** The agent accepts the ticket's conversation. Rejects with `not-owner` when somebody else has it. */
  take(id: string, agent: string): Promise<Advance>
  /** It was answered elsewhere, or needs no answer: nothing more is sent about it. */
  resolve(id: string): Promise<TicketView>
  /** By time. */
  callbacks(query: CallbackQuery): Promise<Page<CallbackView>>
  /** The time is free again and nobody is reminded; rejects with `not-expected` once it has come. */
  cancel(id: string): Promise<CallbackView>
  /** A page of the customer's own has shown the log as far as `seq`: what was shown is not mailed. */
  shown(conversation: string, seq: number): void
}
