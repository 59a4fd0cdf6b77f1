/** Signing in by the provider: a browser is sent away, and comes back with a code for the screen to exchange. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { getCookie, setCookie } from 'hono/cookie'
import { OIDC_LASTS, OidcFault } from '#server/identity/oidc.ts'
import { addressOf } from '../address.ts'
import type { Deps, Env } from '../environment.ts'
import { SECURE } from '../headers.ts'
import { callbackOf, cookieOf, COOKIE, ownPath, PAGE, refusalPage } from '../oidc-browser.ts'
import { Problem } from '../problem.ts'
import { openRoute } from '../route.ts'
import { oidcQuery } from '../schemas/session.ts'
import { refusedSignIn } from './session.ts'

const tags = ['Session']

const oidcRoute = openRoute(['not-configured', 'unavailable'], '/session/oidc', {
  method: 'get',
  tags,
  summary: 'Sign in by the provider',
  description: 'For a browser to open. It comes back to `to` with `#code=…`, which `POST /v1/session` exchanges.',
  request: { query: oidcQuery },
  responses: { 302: { description: 'To the provider.' } },
})
const callbackRoute = openRoute(['not-configured', 'unavailable'], '/session/oidc/callback', {
  method: 'get',
  tags,
  summary: 'Come back from the provider',
  description: 'The address to enter at the provider.',
  responses: {
    302: { description: 'Back to where the sign-in began.' },
    403: { description: 'A page that says why not.' },
  },
})

type Needed = Pick<Deps, 'audit' | 'clock' | 'proxies' | 'oidc' | 'codes' | 'rate'>

/** `GET /v1/session/oidc` and its callback: they stand before the routes that take a key. */
export function byProvider({ audit, clock, proxies, oidc, codes, rate }: Needed) {
  const app = new OpenAPIHono<Env>()
  app.use('/session/oidc/*', async (c, next) => {
    for (const [name, value] of Object.entries({ ...SECURE, 'Referrer-Policy': 'no-referrer' })) c.header(name, value)
    await next()
  })
  return app
    .openapi(oidcRoute, async (c) => {
      rate.take({ role: 'visitor', address: addressOf(c, proxies) }, clock.now())
      const provider = oidc ?? noProvider()
      const callback = provider.callback ?? callbackOf(c, proxies)
      const to = ownPath(c.req.valid('query').to)
      const begun = await provider.begin({ to, callback, browser: getCookie(c, COOKIE) }, clock.now()).catch(sayFault)
      setCookie(c, COOKIE, begun.browser, { ...cookieOf(callback), maxAge: OIDC_LASTS / 1_000 })
      return c.redirect(begun.url, 302)
    })
    .openapi(callbackRoute, async (c) => {
      rate.take({ role: 'visitor', address: addressOf(c, proxies) }, clock.now())
      const provider = oidc ?? noProvider()
      const callback = provider.callback ?? callbackOf(c, proxies)
      const query = new URL(c.req.url).searchParams.toString()
      const came = await provider
        .finish({ callback, query, browser: getCookie(c, COOKIE) }, clock.now())
        .catch(sayFault)
      if (came.outcome === 'in')
        return c.redirect(`${came.to}#code=${await codes.make(came.user.id, clock.now())}`, 302)
      // What anybody can make up is no entry: the log is not for strangers to fill.
      if (came.vouched) await audit.append(refusedSignIn(addressOf(c, proxies), undefined), clock.now())
      return c.body(refusalPage(came.why), 403, { ...SECURE, ...PAGE })
    })
}

function noProvider(): never {
  throw new Problem('not-configured', 'No provider is set up; set OIDC_ISSUER and the variables beside it.')
}

function sayFault(error: unknown): never {
  throw error instanceof OidcFault
    ? new Problem('unavailable', error.message, { headers: { 'Retry-After': '5' } })
    : error
}
