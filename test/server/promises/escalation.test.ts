import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ticketMail } from '#server/mail/ticket.ts'
import type { Ticket } from '#server/effects/index.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { decoded, type Received } from '../live/mail-server.ts'
import { MINUTE, openKeeping, type Keeping } from './keeping.ts'

const database = testDatabase()
let kept: Keeping
beforeAll(async () => {
  kept = await openKeeping(database.url, { over: { ticket: { to: { email: 'help@desk.example' } } } })
})
afterAll(() => kept.close())

const about = (page: string): readonly Received[] =>
  kept.mailsTo('help@desk.example').filter((each) => each.source.includes(page))
const ticket = (id: string) => kept.node.promises.ticket(id)

describe('The escalation e-mail', () => {
  test('1. names the page and the topic, and holds name, address, page, summary, profile and every word that was said', async () => {
    const id = 'mail-1'
    await kept.node.conversations.start({
      flow: 'support',
      id,
      page: 'https://shop.example/orders/1',
      customer: { name: 'Ann Lee', email: 'ann@home.example', tier: 'gold' },
    })
    await kept.node.conversations.accept(id, {
      type: 'customer.message',
      text: 'Where is “my” parcel?',
      nlu: { intent: 'parcel lost' },
    })
    await kept.node.conversations.accept(id, { type: 'bot.message', text: 'Let me look.\n  Two lines & <b>bold</b>' })
    await kept.node.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
    await kept.later(10 * MINUTE)
    await expect.poll(() => about('orders/1').length).toBe(1)
    const source = about('orders/1')[0]?.source ?? ''
    expect(source).toMatch(/^Subject: Chat escalation from https:\/\/shop\.example\/orders\/1 - parcel lost$/m)
    expect(source).toMatch(/^Reply-To: ann@home\.example$/m)
    expect(source).toMatch(/^To: help@desk\.example$/m)
    expect(source).toMatch(/^Message-ID: <ticket-mail-1-\d+-\d+@shop\.example>$/im)
    expect(source).toMatch(/multipart\/alternative/)
    const text = decoded(source).replaceAll('\r\n', '\n')
    for (const line of [
      'Name: Ann Lee',
      'Email: ann@home.example',
      'Page: https://shop.example/orders/1',
      'tier: gold',
      'Where is “my” parcel?',
      'Let me look.\n  Two lines & <b>bold</b>',
      'Two lines &amp; &lt;b&gt;bold&lt;/b&gt;',
      'I want to talk to a person',
    ])
      expect(text).toContain(line)
    expect(text).toMatch(/^Summary: .+$/m)
    const [saved] = (await kept.node.promises.tickets({})).items.filter((each) => each.conversation === id)
    await expect.poll(async () => (await ticket(saved?.id ?? '')).mail).toBe('sent')
  })

  test('2. no customer writes a header, a recipient or markup into it', async () => {
    const id = 'mail-2'
    await kept.node.conversations.start({
      flow: 'support',
      id,
      page: 'https://shop.example/2\r\nBcc: all@x.example',
      customer: {
        name: 'Ann\r\nBcc: all@x.example',
        email: 'a@b.example\r\nBcc: all@x.example',
        '<i>odd</i>\r\nX-Evil: 1': 'value',
      },
    })
    await kept.node.conversations.accept(id, {
      type: 'customer.message',
      text: 'A person! <script>alert(1)</script>\r\n.\r\nQUIT',
      nlu: { intent: 'x\r\nBcc: all@x.example' },
    })
    await kept.node.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
    await kept.later(10 * MINUTE)
    await expect.poll(() => about('shop.example/2').length).toBe(1)
    const [mail] = about('shop.example/2')
    expect(mail?.to).toEqual(['help@desk.example'])
    const [head = ''] = (mail?.source ?? '').split('\r\n\r\n')
    expect(head).not.toMatch(/^(bcc|x-evil|reply-to)/im)
    const text = decoded(mail?.source ?? '')
    const page = text.slice(text.indexOf('<!doctype html>'))
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toMatch(/<script|<i>/)
  })

  test('3. is tried again when the mail server says later, and sent once', async () => {
    kept.mail.answerNext(451)
    const id = await kept.ticketOf('mail-3', { name: 'Bo' }, 'https://shop.example/3')
    await expect.poll(() => about('shop.example/3').length).toBe(1)
    await expect.poll(async () => (await ticket(id)).mail).toBe('sent')
    await kept.query(`select graphile_worker.add_job('mail', json_build_object('mail', 'ticket-' || $1::text))`, id)
    await kept.ticketOf('mail-4', { name: 'Cy' }, 'https://shop.example/4')
    await expect.poll(() => about('shop.example/4').length).toBe(1)
    expect(about('shop.example/3')).toHaveLength(1)
  })

  test('4. that the mail server refuses for good is a dead letter that people see; the ticket stays', async () => {
    kept.mail.answerNext(550)
    const id = await kept.ticketOf('mail-5', { name: 'Di' }, 'https://shop.example/5')
    await expect.poll(async () => (await ticket(id)).mail).toBe('failed')
    expect(await kept.node.deadLetters()).toMatchObject([
      { id: `ticket-${id}`, conversation: 'mail-5', type: 'mail', attempts: 1 },
    ])
    expect(await ticket(id)).toMatchObject({ state: 'open' })
  })

  test('5. of several tickets at one moment each has its own', async () => {
    await Promise.all(
      [6, 7, 8].map((nth) =>
        kept.node.conversations
          .start({ flow: 'support', id: `mail-${nth}`, page: `https://shop.example/at-once/${nth}` })
          .then(() =>
            kept.node.conversations.accept(`mail-${nth}`, {
              type: 'customer.message',
              text: 'I want to talk to a person',
            }),
          ),
      ),
    )
    await kept.later(10 * MINUTE)
    await expect.poll(() => about('at-once').length).toBe(3)
    for (const nth of [6, 7, 8]) expect(about(`at-once/${nth}`)).toHaveLength(1)
  })

  test('says what is not known, and takes no reply to what is no address', () => {
    const bare: Ticket = {
      ...{
        id: 't',
        conversation: 'c',
        subject: 'Chat escalation from web - a question',
        name: null,
        email: 'nobody',
        page: null,
      },
      ...{
        brief: '',
        summary: 'Nothing is known.',
        language: 'en',
        team: null,
        transcript: [],
        profile: {},
        replyWithin: '4h',
      },
      ...{ createdAt: 0, waitingSince: 0, due: 0, mailTo: null, mail: 'none', webhook: 'none' },
    }
    const mail = ticketMail(bare)
    expect(mail.replyTo).toBeNull()
    expect(mail.body).toContain('Name: not known')
    expect(mail.body).toContain('Profile\nnot known')
  })
})
