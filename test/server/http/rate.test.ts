import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter } from '#server/http/rate.ts'
import { createWorld } from './world.ts'

const customer = { role: 'customer', conversation: 'chat-1' } as const

test('a customer who is too fast gets 429 with the seconds to wait, and others do not feel it', async () => {
  const world = createWorld({ rates: { customer: 2, key: 0 } })
  for (const id of ['chat-1', 'chat-2']) await world.as('bot').post('/v1/conversations', { flow: 'support', id })
  const say = (id: string) =>
    world.customerOf(id).post(`/v1/conversations/${id}/events`, { type: 'customer.message', text: 'hi' })
  expect([(await say('chat-1')).status, (await say('chat-1')).status]).toEqual([200, 200])
  const refused = await say('chat-1')
  expect(refused.body).toMatchObject({ status: 429, code: 'too-fast' })
  expect(refused.headers.get('retry-after')).toBe('1')
  expect((await say('chat-2')).status).toBe(200)
  expect((await world.as('bot').post('/v1/conversations/chat-1/events', { type: 'bot.done' })).status).toBe(200)
  world.clock.at += 500
  expect((await say('chat-1')).status).toBe(200)
  expect((await say('chat-1')).status).toBe(429)
})

test('law 1: over any time, nobody gets more than the rate times the seconds, and one burst', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat(400), { maxLength: 300 }), (rate, pauses) => {
      const limiter = createRateLimiter({ customer: rate, key: 0, visitor: 0, stranger: 0 })
      let now = 1_000
      let taken = 0
      for (const pause of pauses) {
        now += pause
        try {
          limiter.take(customer, now)
          taken += 1
        } catch {
          /* too fast */
        }
      }
      expect(taken).toBeLessThanOrEqual(rate + ((now - 1_000) / 1_000) * rate + 1e-6)
    }),
  )
})

test('law 2: who keeps to the rate is never refused, whatever the clock does backwards', () => {
  const limiter = createRateLimiter({ customer: 10, key: 0, visitor: 0, stranger: 0 })
  for (let now = 0; now < 10_000; now += 100) limiter.take(customer, now)
  expect(() => limiter.take(customer, 9_000)).not.toThrow()
})

test('law 3: who is forgotten is treated as if nobody ever were', () => {
  const request = fc.record({ by: fc.constantFrom('a', 'b', 'c'), pause: fc.constantFrom(0, 0, 5_000, 29_000, 61_000) })
  fc.assert(
    fc.property(fc.array(request, { minLength: 50, maxLength: 200 }), (requests) => {
      const limiter = createRateLimiter({ customer: 0, key: 0, visitor: 2, stranger: 0 })
      const full = { level: 2, at: 0 }
      const buckets: Record<string, typeof full> = {}
      let now = 0
      for (const { by, pause } of requests) {
        now += pause
        const { level, at } = buckets[by] ?? full
        const left = Math.min(2, level + ((now - at) / 60_000) * 2)
        buckets[by] = { level: left < 1 ? left : left - 1, at: now }
        const take = () => limiter.take({ role: 'visitor', address: by }, now)
        if (left < 1) expect(take).toThrow()
        else expect(take).not.toThrow()
      }
    }),
  )
})

test('0 is no limit', () => {
  const limiter = createRateLimiter({ customer: 0, key: 0, visitor: 0, stranger: 0 })
  for (let count = 0; count < 1_000; count++) limiter.take(customer, 0)
})
