/**
 * Signing in and out. What anybody may call stands before the routes that take a key; the rest is the signed-in
 * person's own.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { AuditEntry } from '#server/identity/audit.ts'
import { faultOfPassword } from '#server/identity/password-rules.ts'
import type { MadeSession } from '#server/identity/sessions.ts'
import type { User } from '#server/identity/users.ts'
import { addressOf } from '../address.ts'
import { tell } from '../audited.ts'
import { caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { SECURE } from '../headers.ts'
import { Problem } from '../problem.ts'
import { gives, openRoute, route, takesJson } from '../route.ts'
import { ownPasswordBody, session, signInBody, ways } from '../schemas/session.ts'

const tags = ['Session']

const waysRoute = openRoute([], '/session/ways', {
  method: 'get',
  tags,
  summary: 'See how to sign in',
  responses: { 200: gives('The ways there are.', ways) },
})
const signInRoute = openRoute(['wrong-sign-in', 'unavailable'], '/session', {
  method: 'post',
  tags,
  summary: 'Sign in',
  description:
    'By name and password, or by the code that the provider’s sign-in ended with. Tries are counted by name and ' +
    'address; who has none left waits as long as `Retry-After` says.',
  request: { body: takesJson(signInBody) },
  responses: { 201: gives('Signed in.', session) },
})
const signOutRoute = route('session.own', ['invalid', 'unavailable'], '/session', {
  method: 'delete',
  tags,
  summary: 'Sign out',
  'x-audit': 'session.ended',
  responses: { 204: { description: 'The session opens nothing from now on.' } },
})
const passwordRoute = route('session.own', ['wrong-sign-in', 'invalid', 'unavailable'], '/session/password', {
  method: 'put',
  tags,
  summary: 'Change one’s own password',
  description: 'All other sessions of the person end.',
  'x-audit': 'session.password',
  request: { body: takesJson(ownPasswordBody) },
  responses: { 204: { description: 'Changed.' } },
})

type SigningIn = Pick<Deps, 'signIn' | 'audit' | 'clock' | 'proxies' | 'oidc' | 'rate'>

/** `GET /v1/session/ways` and `POST /v1/session`. */
export function signingIn({ signIn, audit, clock, proxies, oidc, rate }: SigningIn) {
  return new OpenAPIHono<Env>()
    .openapi(waysRoute, (c) => c.json({ password: true, oidc: oidc ? { name: oidc.name } : null }, 200, SECURE))
    .openapi(signInRoute, async (c) => {
      const asked = c.req.valid('json')
      const made = 'code' in asked ? await byCode(asked.code, c) : await byPassword(asked, c)
      return c.json(shown(made), 201, SECURE)
    })

  async function byPassword(given: { readonly name: string; readonly password: string }, c: Context) {
    const address = addressOf(c, proxies)
    const answer = await signIn.byPassword({ ...given, address }, clock.now())
    if (answer.outcome === 'in') return answer.session
    if (answer.outcome === 'wait') throw tooOften(answer.milliseconds)
    await audit.append(refusedSignIn(address, answer.person), clock.now())
    throw new Problem('wrong-sign-in', 'The name or the password is wrong. Check both, and try again.')
  }

  async function byCode(code: string, c: Context): Promise<MadeSession> {
    const address = addressOf(c, proxies)
    rate.take({ role: 'visitor', address }, clock.now())
    const made = await signIn.byCode({ code, address }, clock.now())
    if (made) return made
    throw new Problem('wrong-sign-in', 'The code has been used or is older than a minute. Sign in again.')
  }
}

type Own = Pick<Deps, 'sessions' | 'users' | 'passwords' | 'tries' | 'clock' | 'proxies'>

/** `DELETE /v1/session` and `PUT /v1/session/password`. */
export function ownSession({ sessions, users, passwords, tries, clock, proxies }: Own) {
  return new OpenAPIHono<Env>()
    .openapi(signOutRoute, async (c) => {
      const { session: id } = sessionOf(c)
      await sessions.end(id)
      tell(c, { id })
      return c.body(null, 204)
    })
    .openapi(passwordRoute, async (c) => {
      const { session: id, user } = sessionOf(c)
      const { password, next } = c.req.valid('json')
      if (user.way !== 'password')
        throw new Problem('invalid', 'You sign in by the provider; change your password there.')
      const address = addressOf(c, proxies)
      const wait = await tries.take(user.name, address, clock.now())
      if (wait > 0) throw tooOften(wait)
      const was = await users.password(user.id)
      if (!(await passwords.matches(password, was)) || was === undefined) throw wrongPassword()
      await tries.giveBack(user.name, address)
      demandGoodPassword(next, user, '/next')
      // Somebody may have given them another one meanwhile: that one stays.
      if (!(await users.changePassword(user.id, await passwords.hash(next), { was, session: id })))
        throw wrongPassword()
      tell(c, { id: user.id })
      return c.body(null, 204)
    })
}

/** What the audit log says of somebody who was not let in. */
export function refusedSignIn(address: string | undefined, person: string | undefined): AuditEntry {
  return {
    actor: { kind: 'system', id: `address:${address ?? 'none'}` },
    action: 'session.refused',
    target: { kind: 'user', id: person ?? 'unknown' },
  }
}

/** Refuses a password that is easily guessed, with the cure. */
export function demandGoodPassword(
  password: string,
  { name, email }: { readonly name: string; readonly email?: string | undefined },
  pointer: string,
): void {
  const fault = faultOfPassword(password, [name, email])
  if (fault !== undefined)
    throw new Problem('invalid', `The password ${fault}.`, { errors: [{ pointer, message: fault }] })
}

export function shownUser({ id, name, email, role, agent }: User) {
  return { id, name, ...(email === undefined ? {} : { email }), role, ...(agent === undefined ? {} : { agent }) }
}

function shown({ secret, expiresAt, user }: MadeSession) {
  return { key: secret, expiresAt: new Date(expiresAt).toISOString(), user: shownUser(user) }
}

function sessionOf(c: Context<Env>): { readonly session: string; readonly user: User } {
  const who = caller(c)
  if (who.role !== 'customer' && who.session !== undefined && who.user) return { session: who.session, user: who.user }
  throw new Problem('invalid', 'This is a key and no session: it is revoked by DELETE /v1/keys/{id}.')
}

function wrongPassword(): Problem {
  return new Problem('wrong-sign-in', 'The present password is wrong. Check it, and try again.', {
    errors: [{ pointer: '/password', message: 'is not your present password' }],
  })
}

function tooOften(milliseconds: number): Problem {
  const seconds = Math.ceil(milliseconds / 1_000)
  const detail = `Too many tries to sign in; wait ${seconds} s, then try again.`
  return new Problem('too-fast', detail, { headers: { 'Retry-After': String(seconds) } })
}
