/** Signing in and out as the server offers it. These calls send no key of their own. */
import type { Person, Self } from '../answers.ts'
import { answered, ApiProblem, request } from '../request.ts'
import { personOf, session } from '../session.ts'

export interface Ways {
  readonly password: boolean
  readonly oidc: { readonly name: string } | null
}

interface Begun {
  readonly key: string
  readonly expiresAt: string
  readonly user: Person
}

const anybody = { base: '', key: null }

export function readWays(signal: AbortSignal): Promise<Ways> {
  return answered<Ways>(anybody, '/v1/session/ways', { signal })
}

export async function signIn(by: { readonly name: string; readonly password: string } | { readonly code: string }) {
  const { key, user } = await answered<Begun>(anybody, '/v1/session', { method: 'POST', body: by })
  session.signIn(key, personOf({ ...user, user }))
}

/** Tries a key before it is kept. */
export async function signInWithKey(key: string): Promise<void> {
  session.signIn(key, personOf(await answered<Self>({ base: '', key }, '/v1/keys/self')))
}

/** Ends all other sessions of the person. A wrong password is no reason to end this one. */
export async function changePassword(password: string, next: string): Promise<void> {
  const connection = { base: '', key: session.key() }
  await request(connection, '/v1/session/password', { method: 'PUT', body: { password, next } })
}

/** Signs out at once here, and at the server as soon as it hears of it. */
export function signOut(): void {
  const key = session.signOut()
  if (key === null) return
  // A key that is no session is not ended by signing out, and the server says so.
  request({ base: '', key }, '/v1/session', { method: 'DELETE', keepalive: true }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error
  })
}

/** Where the provider is gone to, and which page it comes back to. */
export function providerPath(to: string): string {
  return `/v1/session/oidc?${new URLSearchParams({ to }).toString()}`
}
