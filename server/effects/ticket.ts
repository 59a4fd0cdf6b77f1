/**
 * A ticket. The customer's promise rests on the saved row, so the conversation goes on as soon as that is durable; the
 * signed webhook follows, tried again by the job, and a person sees it when it never arrives. An e-mail stays `pending`
 * for the mailer.
 */
import type { EffectOf, Json, Snapshot } from '#engine/index.ts'
import { postSigned } from '../network/index.ts'
import type { EffectContext, EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'
import { tellDone } from './report.ts'
import type { Ticket } from './tickets.ts'
import { secretFor } from './webhook-secret.ts'

type TicketEffect = EffectOf<'ticket'>

export function createTicket(deps: EffectDeps): EffectHandler<'ticket'> {
  return {
    type: 'ticket',
    maxAttempts: 8,
    needsJob: () => true,
    async run(effect, context) {
      context.signal.throwIfAborted()
      const ticket = (await deps.tickets.find(effect.id)) ?? (await saved(deps, effect, context))
      await tellDone(deps, effect, context, { ok: true, value: { ticket: ticket.id } })
      if (ticket.webhook !== 'pending' || effect.to.webhook === undefined) return
      await send(deps, ticket, effect.to.webhook, context.signal)
    },
    async gaveUp(effect, context, error) {
      const ticket = await deps.tickets.find(effect.id)
      if (!ticket) return tellDone(deps, effect, context, { ok: false, error })
      await tellDone(deps, effect, context, { ok: true, value: { ticket: ticket.id } })
      if (ticket.webhook === 'pending') await deps.tickets.mark(ticket.id, 'webhook', 'failed')
      deps.log.error({ ticket: ticket.id, error }, 'A ticket is saved, but its webhook did not take it.')
    },
  }
}

async function saved(
  { conversations, tickets, clock }: EffectDeps,
  effect: TicketEffect,
  { conversation }: EffectContext,
): Promise<Ticket> {
  const snapshot = await conversations.snapshot(conversation)
  const { summary } = await conversations.handoff(conversation)
  const { page, channel } = snapshot.machine.context.about
  const ticket: Ticket = {
    id: effect.id,
    conversation,
    subject: oneLine(`Chat escalation from ${page ?? channel} - ${topicOf(snapshot, effect)}`),
    name: textOf(effect.customer['name']),
    email: textOf(effect.customer['email']),
    page: textOf(page),
    brief: effect.brief.replaceAll('\u0000', ''), // PostgreSQL takes no NUL in a text.
    summary: oneLine(summary),
    transcript: await conversations.transcript(conversation),
    profile: { ...snapshot.machine.context.customer, ...effect.customer },
    replyWithin: effect.replyWithin,
    createdAt: clock.now(),
    mailTo: effect.to.email ?? null,
    mail: effect.to.email === undefined ? 'none' : 'pending',
    webhook: effect.to.webhook === undefined ? 'none' : 'pending',
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
  const { mail: _mail, mailTo: _mailTo, webhook: _webhook, createdAt, ...data } = ticket
  const body = JSON.stringify({
    type: 'ticket.created',
    timestamp: new Date(createdAt).toISOString(),
    data: { ...data, createdAt: new Date(createdAt).toISOString() },
  })
  const { status } = await postSigned(network, {
    url,
    secret: secretFor(webhooks, url),
    id: ticket.id,
    body,
    now: clock.now(),
    timeout: 15_000,
    maxBytes: 64 * 1024,
    signal,
  })
  if (status < 200 || status > 299) throw new Error(`The ticket's webhook answered ${status}; it must answer 2xx.`)
  await tickets.mark(ticket.id, 'webhook', 'sent')
}

/** The first that says something. */
function topicOf({ memory, machine }: Snapshot, effect: TicketEffect): string {
  const topics = [memory.topic, memory.intents.at(-1)?.intent, machine.context.reason?.sentence, effect.brief]
  return topics.find((topic) => topic != null && topic.trim() !== '') ?? 'a question'
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? oneLine(value) : null
}

// A subject and an address become headers of a mail.
function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, LONGEST_LINE)
}

const LONGEST_LINE = 300
