import { z } from '@hono/zod-openapi'
import { outsideEvents } from '#engine/index.ts'
import { roles } from '../rights.ts'
import { isoTime, PRINTABLE } from './list.ts'
import { maybe } from './maybe.ts'

const agent = outsideEvents['agent.accept'].shape.agent

/** People have the roles of people. */
export const personRole = z.enum(roles).exclude(['bot'])

const about = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(PRINTABLE, 'must not hold control characters')
    .openapi({ description: 'Signs in by it; others see it.', example: 'Anna Meyer' }),
  email: maybe(z.email('is no address; write one such as anna@example.com').max(320)),
  role: personRole,
  agent: maybe(agent).openapi({
    description: 'Whom a person of the role `agent` speaks for at the desk; only with that role.',
    example: 'anna',
  }),
}

/** Of somebody who signs in, what is told wherever they are named. */
export const person = {
  id: z.string(),
  name: z.string(),
  email: maybe(z.string()),
  role: z.enum(roles),
  agent: maybe(z.string()),
}

interface About {
  readonly role: string
  readonly agent?: string | undefined
}

function agentFits({ role, agent: named }: About, context: z.core.$RefinementCtx): void {
  if (role === 'agent' && named === undefined)
    context.addIssue({
      code: 'custom',
      path: ['agent'],
      message: 'is missing; name the agent whom this person speaks for',
    })
  if (role !== 'agent' && named !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['agent'],
      message: `belongs to the role “agent” only; leave it out for “${role}”`,
    })
}

const password = z.string().max(1_000).openapi({
  description: '15 characters or more, none that is easily guessed. Left out: one is made, and shown in the answer.',
})

export const newUserBody = z
  .strictObject({ ...about, password: maybe(password) })
  .superRefine(agentFits)
  .openapi('NewUser')

export const userBody = z
  .strictObject({ ...about, disabled: z.boolean().default(false) })
  .superRefine(agentFits)
  .openapi('UserChange')

export const passwordBody = z.strictObject({ password: maybe(password) }).openapi('NewPassword')

export const userView = z
  .object({
    ...person,
    disabled: z.boolean(),
    createdAt: isoTime,
    lastSeenAt: maybe(isoTime).openapi({ description: 'To the minute or so.' }),
    way: z.enum(['password', 'oidc']).openapi({ description: 'How this person signs in.' }),
  })
  .openapi('User')

export const userWithPassword = userView
  .extend({ password: maybe(z.string()).openapi({ description: 'Where one was made. It is shown this once.' }) })
  .openapi('UserWithPassword')
