import { z } from '@hono/zod-openapi'
import { outsideEvents, parseDuration } from '#engine/index.ts'
import { schedule } from '#engine/hours/index.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'

// The ids of agents and teams are what events may name: one rule, in the engine. Cloned, because a schema made before
// zod-openapi was loaded has no `openapi`.
const agentId = outsideEvents['agent.accept'].shape.agent.clone()
const teamId = outsideEvents['agent.transfer'].options[0].shape.team.clone()

export const agentParam = z.object({ id: agentId.openapi({ param: { name: 'id', in: 'path' }, example: 'anna' }) })
export const teamParam = z.object({ id: teamId.openapi({ param: { name: 'id', in: 'path' }, example: 'billing' }) })
export const scheduleParam = z.object({
  id: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
      'must begin with a letter and hold only letters, digits, “_” and “-” (64 at most)',
    )
    .openapi({ param: { name: 'id', in: 'path' }, example: 'office' }),
})

const botName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}$/, 'must be a bot’s name')
const name = z.string().min(1, 'must not be empty').max(200, 'must have 200 characters at most')
const few = (item: z.ZodType<string>) => z.array(item).max(200, 'must hold 200 items at most')
const wholeToHundred = z.int('must be a whole number').min(0, 'must be 0 or more').max(100, 'must be 100 or less')
const languageTag = z.string().min(2, 'must be a language, such as “en”').max(35, 'must have 35 characters at most')

const profile = {
  name,
  teams: few(teamId).default([]),
  skills: z
    .record(name, wholeToHundred)
    .default({})
    .openapi({ description: 'Levels by skill.', example: { refunds: 3 } }),
  languages: few(languageTag)
    .default([])
    .openapi({ example: ['en', 'de'] }),
  channels: few(name)
    .default([])
    .openapi({ example: ['web'] }),
  tiers: few(name)
    .default([])
    .openapi({ description: 'The customers’ tiers that the agent serves; empty: any.', example: ['gold'] }),
  capacity: wholeToHundred
    .default(3)
    .openapi({ description: 'How much is held at once, at most: conversations, each by its weight.' }),
  bot: maybe(botName).openapi({
    description:
      'The bot of `/v1/bots` that answers for this agent; a person when left out. It is offered conversations like ' +
      'anybody and takes them at once.',
  }),
}
export const agentBody = z.strictObject({ id: maybe(agentId), ...profile }).openapi('AgentProfile')

const presence = z.enum(['online', 'away', 'offline'])
export const presenceBody = z.strictObject({ status: presence })

export const agentView = z
  .object({
    id: z.string(),
    name: z.string(),
    teams: z.array(z.string()).readonly(),
    skills: z.record(z.string(), z.number()),
    languages: z.array(z.string()).readonly(),
    channels: z.array(z.string()).readonly(),
    tiers: z.array(z.string()).readonly(),
    capacity: z.int(),
    bot: maybe(z.string()),
    presence,
    because: maybe(z.literal('missed')).openapi({
      description: 'Why they are away, where it was not they who said so: offers to them passed unanswered.',
    }),
    load: z.number().openapi({ description: 'What is held now: the weights of conversations, offers and wrap-up.' }),
  })
  .openapi('Agent')

export const agentLink = z
  .object({
    url: z.string().openapi({ example: 'https://baton.example.com/desk#key=baton_agent_…' }),
    key: z.string(),
    expires: isoTime,
  })
  .openapi('AgentLink')

const offerFor = z
  .string()
  .refine((text) => (parseDuration(text) ?? 0) > 0, 'must be a duration, such as "30s" or "2m"')
  .openapi({ description: 'How long an offer rings.', example: '30s' })
const routing = z.enum(['leastLoaded', 'longestIdle']).openapi({
  description:
    'Who of those that fit alike goes first: the one with the smallest share of room taken (so when left out), or ' +
    'who is idle for longest.',
})
// Quarters: sums of them are exact.
const weight = z
  .number()
  .min(0.25, 'must be 0.25 or more')
  .max(100, 'must be 100 or less')
  .multipleOf(0.25, 'must be a multiple of 0.25')
