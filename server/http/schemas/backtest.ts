import { z } from '@hono/zod-openapi'
import { message } from './conversation.ts'
import { flowBody } from './flow.ts'
import { isoTime, PRINTABLE } from './list.ts'
import { maybe } from './maybe.ts'

/** What one page may hold at most: it answers in seconds. */
const MOST_A_PAGE = 1_000
export const MOST_VALUES = 50

const word = z.string().min(1).max(200).regex(PRINTABLE, 'must not hold control characters')
const time = z.iso.datetime({ offset: true, error: 'must be a time such as "2026-11-20T00:00:00Z"' })

const sweep = z
  .strictObject({
    trigger: word.openapi({ description: 'The node of a trigger.', example: 'unsure' }),
    signal: word.openapi({ description: 'One of the signals that it watches.', example: 'lowConfidence' }),
    field: word.openapi({ description: 'One of that signal’s figures.', example: 'below' }),
    values: z
      .array(z.number())
      .min(1, 'must hold a value')
      .max(MOST_VALUES, `must hold ${MOST_VALUES} values at most`)
      .refine((values) => new Set(values).size === values.length, 'must hold each value once'),
  })
  .openapi('BacktestSweep')

export const backtestBody = z
  .strictObject({
    flow: maybe(flowBody).openapi({ description: 'The draft; what is saved as the draft when left out.' }),
    version: maybe(z.int().min(1)).openapi({ description: 'A published version instead of a draft.' }),
    conversations: maybe(
      z.array(word).min(1, 'must name a conversation').max(MOST_A_PAGE, `must name ${MOST_A_PAGE} at most`),
    ).openapi({
      description: 'These only, by id; those that are not of this flow are skipped.',
    }),
    from: maybe(time).openapi({ description: 'Conversations that began at or after this.' }),
    to: maybe(time).openapi({ description: 'Conversations that began before this.' }),
    cursor: maybe(word.max(1_000)).openapi({ description: '`next` of the page before.' }),
    limit: maybe(z.int().min(1).max(MOST_A_PAGE)).openapi({
      description: 'Conversations of one page; 200 when left out.',
    }),
    sweep: maybe(sweep).openapi({ description: 'A figure to try at several values, besides the draft itself.' }),
    detail: maybe(z.boolean()).openapi({
      description: 'With what everybody said, as it was and as it would have been; 100 conversations a page at most.',
    }),
  })
  .refine((body) => body.flow === undefined || body.version === undefined, {
    path: ['version'],
    message: 'must be left out where “flow” is sent',
  })
  .openapi('BacktestRequest')

const count = z.int()
const course = z
  .object({
    handoff: z
      .object({
        turn: count.openapi({ description: 'The customer’s messages until then.' }),
        team: z.string().nullable().openapi({ description: 'The queue it joined; null for a ticket or a call.' }),
        trigger: z.string().nullable().openapi({ description: 'Null where the flow led there by itself.' }),
        state: z.string().openapi({ example: 'queued.billing' }),
      })
      .nullable()
      .openapi({ description: 'How it first left the bot; null: never.' }),
    rungs: count.openapi({ description: 'Rungs of ladders that were climbed.' }),
    end: z.string().openapi({ description: 'The state in which it stood last.' }),
    messages: maybe(z.array(message).readonly()),
  })
  .openapi('BacktestCourse')

const change = z.enum([
  'never',
  'newly',
  'later',
  'earlier',
  'otherTeam',
  'rungsLost',
  'rungsGained',
  'otherEnd',
  'otherWords',
])

const difference = z
  .object({
    conversation: z.string(),
    at: isoTime.openapi({ description: 'When it began.' }),
    what: z.array(change).readonly(),
    before: course,
    after: course,
    firstDifferent: z
      .object({ turn: count, before: z.string().nullable(), after: z.string().nullable() })
      .nullable()
      .openapi({
        description:
          'The first message that the customer would not have read so; null for a side that said nothing then.',
      }),
    unsure: z.boolean().openapi({ description: 'Whether it came after that message, and so is a guess.' }),
    refused: count.openapi({ description: 'Events that happened and that the draft did not take.' }),
    notice: z.string().openapi({ description: 'In a sentence, what is known and what is a guess.' }),
  })
  .openapi('BacktestDifference')

export const backtestView = z
  .object({
    replayed: count,
    same: count,
    unsure: count.openapi({ description: 'Of those that differ, how many do so by a guess.' }),
    handoffs: z.object({ before: count, after: count }),
    changes: z.object({
      never: count,
      newly: count,
      later: count,
      earlier: count,
      otherTeam: count,
      rungsLost: count,
      rungsGained: count,
      otherEnd: count,
      otherWords: count,
    }),
    differences: z.array(difference).readonly().openapi({ description: 'The most telling first.' }),
    skipped: z.array(z.object({ conversation: z.string(), why: z.string() })).readonly(),
    sweep: maybe(
      z
        .array(
          z.object({
            value: z.number(),
            handoffs: count,
            earlier: count,
            later: count,
            never: count,
            newly: count,
            otherTeam: count,
          }),
        )
        .readonly(),
    ),
    next: z.string().nullable(),
    total: count.openapi({ description: 'Conversations on all pages.' }),
  })
  .openapi('Backtest')
