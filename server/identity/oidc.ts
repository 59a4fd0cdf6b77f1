/**
 * Signing in by a provider of OpenID Connect: authorization code with PKCE. Laws:
 * 1. What comes back counts once, within ten minutes, in the browser that was sent away, and on any node: state, nonce
 *    and verifier are kept in the database, under hashes of the state and of the browser's cookie.
 * 2. Who a person is, is the issuer and the subject; never a name or an address, which a person may be able to choose.
 * 3. The role comes from a claim, by the first rule of the configuration that fits; whom none fits is not let in.
 * 4. The provider is spoken to through the one way out of the server, within its limits.
 */
import * as client from 'openid-client'
import { isRole, type Role } from '../http/rights.ts'
import type { Network } from '../network/index.ts'
import type { Database } from '../store/database.ts'
import { hashOf, isSecret, newSecret } from './secret.ts'
import type { User, UserStore } from './users.ts'
import { writing } from './writing.ts'

export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the provider is called on the sign-in page. */
  readonly name: string
  /** The claim that says what a person is: a text, or a list of them. */
  readonly claim: string
  /** What the claim must hold for a role; the first that fits counts. */
  readonly roles: readonly { readonly value: string; readonly role: Role }[]
  /** The address that the provider sends back to; undefined: made of the request's. */
  readonly callback: string | undefined
}

export interface Oidc {
  readonly name: string
  readonly callback: string | undefined
  /** Sends the browser away. @throws OidcFault when the provider cannot be asked */
  begin(asked: Asked, now: number): Promise<Begun>
  /** Who came back to `callback` with this query and this cookie. */
  finish(
    came: { readonly callback: string; readonly query: string; readonly browser: string | undefined },
    now: number,
  ): Promise<Came>
}

export interface Asked {
  /** Where the sign-in leads to. */
  readonly to: string
  readonly callback: string
  /** The cookie of a sign-in that the same browser has under way in another tab: both may come back. */
  readonly browser?: string | undefined
}

export interface Begun {
  readonly url: string
  /** For a cookie: the way back counts with it alone. */
  readonly browser: string
}

export type Came =
  | { readonly outcome: 'in'; readonly user: User; readonly to: string }
  /** `vouched`: by the provider, who said who it is; anything else anybody can send. */
  | { readonly outcome: 'refused'; readonly why: string; readonly vouched: boolean }

/** A sentence that says why nobody can sign in by the provider now. */
export class OidcFault extends Error {
  override readonly name = 'OidcFault'
}

export const OIDC_LASTS = 10 * 60_000
/** A provider changes its keys and addresses seldom; whoever does is heard of within the hour. */
const DISCOVERED_FOR = 3_600_000
const TIMEOUT = 10_000
const LARGEST = 1_000_000

interface Given {
  readonly config: OidcConfig
  readonly database: Database
  readonly users: UserStore
  readonly network: Network
  readonly log: { warn(fields: object, message: string): void }
}

export function createOidc({ config, database, users, network, log }: Given): Oidc {
  const provider = createProvider(config, network)
  const refused = (why: string, vouched = false): Came => ({ outcome: 'refused', why, vouched })

  return {
    name: config.name,
    callback: config.callback,
    async begin({ to, callback, browser: known }, now) {
      const found = await provider(now)
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      const browser = known !== undefined && isSecret(known) ? known : newSecret('browser')
      await writing(async () => {
        await database.deleteFrom('baton.oidc_requests').where('until', '<=', now).execute()
        await database
          .insertInto('baton.oidc_requests')
          .values({
            ...{ state: hashOf(state), browser: hashOf(browser), nonce, verifier },
            ...{ back_to: to, until: now + OIDC_LASTS },
          })
          .execute()
      })
      const url = client.buildAuthorizationUrl(found, {
        redirect_uri: callback,
        scope: 'openid profile email',
        ...{ state, nonce, code_challenge_method: 'S256' },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
      })
      return { url: url.href, browser }
    },
    async finish({ callback, query, browser }, now) {
      const url = new URL(`${callback}?${query}`)
      const state = url.searchParams.get('state') ?? ''
      const asked = await taken(database, state)
      if (!asked || now >= asked.until) return refused('This sign-in has been used already, or took too long.')
      if (browser === undefined || hashOf(browser) !== asked.browser)
        return refused('This sign-in was begun in another browser.')
      try {
        const claims = await claimsOf(await provider(now), url, { ...asked, state }, config.claim)
        const role = roleOf(claims[config.claim], config.roles)
        if (role === undefined)
          return refused(`${config.name} knows you, but gives you no role here: ask whoever runs it for one.`, true)
        const user = await users.provided({ issuer: config.issuer, role, ...personOf(claims) }, now)
        if (user.disabled) return refused('You may not sign in here any more: ask an administrator.', true)
        return { outcome: 'in', user, to: asked.back_to }
      } catch (error) {
        // What the provider says of its refusal is for whoever set it up.
        log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'A sign-in by the provider failed.')
        return refused(`${config.name} did not confirm who you are.`)
      }
    },
  }
}