export const teamBody = z
  .strictObject({
    id: maybe(teamId),
    name,
    offerFor: maybe(offerFor),
    routing: maybe(routing),
    weights: maybe(z.record(name, weight)).openapi({
      description: 'The room that a conversation of a channel takes of its agent, where it is not 1.',
      example: { phone: 3 },
    }),
    awayAfter: maybe(wholeToHundred).openapi({
      description: 'Offers that an agent lets pass in a row before they are away; 2 when left out, 0: never.',
    }),
  })
  .openapi('TeamProfile')
export const teamView = z
  .object({
    id: z.string(),
    name: z.string(),
    offerFor: maybe(z.string()),
    routing: maybe(routing),
    weights: maybe(z.record(z.string(), z.number())),
    awayAfter: maybe(z.int()),
  })
  .openapi('Team')

// Spelled out for the documents: the generator does not know tuples and dated records.
const ranges = {
  type: 'array' as const,
  items: { type: 'array' as const, items: { type: 'string' as const }, minItems: 2, maxItems: 2 },
}
const dated = { type: 'object' as const, additionalProperties: ranges }
const scheduleDocs = {
  type: 'object' as const,
  properties: {
    name: { type: 'string' as const },
    timezone: { type: 'string' as const },
    week: dated,
    holidays: { type: 'array' as const, items: { type: 'string' as const, format: 'date' } },
    breaks: dated,
    shifts: dated,
    exceptions: {
      type: 'array' as const,
      description: 'Dates, or ranges of them, that are open for other hours, or closed where there are none.',
      items: {
        type: 'object' as const,
        properties: {
          name: { type: 'string' as const },
          from: { type: 'string' as const, format: 'date' },
          to: { type: 'string' as const, format: 'date' },
          hours: ranges,
        },
        required: ['from'],
      },
    },
  },
  required: ['timezone', 'week'],
  example: {
    name: 'Office',
    timezone: 'Europe/Berlin',
    week: { mon: [['09:00', '17:00']], fri: [['09:00', '15:00']] },
    holidays: ['2026-12-25'],
  },
}
export const scheduleBody = schedule
  .extend({ id: maybe(z.string()), name: maybe(name) })
  .openapi('ScheduleBody', scheduleDocs)
export const scheduleView = schedule
  .extend({ id: z.string(), name: maybe(z.string()) })
  .openapi('Schedule', scheduleDocs)

const milliseconds = z
  .number()
  .nullable()
  .openapi({ description: 'Milliseconds; null when nobody waits, or nobody can say.' })
export const queueView = z
  .object({
    team: z.string(),
    waiting: z.int(),
    offered: z.int(),
    longestWait: milliseconds,
    eta: milliseconds.clone().openapi({
      description: 'What somebody who joins now is told as “about”: milliseconds; null when nobody can say.',
    }),
    within: milliseconds.clone().openapi({
      description: 'The time in which nine of ten are served: milliseconds; null when nobody can say.',
    }),
    kept: z.object({ over: z.int(), share: z.number().nullable(), medianError: z.number().nullable() }).openapi({
      description:
        'How true the forecasts were, over the last 200 waits that a person ended: `over` were measured, of which ' +
        '`share` ended within what was told; `medianError` is the middle of |expected - wait| / wait of those who ' +
        'waited a minute or longer.',
    }),
    agents: z.object({ online: z.int(), away: z.int(), capacity: z.int(), load: z.number() }),
  })
  .openapi('Queue')

const counts = z.record(z.string(), z.number())
export const metrics = z
  .object({
    since: isoTime,
    conversations: z.int(),
    handoffs: z.int(),
    handoffRate: z.number().nullable(),
    reasons: counts,
    waits: z.object({ count: z.int(), mean: milliseconds, longest: milliseconds }),
    open: counts.openapi({ description: 'Open conversations by phase.' }),
  })
  .openapi('HandoffMetrics')

export const metricsQuery = z.strictObject({
  since: maybe(z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-21T00:00:00Z' })).openapi({
    description: 'The last 24 hours when left out.',
    example: '2026-11-21T00:00:00Z',
  }),
})
