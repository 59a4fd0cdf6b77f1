/**
 * The escalation e-mail: a ticket as its team gets it. Whoever replies to it writes to the customer, not to Baton. Its
 * words are English whatever the customer speaks: the team files by them.
 */
import { z } from 'zod'
import type { Json, Message } from '#engine/index.ts'
import type { Ticket } from '../effects/tickets.ts'
import { escaped, oneLine, page, saying, timeOf } from './page.ts'
import { textOf, type Written } from './transcript.ts'
import { mailWords } from './words.ts'

export interface TicketMail extends Written {
  /** The customer's address, if it is one. */
  readonly replyTo: string | null
}

const LANGUAGE = 'en'
const address = z.email().max(254)

export function ticketMail(ticket: Ticket): TicketMail {
  const { subject, name, email, page: from, brief, summary, replyWithin, profile, transcript } = ticket
  const facts: readonly (readonly [string, string])[] = [
    ['Summary', summary],
    ['Name', name ?? UNKNOWN],
    ['Email', email ?? UNKNOWN],
    ['Page', from ?? UNKNOWN],
    ['Message', brief || UNKNOWN],
    ['Promised', `an answer within ${replyWithin}, by ${timeOf(ticket.due, LANGUAGE)}`],
  ]
  const known = Object.entries(profile).map(([field, value]): readonly [string, string] => [field, inWords(value)])
  const said = transcript.map((message) => ({
    who: whoSaid(message, name),
    when: timeOf(message.at, LANGUAGE),
    text: textOf(message, mailWords(LANGUAGE)),
  }))
  return {
    subject: oneLine(subject),
    replyTo: address.safeParse(email).data ?? null,
    body: [
      lines(facts),
      `Profile\n${lines(known) || UNKNOWN}`,
      'Transcript',
      ...said.map(({ who, when, text }) => `${who} (${when})\n${text}`),
    ].join('\n\n'),
    html: page(
      LANGUAGE,
      [
        rows(facts),
        '<h2>Profile</h2>',
        known.length > 0 ? rows(known) : `<p>${UNKNOWN}</p>`,
        '<h2>Transcript</h2>',
        ...said.map(({ who, when, text }) => saying(who, when, text)),
      ].join('\n'),
    ),
  }
}

const UNKNOWN = 'not known'

function lines(facts: readonly (readonly [string, string])[]): string {
  return facts.map(([label, value]) => `${oneLine(label)}: ${value}`).join('\n')
}

function rows(facts: readonly (readonly [string, string])[]): string {
  const row = ([label, value]: readonly [string, string]): string =>
    `<tr><th align="left" valign="top">${escaped(label)}</th>` +
    `<td dir="auto" style="white-space:pre-wrap">${escaped(value)}</td></tr>`
  return `<table cellpadding="4">${facts.map(row).join('')}</table>`
}

function inWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function whoSaid({ from, agent }: Message, name: string | null): string {
  switch (from) {
    case 'customer':
      return name ?? 'Customer'
    case 'agent':
      return agent?.name ?? 'Agent'
    case 'bot':
    case 'system':
      return 'Assistant'
    default:
      return from satisfies never
  }
}
