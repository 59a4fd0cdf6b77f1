import { z } from '@hono/zod-openapi'
import type { WhyThen } from '#server/runtime/past.ts'
import { documentOf, maybe } from './maybe.ts'

/** `at` in ISO 8601. */
export type ShownWhy = Omit<WhyThen, 'at'> & { readonly at: string }

export const whyQuery = z.strictObject({
  at: maybe(
    z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({
      type: 'integer',
      description:
        'An entry of the log: an event, or what it brought about. The customer’s last message when left out.',
    }),
  ),
})

export const whyView = documentOf<ShownWhy>().openapi('Why', {
  type: 'object',
  description:
    '`sentence` says it in one; `fired` is the trigger with its reason, `triggers` are all of them in the document’s ' +
    'order with what each read and `needs`, the smallest change that would have fired it; `signals` are those that the ' +
    'flow reads; `guards` are the questions that the ways out asked, with the conditions and what they read.',
  example: {
    seq: 7,
    at: '2026-11-21T08:00:00.000Z',
    version: 3,
    event: 'customer.message',
    from: 'bot.chat',
    to: 'bot.chat',
    sentence:
      'No trigger fired. The nearest was “unsure”; what was missing: confidence 0.61, fires below 0.6; once more needed.',
    unasked: null,
    fired: null,
    triggers: [],
    signals: [],
    guards: [],
  },
})
