/** Who may call, as Kysely sees it. Times are epoch milliseconds; hashes are of secrets, which are not kept. */
import type { Generated } from 'kysely'

export interface IdentityTables {
  readonly 'baton.access_revision': { one: Generated<boolean>; revision: number }
  readonly 'baton.api_keys': ApiKeyRow
  readonly 'baton.key_secrets': KeySecretRow
  readonly 'baton.users': UserRow
  readonly 'baton.sessions': SessionRow
  readonly 'baton.sign_in_tries': { what: string; level: number; at: number }
  readonly 'baton.oidc_requests': OidcRequestRow
  readonly 'baton.sign_in_codes': { hash: string; person: string; until: number }
  readonly 'baton.token_secrets': TokenSecretRow
  readonly 'baton.audit': AuditRow
  readonly 'baton.undertakings': { id: Generated<number>; at: number; entry: string }
  readonly 'baton.audit_head': { one: Generated<boolean>; id: number; hash: string }
}

export interface ApiKeyRow {
  id: string
  role: string
  agent: string | null
  name: string | null
  /** Null: all rights of the role. */
  scopes: string[] | null
  created_at: number
  expires_at: number | null
  last_used_at: number | null
}

export interface KeySecretRow {
  hash: string
  key: string
  /** Null: the present one. */
  until: number | null
}

export interface UserRow {
  id: string
  name: string
  /** The name as it is compared; null for whom a provider signs in. */
  sign_in: string | null
  email: string | null
  role: string
  agent: string | null
  /** Argon2id, as a PHC string. */
  password: string | null
  issuer: string | null
  subject: string | null
  disabled: Generated<boolean>
  created_at: number
  last_seen_at: number | null
}

export interface SessionRow {
  id: string
  hash: string
  person: string
  created_at: number
  used_at: number
  expires_at: number
}

export interface OidcRequestRow {
  state: string
  browser: string
  nonce: string
  verifier: string
  back_to: string
  until: number
}

export interface TokenSecretRow {
  id: Generated<number>
  secret: string
  created_at: number
  earlier_until: number
}

export interface AuditRow {
  id: number
  at: number
  entry: string
  hash: string
  actor: Generated<string>
  action: Generated<string>
  target: Generated<string | null>
}
