/** What the server answers to who administers it. Times are ISO 8601 in UTC. */
import type { Json } from '#engine/index.ts'
import type { Person, Self } from '../answers.ts'

export type Role = Exclude<Self['role'], 'customer'>
export type PersonRole = Exclude<Role, 'bot'>

/** Somebody who signs in. */
export interface PersonView extends Person {
  readonly disabled: boolean
  readonly createdAt: string
  /** To the minute or so. */
  readonly lastSeenAt?: string
  readonly way: 'password' | 'oidc'
}

export interface PersonProfile {
  readonly name: string
  readonly email?: string
  readonly role: PersonRole
  /** Whom a person of the role `agent` speaks for. */
  readonly agent?: string
}

/** With the password that was made for them. */
export type MadePerson = PersonView & { readonly password: string }

export interface KeyView {
  readonly id: string
  readonly role: Role
  readonly agent?: string
  readonly name?: string
  readonly createdAt: string
  readonly expiresAt?: string
  /** To the minute or so. */
  readonly lastUsedAt?: string
  /** The rights it was narrowed to; all of its role when left out. */
  readonly scopes?: readonly string[]
}

export type NewKey = Pick<KeyView, 'role' | 'agent' | 'name' | 'expiresAt' | 'scopes'>

/** `key` is shown this once. */
export type MadeKey = KeyView & { readonly key: string }

export interface AuditRecord {
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: 'key' | 'user' | 'system'; readonly id: string; readonly name?: string }
  /** What happened, such as `flow.published`. */
  readonly action: string
  readonly target: { readonly kind: string; readonly id: string }
  readonly change?: { readonly before?: Json; readonly after?: Json }
  readonly hash: string
}

export interface AuditQuery {
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly since?: string
  readonly cursor?: string
}

/** What failed for good. */
export interface DeadLetter {
  readonly id: string
  readonly conversation: string
  /** The effect's, or `mail`. */
  readonly type: string
  readonly attempts: number
  readonly error: string
  readonly at: string
  /** Set aside by a person then. */
  readonly asideAt?: string
}

/** Of what is kept of a customer, as much as is looked at before it is given out. */
export interface CustomerBundle {
  readonly customer: string
  readonly conversations: readonly {
    readonly id: string
    readonly startedAt: string
    readonly log: readonly unknown[]
    readonly attachments: readonly unknown[]
    readonly tickets: readonly unknown[]
    readonly callbacks: readonly unknown[]
    readonly mails: readonly unknown[]
  }[]
}

/** The record of an erasure names nobody: `customer` is a hash. */
export interface Erasure {
  readonly customer: string
  readonly at: string
  readonly conversations: number
  /** How many rows went, by table. */
  readonly rows: Readonly<Record<string, number>>
}

/** `proof` is shown this once: it shows whose record it is. */
export type Erased = Erasure & { readonly proof: string }
