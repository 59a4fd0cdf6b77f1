import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EffectOf, QuickReply } from '#engine/index.ts'
import { noon, openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const told = (): readonly unknown[] => world.conversation.told

describe('a ticket', () => {
  function ticket(to: EffectOf<'ticket'>['to'], more: Partial<EffectOf<'ticket'>> = {}): EffectOf<'ticket'> {
    const effect = {
      id: 'c-1:4:0',
      type: 'ticket',
      node: 'note',
      to,
      customer: { name: 'Rosa Lind', email: 'rosa@example.com' },
      brief: 'A lost parcel',
      replyWithin: '4h',
      ...more,
    } as const
    world.awaits(effect)
    return effect
  }
  const saved = () => world.tickets.get('c-1:4:0')

  test('is saved with everything an agent needs, the transcript word for word', async () => {
    await world.run(ticket({}))
    expect(saved()).toMatchObject({
      conversation: 'c-1',
      subject: 'Chat escalation from /orders - A lost parcel',
      name: 'Rosa Lind',
      email: 'rosa@example.com',
      page: '/orders',
      brief: 'A lost parcel',
      profile: { tier: 'gold', email: 'rosa@example.com' },
      replyWithin: '4h',
      mail: 'none',
      webhook: 'none',
      mailTo: null,
    })
    expect(saved()?.transcript).toEqual(world.conversation.transcript)
    expect(saved()?.summary).not.toBe('')
    expect(told()).toEqual([{ type: 'effect.done', effect: 'c-1:4:0', ok: true, value: { ticket: 'c-1:4:0' } }])
  })

  test('has a subject that says something also when nothing is known', async () => {
    await world.run(ticket({}, { brief: ' ' }))
    expect(saved()?.subject).toBe('Chat escalation from /orders - a question')
  })

  test('1. an e-mail that is asked for is pending, not sent', async () => {
    await world.run(ticket({ email: 'help@example.com' }))
    expect(saved()).toMatchObject({ mailTo: 'help@example.com', mail: 'pending' })
  })

  test('2. a signed webhook gets it, with a secret that belongs to that receiver alone', async () => {
    await world.run(ticket({ webhook: `${world.outside.origin}/tickets` }))
    const [received] = world.outside.received
    const headers = Object.fromEntries(
      Object.entries(received?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    const [receiver] = world.deps.webhooks.list()
    expect(new Webhook(receiver?.secret ?? '').verify(received?.body ?? '', headers)).toMatchObject({
      type: 'ticket.created',
      data: { id: 'c-1:4:0', subject: expect.any(String), replyWithin: '4h' },
    })
    expect(saved()?.webhook).toBe('sent')
    await world.run(ticket({ webhook: `${world.outside.origin}/tickets?again` }))
    expect(world.outside.received).toHaveLength(1)
    expect(world.deps.webhooks.list()).toHaveLength(1)
  })

  test('3. the customer does not wait for the receiver: a saved ticket counts, a webhook is tried again', async () => {
    const effect = ticket({ webhook: `${world.outside.origin}/tickets` })
    world.outside.answer((_, response) => response.writeHead(500).end())
    await expect(world.run(effect)).rejects.toThrow('answered 500')
    expect(told()).toMatchObject([{ ok: true }])
    expect(saved()?.webhook).toBe('pending')
    world.outside.answer((_, response) => response.writeHead(204).end())
    await world.run(effect)
    expect(saved()?.webhook).toBe('sent')
    expect(told()).toHaveLength(1)
  })

  test('4. a receiver that never takes it is marked and said aloud; the customer’s ticket stays good', async () => {
    const effect = ticket({ webhook: 'not a url' })
    await expect(world.run(effect)).rejects.toThrow('correct the webhook')
    await world.gaveUp(effect, 'it is not a URL')
    expect(saved()?.webhook).toBe('failed')
    expect(told()).toMatchObject([{ ok: true }])
    expect(world.log.lines).toMatchObject([{ level: 'error' }])
  })

  test('5. no line break or NUL of a customer gets into a subject, a name or an address', async () => {
    await world.run(
      ticket(
        {},
        {
          brief: 'Lost\r\nBcc: all@example.com\u0000',
          customer: { name: 'Rosa\nLind', email: 'a@example.com\r\nBcc: b@example.com' },
        },
      ),
    )
    for (const line of [saved()?.subject, saved()?.name, saved()?.email]) expect(line).not.toMatch(/[\r\n\u0000]/)
    expect(saved()?.brief).not.toContain('\u0000')
  })
})

describe('a callback', () => {
  function callback(id: string): EffectOf<'callback'> {
    const effect = {
      id,
      type: 'callback',
      node: 'call',
      schedule: 'office',
      at: noon + 86_400_000,
      length: 1_800_000,
    } as const
    world.awaits(effect)
    return effect
  }

  test('is booked with whom to call', async () => {
    await world.run(callback('c-1:4:0'))
    expect(world.bookings).toMatchObject([
      { id: 'c-1:4:0', conversation: 'c-1', schedule: 'office', customer: { name: 'Rosa Lind' } },
    ])
    expect(told()).toEqual([
      {
        type: 'effect.done',
        effect: 'c-1:4:0',
        ok: true,
        value: { schedule: 'office', at: noon + 86_400_000, length: 1_800_000 },
      },
    ])
  })

  test('6. a time that somebody else took is said to be taken', async () => {
    await world.run(callback('c-2:4:0'))
    await world.run(callback('c-1:4:0'))
    expect(told().at(-1)).toEqual({ type: 'effect.done', effect: 'c-1:4:0', ok: false, error: 'taken' })
    expect(world.bookings).toHaveLength(1)
  })
})

describe('a message', () => {
  const message = (channel: string): EffectOf<'message'> => ({
    id: 'c-1:3:0',
    type: 'message',
    seq: 3,
    from: 'bot',
    text: 'Was that it?',
    channel,
  })

  test('7. only a channel that pushes has work: the web reads the log, who calls for an unknown one carries it', () => {
    expect(['web', 'whatsapp', 'sms'].map((channel) => world.effects.message.needs(message(channel)))).toEqual([
      'nothing',
      'job',
      'nothing',
    ])
  })

  test('of an agent on the web is followed up a minute after the last, and what a bot says is not', () => {
    const { needs } = world.effects.message
    expect(needs({ ...message('web'), from: 'agent' })).toEqual({ followUpAfter: 60_000 })
    expect(needs({ ...message('web'), from: 'system', notice: true })).toEqual({ followUpAfter: 60_000 })
    expect(needs(message('web'))).toBe('nothing')
  })

  test('of another channel is delivered signed, with its quick replies and its place in the order', async () => {
    const quickReplies: readonly QuickReply[] = [{ id: 'yes', label: 'Yes' }]
    world.conversation.log = [{ kind: 'message', seq: 3, at: noon, from: 'bot', text: 'Was that it?', quickReplies }]
    await world.run(message('whatsapp'))
    const [received] = world.outside.received
    expect(received?.path).toBe('/whatsapp')
    expect(JSON.parse(received?.body ?? '')).toEqual({
      type: 'message.created',
      timestamp: '2026-03-02T12:00:00.000Z',
      data: { conversation: 'c-1', channel: 'whatsapp', seq: 3, from: 'bot', text: 'Was that it?', quickReplies },
    })
    expect(received?.headers['webhook-id']).toBe('c-1:3:0')
  })

  test('8. that is not taken is tried again by its job', async () => {
    for (const status of [500, 404, 302]) {
      world.outside.answer((_, response) => response.writeHead(status).end())
      await expect(world.run(message('whatsapp'))).rejects.toThrow(`answered ${status}`)
    }
  })
})
