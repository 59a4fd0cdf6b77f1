import { z } from '@hono/zod-openapi'
import { outsideEvents } from '#engine/index.ts'
import { roles } from '../rights.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'

const agent = outsideEvents['agent.accept'].shape.agent

export const keyBody = z
  .strictObject({
    role: z.enum(roles),
    agent: maybe(agent).openapi({
      description: 'Whom an agent’s key speaks for; only with the role `agent`.',
      example: 'anna',
    }),
    name: maybe(z.string().min(1).max(200)).openapi({ example: 'Anna’s desk' }),
    expiresAt: maybe(z.iso.datetime({ offset: true, error: 'must be a time such as 2027-01-01T00:00:00Z' })),
  })
  .superRefine(({ role, agent: named }, context) => {
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
    createdAt: isoTime,
    expiresAt: maybe(isoTime),
  })
  .openapi('Key')

export const newKey = keyView
  .extend({ key: z.string().openapi({ description: 'The key itself. It is shown this once.' }) })
  .openapi('MadeKey')

export const self = z
  .object({
    role: z.enum([...roles, 'customer']),
    agent: maybe(z.string()),
    name: maybe(z.string()),
    conversation: maybe(z.string()),
  })
  .openapi('Self')
