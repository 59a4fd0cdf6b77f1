import { z } from '@hono/zod-openapi'
import { isoTime } from './list.ts'
import { person } from './user.ts'

const LONGEST_SECRET = 1_000

export const ways = z
  .object({
    password: z.boolean().openapi({ description: 'Whether anybody signs in by name and password here.' }),
    oidc: z
      .object({ name: z.string().openapi({ example: 'Example Inc.' }) })
      .nullable()
      .openapi({ description: 'The provider, where one is set up: open `/v1/session/oidc`.' }),
  })
  .openapi('SignInWays')

/** Who is signed in. */
export const signedIn = z.object(person).openapi('SignedIn')

const code = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(LONGEST_SECRET)
    .openapi({ description: 'The code that the provider’s sign-in ended with.' }),
})
const nameAndPassword = z.strictObject({
  name: z.string().min(1).max(200),
  password: z.string().min(1).max(LONGEST_SECRET),
})

export const signInBody = z.union([nameAndPassword, code]).openapi('SignIn')

export const session = z
  .object({
    key: z.string().openapi({ description: 'Send it as `Authorization: Bearer <key>`. It is shown this once.' }),
    expiresAt: isoTime.openapi({ description: 'When it ends at the latest; it ends 12 hours after its last call.' }),
    user: signedIn,
  })
  .openapi('Session')

export const ownPasswordBody = z
  .strictObject({
    password: z.string().min(1).max(LONGEST_SECRET).openapi({ description: 'The present one.' }),
    next: z.string().max(LONGEST_SECRET).openapi({ description: 'The new one: 15 characters or more.' }),
  })
  .openapi('PasswordChange')

export const oidcQuery = z.object({
  to: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: 'Where to go after: a path of this server.', example: '/desk' }),
})
