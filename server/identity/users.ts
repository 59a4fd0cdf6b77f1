/**
 * People: who signs in. Laws:
 * 1. A person signs in by a password or by the provider, never by both.
 * 2. No two people who sign in by a password have the same name, however it is written.
 * 3. Who is disabled or deleted has no session any more, and gets none.
 */
import type { Role } from '../http/rights.ts'

export interface User {
  readonly id: string
  /** By which a person signs in, and which others see. */
  readonly name: string
  readonly email?: string
  readonly role: Role
  /** Whom a person of the role `agent` speaks for. */
  readonly agent?: string
  readonly disabled: boolean
  readonly createdAt: string
  /** To the minute or so. */
  readonly lastSeenAt?: string
  readonly way: 'password' | 'oidc'
}

/** What of a person may be said anew; what is left out is gone, but for the agent of an agent. */
export interface UserChange {
  readonly name: string
  readonly email?: string | undefined
  readonly role: Role
  readonly agent?: string | undefined
  readonly disabled: boolean
}

export interface NewUser extends Omit<UserChange, 'disabled'> {
  /** Argon2id, as a PHC string. */
  readonly password: string
}

/** Whom the provider says that a person is. */
export interface Provided extends Pick<UserChange, 'name' | 'email' | 'role'> {
  readonly issuer: string
  readonly subject: string
}

/** With what a person shows that a password is theirs to change. */
export interface OwnPassword {
  /** What the present one was checked against. */
  readonly was: string
  readonly session: string
}

export interface UserStore {
  list(): Promise<readonly User[]>
  read(id: string): Promise<User | undefined>
  /** By the name that a person signs in with, with what the password is checked against. */
  named(name: string): Promise<{ readonly user: User; readonly password: string } | undefined>
  password(id: string): Promise<string | undefined>
  /** Undefined when the name is taken. */
  create(user: NewUser, now: number): Promise<User | undefined>
  /** `taken` when the name is another's. Ends all sessions of who is disabled by it. */
  change(id: string, change: UserChange): Promise<User | 'taken' | undefined>
  /** Sets the password of who signs in by one, and ends the sessions; false when there is none such. */
  setPassword(id: string, password: string): Promise<boolean>
  /** Likewise from one's own session, which stays; false when the password is not `was` any more. */
  changePassword(id: string, password: string, own: OwnPassword): Promise<boolean>
  remove(id: string): Promise<boolean>
  /** The person of a provider's subject, made or brought up to date. An agent speaks for itself until told otherwise. */
  provided(person: Provided, now: number): Promise<User>
}

/** A name as names are compared: what looks the same is the same. */
export function folded(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}
