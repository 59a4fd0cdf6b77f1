import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../driver/postgres.ts'
import { decoded } from '../live/mail-server.ts'
import { HOUR, MINUTE, openKeeping, type Keeping } from './keeping.ts'

const database = testDatabase()
let kept: Keeping
beforeAll(async () => {
  kept = await openKeeping(database.url, { mayLink: (origin) => origin === 'https://shop.example' })
  await kept.online('sarah', 100)
})
afterAll(() => kept.close())

/** A conversation that Sarah holds. */
async function held(
  id: string,
  customer?: Readonly<Record<string, string>>,
  page = 'https://shop.example/cart?item=1',
): Promise<void> {
  const { conversations } = kept.node
  await conversations.start({ flow: 'support', id, page, customer: customer ?? { email: `${id}@home.example` } })
  await conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
  await conversations.accept(id, { type: 'agent.accept', agent: 'sarah' })
}
const says = (id: string, text: string) =>
  kept.node.conversations.accept(id, { type: 'agent.message', text }, { by: 'sarah' })
const mails = (id: string) => kept.mailsTo(`${id}@home.example`)
const seqOf = async (id: string): Promise<number> => (await kept.node.conversations.transcript(id)).at(-1)?.seq ?? 0

describe('What an agent writes to a customer who is not in the chat', () => {
  test('1. is one mail, once nothing more was said for a minute, with the way back to the page', async () => {
    await held('away-1')
    await says('away-1', 'Your parcel <b>is</b> here.')
    await says('away-1', 'Shall I send it\nagain?')
    expect(mails('away-1')).toEqual([])
    await kept.rest('away-1')
    await expect.poll(() => mails('away-1').length).toBe(1)
    const source = mails('away-1')[0]?.source ?? ''
    expect(source).toMatch(/^Subject: SARAH has answered you$/m)
    expect(source).toMatch(/^Message-ID: <reply-away-1-\d+@shop\.example>$/im)
    const text = decoded(source)
    for (const part of [
      'Your parcel <b>is</b> here.',
      'Your parcel &lt;b&gt;is&lt;/b&gt; here.',
      'Shall I send it\r\nagain?',
      'https://shop.example/cart?item=1',
      'Once it is resolved, no more will come.',
    ])
      expect(text).toContain(part)
    for (const other of ['I want to talk to a person', 'has joined', 'You are number'])
      expect(text).not.toContain(other)
  })

  test('2. is mailed once: the next mail begins where this one ended', async () => {
    await held('twice-1')
    await says('twice-1', 'First.')
    await kept.rest('twice-1')
    await expect.poll(() => mails('twice-1').length).toBe(1)
    await kept.later(HOUR / 2)
    await says('twice-1', 'Second.')
    await kept.rest('twice-1')
    await expect.poll(() => mails('twice-1').length).toBe(2)
    const second = decoded(mails('twice-1')[1]?.source ?? '')
    expect(second).toContain('Second.')
    expect(second).not.toContain('First.')
  })

  test('3. is not mailed when a page has shown it; only what came after is', async () => {
    await held('there-1')
    await says('there-1', 'Are you there?')
    kept.node.promises.shown('there-1', await seqOf('there-1'))
    await kept.rest('there-1')
    await says('there-1', 'You have gone, I see.')
    await kept.rest('there-1')
    await expect.poll(() => mails('there-1').length).toBe(1)
    const text = decoded(mails('there-1')[0]?.source ?? '')
    expect(text).toContain('You have gone, I see.')
    expect(text).not.toContain('Are you there?')
  })

  test('4. reaches the customer also when the agent resolves at once, and nothing after it does', async () => {
    await held('last-1')
    await says('last-1', 'The refund is on its way.')
    await kept.node.conversations.accept('last-1', { type: 'agent.resolve', resolution: 'refunded' }, { by: 'sarah' })
    await kept.rest('last-1')
    await expect.poll(() => mails('last-1').length).toBe(1)
    await kept.later(24 * HOUR)
    expect(mails('last-1')).toHaveLength(1)
  })

  test('5. is kept for the page where no address is known, or what is known is none', async () => {
    const addresses = {
      'none-1': '',
      'none-2': 'a@b.example, c@d.example',
      'none-3': 'a@b.example\r\nBcc: all@x.example',
    }
    for (const [id, email] of Object.entries(addresses)) {
      await held(id, { email })
      await says(id, 'Hello?')
      await kept.rest(id)
    }
    expect(await kept.query('select from baton.mails where conversation like $1', 'none-%')).toEqual([])
  })

  test('is left to whoever writes in the conversation meanwhile: neither waits for the other', async () => {
    await held('meet-1')
    await says('meet-1', 'One moment.')
    await kept.query('begin')
    await kept.query(`select from baton.conversations where id = 'meet-1' for update`)
    await kept.rest('meet-1')
    await kept.query(`update baton.follow_ups set due_at = ${kept.clock.now() + MINUTE} where conversation = 'meet-1'`)
    await kept.query('commit')
    expect(mails('meet-1')).toEqual([])
    await kept.later(MINUTE)
    await expect.poll(() => mails('meet-1').length).toBe(1)
  })

  test('6. links to no page that may not hold the chat', async () => {
    for (const [id, page] of [
      ['link-1', 'https://evil.example/'],
      ['link-2', '/orders'],
      ['link-3', 'javascript:alert(1)'],
    ] as const) {
      await held(id, undefined, page)
      await says(id, 'Hello?')
      await kept.rest(id)
      await expect.poll(() => mails(id).length).toBe(1)
      expect(decoded(mails(id)[0]?.source ?? '')).not.toMatch(/evil|href|javascript/)
    }
  })

  test('7. is mailed in the customer’s language', async () => {
    await kept.node.conversations.start({
      flow: 'support',
      id: 'de-1',
      language: 'de',
      customer: { email: 'de-1@home.example' },
    })
    await kept.node.conversations.accept('de-1', {
      type: 'customer.message',
      text: 'Ich will mit einem Menschen sprechen',
    })
    await kept.node.conversations.accept('de-1', { type: 'agent.accept', agent: 'sarah' })
    await says('de-1', 'Guten Tag.')
    await kept.rest('de-1')
    await expect.poll(() => mails('de-1').length).toBe(1)
    expect(mails('de-1')[0]?.source).toMatch(/^Subject: SARAH hat Ihnen geantwortet$/m)
  })

  test('8. that could not be mailed for more than a day is old news and stays in the chat', async () => {
    await held('old-1')
    await says('old-1', 'Tomorrow is too late.')
    await expect
      .poll(async () => (await kept.query('select from baton.follow_ups where conversation = $1', 'old-1')).length)
      .toBe(1)
    await kept.query(`update baton.follow_ups set due_at = due_at - ${25 * HOUR} where conversation = $1`, 'old-1')
    await kept.node.settle()
    expect(await kept.query('select due_at from baton.follow_ups where conversation = $1', 'old-1')).toEqual([
      { due_at: null },
    ])
    expect(mails('old-1')).toEqual([])
    await says('old-1', 'Is it better today?')
    await kept.rest('old-1')
    await expect.poll(() => mails('old-1').length).toBe(1)
    const text = decoded(mails('old-1')[0]?.source ?? '')
    expect(text).toContain('Is it better today?')
    expect(text).not.toContain('Tomorrow is too late.')
  })

  test('9. on another channel is that channel’s: no mail', async () => {
    await kept.node.conversations.start({
      flow: 'support',
      id: 'other-1',
      channel: 'whatsapp',
      customer: { email: 'other-1@home.example' },
    })
    await kept.node.conversations.accept('other-1', { type: 'customer.message', text: 'I want to talk to a person' })
    await kept.node.conversations.accept('other-1', { type: 'agent.accept', agent: 'sarah' })
    await says('other-1', 'Hello.')
    await held('other-2')
    await says('other-2', 'Still there?')
    await kept.rest('other-2')
    expect(await kept.query('select from baton.follow_ups where conversation = $1', 'other-1')).toEqual([])
  })

  test('10. two servers that look at the same moment send one mail', async () => {
    const other = await kept.another()
    await held('both-1')
    await says('both-1', 'Once, please.')
    await expect
      .poll(async () => (await kept.query('select from baton.follow_ups where conversation = $1', 'both-1')).length)
      .toBe(1)
    kept.clock.skip(2 * MINUTE)
    await Promise.all([kept.node.settle(), other.settle(), kept.node.settle(), other.settle()])
    await expect.poll(() => mails('both-1').length).toBe(1)
    expect(await kept.query('select from baton.mails where conversation = $1', 'both-1')).toHaveLength(1)
  })
})
