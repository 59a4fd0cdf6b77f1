import { z } from '@hono/zod-openapi'
import { duration, key } from '#engine/flow/values.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'
import { teamParam } from './desk.ts'

/** What one dry run may hold at most: it answers in seconds, and customers do not wait meanwhile. */
export const MOST_AGENTS = 500

export const dryRunParam = z.object({
  team: teamParam.shape.id.clone().openapi({ param: { name: 'team', in: 'path' }, example: 'support' }),
})

// Cloned: a schema made before zod-openapi was loaded has no `openapi`.
const length = duration.clone()
const need = key.clone()
const levels = z.record(need, z.int().min(1).max(10))
const few = (what: z.ZodType<string>) => z.array(what).max(50, 'must hold 50 items at most')
const word = z.string().min(1).max(200)
const clock = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, such as "09:00" ("24:00" ends the day)')

const askedAgent = z
  .strictObject({
    id: maybe(word).openapi({ description: 'Somebody known: what is left out here is taken from the profile.' }),
    name: maybe(word),
    skills: maybe(z.record(word, z.int().min(0).max(100))),
    languages: maybe(few(word)),
    channels: maybe(few(word)),
    tiers: maybe(few(word)),
    capacity: maybe(z.int().min(1).max(100)),
    from: maybe(clock).openapi({ description: 'When the shift begins; with the day when left out.' }),
    to: maybe(clock).openapi({ description: 'When it ends; earlier than `from`: on the next day.' }),
  })
  .openapi('DryRunAgent')

const rules = z
  .strictObject({
    policy: maybe(z.enum(['leastLoaded', 'longestIdle'])),
    ageing: maybe(length).openapi({ description: 'How much waiting one point of priority is worth.' }),
    maxWait: maybe(length).openapi({ description: 'The longest wait.' }),
    relax: maybe(
      z
        .array(
          z.strictObject({
            after: length,
            drop: maybe(few(need)),
            lower: maybe(levels),
            teams: maybe(few(word)),
          }),
        )
        .max(20, 'must hold 20 steps at most'),
    ).openapi({ description: 'What is no longer asked for with time, as in a queue node.' }),
  })
  .openapi('DryRunRules')

export const dryRunBody = z
  .strictObject({
    day: z.iso.date({ error: 'must be a day such as 2026-11-20' }),
    timezone: z
      .string()
      .min(1)
      .max(100)
      .default('UTC')
      .openapi({ description: 'Whose day it is.', example: 'Europe/Berlin' }),
    agents: maybe(z.array(askedAgent).max(MOST_AGENTS, `must hold ${MOST_AGENTS} agents at most`)).openapi({
      description: 'Who works instead of those who did.',
    }),
    count: maybe(z.int().min(0).max(MOST_AGENTS)).openapi({
      description: 'How many work: those that are missing are like those who are there, in turn.',
    }),
    more: maybe(z.int().min(-MOST_AGENTS).max(MOST_AGENTS)).openapi({
      description: 'How many more work; below 0, how many fewer.',
    }),
    rules: maybe(rules),
    handle: maybe(length).openapi({
      description: 'What a conversation takes on the mean, instead of what was measured.',
    }),
    goal: maybe(z.strictObject({ share: z.number().gt(0).lt(1).default(0.8), within: length.default('20s') })).openapi({
      description: 'What the figure `needed` is for: this share is answered within this time.',
    }),
    seed: maybe(z.int().min(0).max(0xffff_ffff)).openapi({ description: 'Of what is drawn by lot; 1 when left out.' }),
  })
  .openapi('DryRunRequest')

const milliseconds = z.number().nullable().openapi({ description: 'Milliseconds; null when nobody came.' })
const share = z.number().nullable().openapi({ description: 'From 0 to 1; null when there is nothing to divide by.' })

const interval = z
  .object({
    from: isoTime,
    arrivals: z.int(),
    left: z.int().openapi({ description: 'Who came in it and left, or was given up, without an answer.' }),
    waiting: z.number().openapi({ description: 'How many waited, on the mean over the interval.' }),
    mostWaiting: z.int(),
    meanWait: milliseconds,
    p90Wait: milliseconds,
    abandonment: share,
    occupancy: share.openapi({ description: 'Of the room of those online, how much was taken.' }),
    agents: z.number().openapi({ description: 'How many worked, on the mean.' }),
    needed: z.int().nullable().openapi({ description: 'Agents that Erlang C asks for to reach the goal.' }),
  })
  .openapi('DryRunInterval')

const outcome = z
  .object({
    totals: z.object({
      arrivals: z.int(),
      served: z.int(),
      left: z.int(),
      waiting: z.int().openapi({ description: 'Who still waited at the end.' }),
      meanWait: milliseconds,
      medianWait: milliseconds,
      p90Wait: milliseconds,
      longestWait: milliseconds,
      abandonment: share,
      occupancy: share,
      inGoal: share.openapi({ description: 'Of all who came, how many were answered within the goal’s time.' }),
      kept: z.object({
        share: share.openapi({ description: 'Of those who were told a time, whose wait kept within it.' }),
        medianError: share.openapi({ description: 'Of the estimate against the wait of those who waited.' }),
        over: z.int().openapi({ description: 'How many were told one.' }),
      }),
      agents: z.int(),
      needed: z.int().nullable().openapi({ description: 'The most that any interval needs.' }),
    }),
    intervals: z.array(interval).readonly(),
  })
  .openapi('DryRunOutcome')

const shift = z
  .object({
    id: z.string(),
    name: z.string(),
    from: isoTime,
    to: isoTime,
    capacity: z.int(),
    because: z.enum(['accepted', 'online', 'asked', 'more']).openapi({
      description: 'How it is known: from what was accepted, from a presence, asked for by id or skills, added.',
    }),
  })
  .openapi('DryRunShift')

export const dryRunView = z
  .object({
    team: z.string(),
    day: z.string(),
    timezone: z.string(),
    from: isoTime,
    to: isoTime,
    interval: z.int().openapi({ description: 'Milliseconds of one interval.', example: 1_800_000 }),
    goal: z.object({ share: z.number(), within: z.number() }),
    handle: z.object({ mean: milliseconds, over: z.int() }),
    patience: z.object({
      mean: milliseconds.openapi({ description: 'How long a customer waits before leaving; null when nobody left.' }),
      over: z.int().openapi({ description: 'How many left.' }),
    }),
    staff: z.object({ asItWas: z.array(shift).readonly(), asAsked: z.array(shift).readonly() }),
    measured: outcome.openapi({ description: 'What happened.' }),
    asItWas: outcome.openapi({ description: 'The replay with the staff and the rules of that day.' }),
    asAsked: outcome.openapi({ description: 'The replay with what was asked for.' }),
    notes: z
      .array(z.string())
      .readonly()
      .openapi({ description: 'What is not known of that day, and what was taken instead.' }),
  })
  .openapi('DryRun')