/** What is known of the provider, asked for when it is first needed. */
function createProvider(
  { issuer, clientId, clientSecret, name }: OidcConfig,
  network: Network,
): (now: number) => Promise<client.Configuration> {
  let known: { readonly configuration: Promise<client.Configuration>; readonly at: number } | undefined
  return async (now) => {
    if (!known || now - known.at >= DISCOVERED_FOR || now < known.at) {
      const configuration = client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        [client.customFetch]: throughNetwork(network),
        // `readConfig` takes an address without TLS on this machine alone.
        ...(new URL(issuer).protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
      })
      known = { configuration, at: now }
    }
    try {
      return await known.configuration
    } catch (error) {
      known = undefined
      const why = error instanceof Error ? error.message : String(error)
      throw new OidcFault(`${name} cannot be asked who you are: ${why}. Check OIDC_ISSUER, and OUTBOUND_ALLOW.`)
    }
  }
}

function throughNetwork(network: Network): client.CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await network.request({
      url,
      method,
      headers,
      ...(typeof body === 'string' || body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal ? { signal } : {}),
      timeout: TIMEOUT,
      maxBytes: LARGEST,
    })
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers })
  }
}

function taken(database: Database, state: string) {
  return writing(() =>
    database
      .deleteFrom('baton.oidc_requests')
      .where('state', '=', hashOf(state))
      .returning(['browser', 'nonce', 'verifier', 'back_to', 'until'])
      .executeTakeFirst(),
  )
}

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

/** Of the signed ID token; what it leaves out, of the provider's answer about the person. */
async function claimsOf(
  provider: client.Configuration,
  url: URL,
  asked: { readonly state: string; readonly nonce: string; readonly verifier: string },
  needed: string,
): Promise<Claims> {
  const tokens = await client.authorizationCodeGrant(provider, url, {
    pkceCodeVerifier: asked.verifier,
    expectedState: asked.state,
    expectedNonce: asked.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('The provider gave no ID token.')
  const hasAll = needed in claims && ('name' in claims || 'preferred_username' in claims)
  if (hasAll || provider.serverMetadata().userinfo_endpoint === undefined) return claims
  return { ...(await client.fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims }
}

function roleOf(claim: unknown, roles: OidcConfig['roles']): Role | undefined {
  const values = [claim].flat()
  return roles.find(({ value }) => values.includes(value))?.role
}

function personOf(claims: Claims): { readonly subject: string; readonly name: string; readonly email?: string } {
  const text = (name: string): string | undefined => {
    const value = claims[name]
    // No control characters, as in any name; a long one is cut.
    const clean = typeof value === 'string' ? value.replaceAll(/[\u0000-\u001f\u007f]/g, '').trim() : ''
    return clean === '' ? undefined : clean.slice(0, 100)
  }
  const email = text('email')
  const name = text('name') ?? text('preferred_username') ?? email ?? claims.sub
  return { subject: claims.sub, name, ...(email === undefined ? {} : { email }) }
}

/** The rules of `OIDC_ROLES`, such as `baton-agents=agent,baton-admins=admin`; undefined when it holds something else. */
export function readRoles(text: string): OidcConfig['roles'] | undefined {
  const rules = text.split(',').map((rule) => {
    const end = rule.lastIndexOf('=')
    return { value: rule.slice(0, Math.max(0, end)).trim(), role: rule.slice(end + 1).trim() }
  })
  const read = rules.flatMap(({ value, role }) =>
    value !== '' && isRole(role) && role !== 'bot' ? [{ value, role }] : [],
  )
  return read.length === rules.length ? read : undefined
}
