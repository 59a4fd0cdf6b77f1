import { z } from '@hono/zod-openapi'
import { outsideEvents } from '#engine/index.ts'
import { holds, isRight, rights, roles, type Right } from '../rights.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'
import { signedIn } from './session.ts'

const agent = outsideEvents['agent.accept'].shape.agent

const right = z
  .custom<Right>(
    (value) => typeof value === 'string' && isRight(value),
    'is no right; GET /v1/keys/self lists those of your own key',
  )
  .openapi({ type: 'string', enum: Object.keys(rights) })

const scopes = z
  .array(right)
  .min(1, 'names no right, so the key would open nothing; leave it out for all rights of the role')
  .readonly()

export const keyBody = z
  .strictObject({
    role: z.enum(roles),
    agent: maybe(agent).openapi({
      description: 'Whom an agent’s key speaks for; only with the role `agent`.',
      example: 'anna',
    }),
    name: maybe(z.string().min(1).max(200)).openapi({ example: 'Anna’s desk' }),
    expiresAt: maybe(z.iso.datetime({ offset: true, error: 'must be a time such as 2027-01-01T00:00:00Z' })),
    scopes: maybe(scopes).openapi({
      description: 'The rights that the key has, of those of its role. Left out: all of them.',
      example: ['conversations.list', 'conversations.read'],
    }),
  })
  .superRefine(({ role, agent: named, scopes: wanted }, context) => {
    for (const [index, each] of (wanted ?? []).entries())
      if (!holds(role, each))
        context.addIssue({ code: 'custom', path: ['scopes', index], message: `is no right of the role “${role}”` })
    if (role === 'agent' && named === undefined)
      context.addIssue({ code: 'custom', path: ['agent'], message: 'is missing; an agent’s key names its agent' })
    if (role !== 'agent' && named !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['agent'],
        message: `belongs to the role “agent” only; leave it out for “${role}”`,
      })
  })
  .openapi('NewKey')

export const keyView = z
  .object({
    id: z.string(),
    role: z.enum(roles),
    agent: maybe(z.string()),
    name: maybe(z.string()),
    scopes: maybe(scopes),
    createdAt: isoTime,
    expiresAt: maybe(isoTime),
    lastUsedAt: maybe(isoTime).openapi({ description: 'To the minute or so.' }),
  })
  .openapi('Key')

export const rotateBody = z
  .strictObject({
    overlap: maybe(z.string()).openapi({
      description:
        'How long the earlier secret still works: a duration, 30 days at most; `24h` when left out, `0s` for none.',
      example: '24h',
    }),
  })
  .openapi('Rotation')

export const newKey = keyView
  .extend({ key: z.string().openapi({ description: 'The key itself. It is shown this once.' }) })
  .openapi('MadeKey')

export const tokensRotated = z
  .object({ earlierUntil: isoTime.openapi({ description: 'Until when those given out before still open.' }) })
  .openapi('TokensRotated')

export const self = z
  .object({
    role: z.enum([...roles, 'customer']),
    agent: maybe(z.string()),
    name: maybe(z.string()),
    conversation: maybe(z.string()),
    user: maybe(signedIn).openapi({ description: 'The person, for a session.' }),
    rights: z.array(right).readonly().openapi({ description: 'All that it may do.' }),
  })
  .openapi('Self')
