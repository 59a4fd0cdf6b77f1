/**
 * A ticket. The customer's promise rests on the saved row, so the conversation goes on as soon as that is durable; the
 * escalation e-mail is written with the row and is the mailer's from then on. The signed webhook follows, tried again
 * by the job, and a person sees it when it never arrives.
 */
import { milliseconds, type EffectOf, type Json, type Snapshot } from '#engine/index.ts'
import { oneLine } from '../mail/page.ts'
import { postSigned } from '../network/index.ts'
import type { EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'
import { tellDone } from './report.ts'
import type { Ticket } from './tickets.ts'
import { secretFor } from './webhook-secret.ts'

type TicketEffect = EffectOf<'ticket'>

export function createTicket(deps: EffectDeps): EffectHandler<'ticket'> {
  return {
    type: 'ticket',
    maxAttempts: 8,
    needs: () => 'job',
    async run(effect, context) {
      context.signal.throwIfAborted()
      const ticket = (await deps.tickets.find(effect.id)) ?? (await writeTicket(deps, effect, context.conversation))
      await tellDone(deps, effect, context, { ok: true, value: { ticket: ticket.id } })
      if (ticket.webhook !== 'pending' || effect.to.webhook === undefined) return
      await send(deps, ticket, effect.to.webhook, context.signal)
    },
    async gaveUp(effect, context, error) {
      const ticket = await deps.tickets.find(effect.id)
      if (!ticket) return tellDone(deps, effect, context, { ok: false, error })
      await tellDone(deps, effect, context, { ok: true, value: { ticket: ticket.id } })
      if (ticket.webhook === 'pending') await deps.tickets.markWebhook(ticket.id, 'failed')
      deps.log.error({ ticket: ticket.id, error }, 'A ticket is saved, but its webhook did not take it.')
    },
  }
}

/** What a ticket is made of: what was asked for, and all that is known of the conversation. */
export type NewTicket = Pick<TicketEffect, 'id' | 'to' | 'customer' | 'brief' | 'replyWithin'>

/** Writes a ticket of a conversation as it stands now. */
export async function writeTicket(
  { conversations, tickets, clock, teamOf }: Pick<EffectDeps, 'conversations' | 'tickets' | 'clock' | 'teamOf'>,
  asked: NewTicket,
  conversation: string,
): Promise<Ticket> {
  const snapshot = await conversations.snapshot(conversation)
  const { summary } = await conversations.handoff(conversation)
  const { about, customer, waiting } = snapshot.machine.context
  const createdAt = clock.now()
  const ticket: Ticket = {
    id: asked.id,
    conversation,
    subject: oneLine(`Chat escalation from ${about.page ?? about.channel} - ${topicOf(snapshot, asked)}`),
    name: textOf(asked.customer['name']),
    email: textOf(asked.customer['email']),
    page: textOf(about.page),
    brief: asked.brief.replaceAll('\u0000', ''), // PostgreSQL takes no NUL in a text.
    summary: oneLine(summary),
    language: about.language,
    team: await teamOf(snapshot),
    transcript: await conversations.transcript(conversation),
    profile: { ...customer, ...asked.customer },
    replyWithin: asked.replyWithin,
    createdAt,
    waitingSince: waiting?.since ?? createdAt,
    due: createdAt + milliseconds(asked.replyWithin),
    mailTo: asked.to.email ?? null,
    mail: asked.to.email === undefined ? 'none' : 'pending',
    webhook: asked.to.webhook === undefined ? 'none' : 'pending',
  }
  await tickets.save(ticket)
  return ticket
}

async function send(
  { network, webhooks, tickets, clock }: EffectDeps,
  ticket: Ticket,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const { mail: _mail, mailTo: _mailTo, webhook: _webhook, createdAt, waitingSince, due, ...data } = ticket
  const iso = (at: number): string => new Date(at).toISOString()
  const body = JSON.stringify({
    type: 'ticket.created',
    timestamp: iso(createdAt),
    data: { ...data, createdAt: iso(createdAt), waitingSince: iso(waitingSince), due: iso(due) },
  })
  const { status } = await postSigned(network, {
    url,
    secret: await secretFor(webhooks, url),
    id: ticket.id,
    body,
    now: clock.now(),
    timeout: 15_000,
    maxBytes: 64 * 1024,
    signal,
  })
  if (status < 200 || status > 299) throw new Error(`The ticket's webhook answered ${status}; it must answer 2xx.`)
  await tickets.markWebhook(ticket.id, 'sent')
}

/** The first that says something. */
function topicOf({ memory, machine }: Snapshot, { brief }: NewTicket): string {
  const topics = [memory.topic, memory.intents.at(-1)?.intent, machine.context.reason?.sentence, brief]
  return topics.find((topic) => topic != null && topic.trim() !== '') ?? 'a question'
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? oneLine(value) : null
}
