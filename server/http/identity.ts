/**
 * Who a customer is, proved by the site that embeds the widget: a JWT, signed HS256 with the secret that the site and
 * Baton share. Laws:
 * 1. Only HS256 with our secret counts; `alg: none` and others are refused before anything in the token is believed.
 * 2. It ends: `exp` is needed and at most a day ahead, so that one that leaks is soon worth nothing.
 * 3. `sub` becomes `customer.id`; the rest is the profile.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { verify } from 'hono/jwt'
import { z } from 'zod'
import type { Json } from '#engine/index.ts'
import { keptSecret } from './private-file.ts'
import { Problem } from './problem.ts'

export type Identity = Readonly<Record<string, Json>> & { readonly id: string }

export interface Identities {
  /** The customer that a token names. Refuses it with 401 when it proves nothing, with 422 when it says too little. */
  read(token: string): Promise<Identity>
}

const DAY = 86_400
/** Clocks of two machines differ. */
const LEEWAY = 60

const moment = z.number().finite()
const claims = z.object({
  sub: z
    .string('is missing; it must be the customer’s id')
    .min(1, 'must not be empty')
    .max(200, 'must be 200 characters at most'),
  exp: moment,
  nbf: moment.optional(),
  iat: moment.optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  name: z.string().max(200).optional(),
  email: z.string().max(320).optional(),
  customer: z.record(z.string().min(1).max(200), z.json()).optional(),
})

export function createIdentities(secret: string, clock: { now(): number }): Identities {
  return {
    async read(token) {
      // Times are checked below, by our own clock.
      const payload = await verify(token, secret, { alg: 'HS256', exp: false, nbf: false, iat: false }).catch(() => {
        throw unproved('is not signed with HS256 and WIDGET_IDENTITY_SECRET; sign it so on your server')
      })
      checkTimes(payload, clock.now() / 1000)
      const read = claims.safeParse(payload)
      if (!read.success) {
        const errors = read.error.issues.map(({ path, message }) => ({
          pointer: `/identity/${path.join('/')}`,
          message,
        }))
        const [first] = read.error.issues
        const detail = `The identity’s claim “${first?.path.join('.')}” ${first?.message}.`
        throw new Problem('invalid', detail, { errors })
      }
      const { sub, name, email, aud, customer } = read.data
      if (aud !== undefined && ![aud].flat().includes('baton'))
        throw unproved('is for somebody else; set its “aud” to “baton”, or leave it out')
      return {
        ...customer,
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
        id: sub,
      }
    },
  }
}

/** The secret that a site signs with, made at the first start: `<folder>/identity.secret`. */
export function identitySecret(folder: string, configured: string | undefined): Promise<string> {
  if (configured !== undefined) return Promise.resolve(configured)
  return keptSecret(join(folder, 'identity.secret'), () => randomBytes(32).toString('base64url'))
}

function checkTimes({ exp, nbf, iat }: Readonly<Record<string, unknown>>, now: number): void {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw unproved('never ends; set “exp”, a day ahead at most')
  if (exp <= now) throw unproved('has expired; fetch a new one from your server')
  if (exp > now + DAY + LEEWAY) throw unproved('is valid for more than a day; set “exp” to less')
  for (const begin of [nbf, iat])
    if (begin !== undefined && !(typeof begin === 'number' && begin <= now + LEEWAY))
      throw unproved('is not valid yet; check your server’s clock')
}

function unproved(why: string): Problem {
  return new Problem('unauthorized', `The identity ${why}.`, { errors: [{ pointer: '/identity', message: why }] })
}
