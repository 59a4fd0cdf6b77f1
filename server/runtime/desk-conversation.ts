/** A conversation as the desk shows it in a list: where it stands, and at a glance who, what, why and how urgent. */
import {
  summaryOf,
  waitingOf,
  type AgentName,
  type ConversationView,
  type Json,
  type Sla,
  type Snapshot,
} from '#engine/index.ts'
import type { Asked, Said } from '../store/said.ts'
import { agentOf } from './columns.ts'

export interface DeskConversation extends ConversationView {
  readonly about: About
}

/** Times are ISO 8601 UTC. */
export interface About {
  readonly customer: { readonly name: string | null; readonly email: string | null; readonly id: string | null }
  /** One line. */
  readonly summary: string
  /** Why it came to people, in a plain sentence; null before it did. */
  readonly reason: string | null
  readonly language: string
  readonly channel: string
  readonly page: string | null
  readonly startedAt: string
  readonly last: {
    readonly from: 'bot' | 'agent' | 'customer' | 'system'
    readonly text: string
    readonly at: string
  } | null
  /** Since when the customer waits for a person's first words; null when it does not. */
  readonly waitingSince: string | null
  /** By when a person must have taken it, in business time, where the queue says so; null once one has. */
  readonly sla: { readonly due: string; readonly state: Sla['state'] } | null
  /** Whether the customer waits for words of whoever has the conversation. */
  readonly answerOwed: boolean
  readonly offer: { readonly agent: AgentName; readonly until: string; readonly reason?: string } | null
}

const LONGEST = 300

/** What must be read of the log to show it. */
export function askedOf(snapshot: Snapshot): Asked {
  return { id: snapshot.conversation, since: waitedSince(snapshot), offered: waitingOf(snapshot)?.offered != null }
}

export function deskConversation(snapshot: Snapshot, view: ConversationView, said: Said | undefined): DeskConversation {
  const { context } = snapshot.machine
  const { customer, about } = context
  const since = said?.answered === true ? null : waitedSince(snapshot)
  const offered = waitingOf(snapshot)?.offered ?? null
  return {
    ...view,
    about: {
      customer: { name: textOf(customer['name']), email: textOf(customer['email']), id: textOf(customer['id']) },
      summary: summaryOf(context, snapshot.memory),
      reason: context.reason?.sentence ?? null,
      language: about.language,
      channel: about.channel,
      page: about.page,
      startedAt: iso(about.startedAt),
      last: said?.last ? { from: said.last.from, text: shortened(said.last.text), at: iso(said.last.at) } : null,
      waitingSince: since === null ? null : iso(since),
      sla: slaOf(snapshot),
      answerOwed: isAnswerOwed(snapshot),
      offer:
        offered === null
          ? null
          : {
              agent: offered.agent,
              until: iso(offered.until),
              ...(said?.offerReason == null ? {} : { reason: said.offerReason }),
            },
    },
  }
}

/** Its deadlines are the conversation's own: an event of its tells when the state turns. */
function slaOf(snapshot: Snapshot): About['sla'] {
  const sla = waitingOf(snapshot)?.sla
  return sla ? { due: iso(sla.due), state: sla.state } : null
}

/** While it waits in a queue, and while a person holds it: whether that one has spoken is the log's to say. */
function waitedSince(snapshot: Snapshot): number | null {
  const waiting = waitingOf(snapshot)
  if (waiting !== null) return waiting.since
  return agentOf(snapshot) === null ? null : (snapshot.machine.context.waiting?.since ?? null)
}

/** A person owes words from taking over, and after a message of the customer: just as long the node's `gone` is set. */
function isAnswerOwed(snapshot: Snapshot): boolean {
  if (snapshot.closed) return false
  if (agentOf(snapshot) === null) return waitingOf(snapshot) !== null || snapshot.machine.context.owes
  return snapshot.timers.some(({ id, node }) => snapshot.state === `agentActive.${node}` && id === `${node}.gone`)
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
