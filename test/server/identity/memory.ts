/** Who may call, in memory: what PostgreSQL does for the server, for tests of what stands on it. */
import { createAccess } from '#server/identity/access.ts'
import { withoutOutcome, type Audit, type AuditEntry, type AuditRecord } from '#server/identity/audit.ts'
import type { KeyRecord, KeyStore } from '#server/identity/keys.ts'
import type { WhoMayCall } from '#server/identity/open.ts'
import { createPasswords } from '#server/identity/passwords.ts'
import { createRevision } from '#server/identity/revision.ts'
import { hashOf, newId, newSecret } from '#server/identity/secret.ts'
import { isOver, LONGEST, SESSION, type Session, type SessionStore } from '#server/identity/sessions.ts'
import { CODE_LASTS, createSignIn, type Codes } from '#server/identity/sign-in.ts'
import type { TokenSecret, TokenSecrets } from '#server/identity/token-secrets.ts'
import { folded, type User, type UserStore } from '#server/identity/users.ts'

const quiet = { warn: () => undefined }

export interface Remembered extends WhoMayCall {
  /** What was appended, the first first. */
  readonly entries: readonly AuditEntry[]
}

/** A key that is there from the start. */
export interface Seed {
  readonly secret: string
  readonly record: KeyRecord
}

export function whoInMemory(
  tokenSecret: string,
  seeds: readonly Seed[] = [],
  adminKey = newSecret('admin'),
): Remembered {
  let changes = 0
  const revision = createRevision(async () => changes)
  const changed = (): void => {
    changes++
    revision.forget()
  }
  const keys = keysInMemory(changed, seeds)
  const { audit, entries } = auditInMemory()
  const { users, sessions } = peopleInMemory(changed, audit)
  const [passwords, codes] = [createPasswords(), codesInMemory()]
  const tries = { take: async () => 0, giveBack: async () => undefined }
  return {
    access: createAccess({ keys, sessions, adminKey, revision, log: quiet }),
    ...{ keys, users, sessions, passwords, tries, codes, audit, entries },
    signIn: createSignIn({ users, sessions, passwords, tries, codes }),
    tokenSecrets: tokenSecretsInMemory(tokenSecret),
  }
}

export function keysInMemory(changed: () => void = () => undefined, seeds: readonly Seed[] = []): KeyStore {
  const kept = new Map(seeds.map(({ record }) => [record.id, record]))
  const secrets = new Map(seeds.map(({ secret, record }) => [hashOf(secret), { key: record.id, until: Infinity }]))
  const give = (record: KeyRecord) => {
    const secret = newSecret(record.role)
    secrets.set(hashOf(secret), { key: record.id, until: Infinity })
    return { record, secret }
  }
  return {
    async opened(hash, now) {
      const found = secrets.get(hash)
      const record = found && kept.get(found.key)
      if (!record) return undefined
      const until = Math.min(found.until, record.expiresAt === undefined ? Infinity : Date.parse(record.expiresAt))
      return now < until ? { record, until } : undefined
    },
    list: async () => [...kept.values()],
    read: async (id) => kept.get(id),
    async create(key, now) {
      const record = { id: newId('key'), ...key, createdAt: new Date(now).toISOString() }
      kept.set(record.id, record)
      return give(record)
    },
    async rotate(id, overlap, now) {
      const record = kept.get(id)
      if (!record) return undefined
      for (const each of secrets.values()) if (each.key === id) each.until = Math.min(each.until, now + overlap)
      changed()
      return give(record)
    },
    async revoke(id) {
      changed()
      return kept.delete(id)
    },
    async used(at) {
      for (const [id, time] of at) {
        const record = kept.get(id)
        if (record) kept.set(id, { ...record, lastUsedAt: new Date(time).toISOString() })
      }
    },
  }
}

function peopleInMemory(
  changed: () => void,
  audit: Audit,
): { readonly users: UserStore; readonly sessions: SessionStore } {
  const people = new Map<string, { user: User; password?: string; provider?: string }>()
  const open = new Map<string, Omit<Session, 'user'> & { readonly person: string }>()
  const endAll = (person: string, except?: string): void => {
    for (const [hash, session] of open) if (session.person === person && session.id !== except) open.delete(hash)
    changed()
  }
  const named = (name: string) =>
    [...people.values()].find(({ user, password }) => password !== undefined && folded(user.name) === folded(name))
  const put = (id: string, password: string, was: string | undefined, session: string | undefined): boolean => {
    const known = people.get(id)
    if (known?.password === undefined || known.password !== was) return false
    known.password = password
    endAll(id, session)
    return true
  }
  const users: UserStore = {
    list: async () => [...people.values()].map(({ user }) => user),
    read: async (id) => people.get(id)?.user,
    async named(name) {
      const found = named(name)
      return found?.password === undefined ? undefined : { user: found.user, password: found.password }
    },
    password: async (id) => people.get(id)?.password,
    async create({ password, ...about }, now) {
      if (named(about.name)) return undefined
      const createdAt = new Date(now).toISOString()
      const user = { id: newId('usr'), ...given(about), disabled: false, createdAt, way: 'password' as const }
      people.set(user.id, { user, password })
      return user
    },
    async change(id, about) {
      const known = people.get(id)
      if (!known) return undefined
      const other = named(about.name)
      if (known.password !== undefined && other && other !== known) return 'taken'
      const { createdAt, way, lastSeenAt } = known.user
      const seen = lastSeenAt === undefined ? {} : { lastSeenAt }
      known.user = { id, ...given(about), disabled: about.disabled, createdAt, way, ...seen }
      if (about.disabled) endAll(id)
      changed()
      return known.user
    },
    setPassword: async (id, password) => put(id, password, people.get(id)?.password, undefined),
    changePassword: async (id, password, { was, session }) => put(id, password, was, session),
    async remove(id) {
      endAll(id)
      return people.delete(id)
    },
    async provided({ issuer, subject, ...about }, now) {
      const provider = `${issuer} ${subject}`
      const known = [...people.values()].find((each) => each.provider === provider)
      const id = known?.user.id ?? newId('usr')
      const agent = about.role === 'agent' ? { agent: known?.user.agent ?? id } : {}
      const createdAt = known?.user.createdAt ?? new Date(now).toISOString()
      const disabled = known?.user.disabled ?? false
      const user = { id, ...given(about), ...agent, disabled, createdAt, way: 'oidc' as const }
      people.set(id, { user, provider })
      changed()
      return user
    },
  }
  const sessions: SessionStore = {
    async opened(hash, now) {
      const session = open.get(hash)
      const user = session && people.get(session.person)?.user
      if (!session || !user || user.disabled || isOver({ ...session, user }, now)) return undefined
      return { ...session, user }
    },
    async begin(person, now, { checked, entry } = {}) {
      const { user, password } = people.get(person) ?? {}
      if (!user || user.disabled || (checked ?? password) !== password) return undefined
      const secret = newSecret(SESSION)
      const session = { id: newId('ses'), person, usedAt: now, expiresAt: now + LONGEST }
      open.set(hashOf(secret), session)
      if (entry) await audit.append(entry({ ...session, user }), now)
      return { ...session, user, secret }
    },
    async end(id) {
      const [hash] = [...open].find(([, session]) => session.id === id) ?? []
      changed()
      return hash !== undefined && open.delete(hash)
    },
    async used(at) {
      for (const [hash, session] of open) open.set(hash, { ...session, usedAt: at.get(session.id) ?? session.usedAt })
    },
  }
  return { users, sessions }
}

function given({
  name,
  email,
  role,
  agent,
}: Pick<User, 'name' | 'role'> & { email?: string | undefined; agent?: string | undefined }) {
  return { name, ...(email === undefined ? {} : { email }), role, ...(agent === undefined ? {} : { agent }) }
}

function codesInMemory(): Codes {
  const codes = new Map<string, { readonly person: string; readonly until: number }>()
  return {
    async make(person, now) {
      const code = newSecret('code')
      codes.set(code, { person, until: now + CODE_LASTS })
      return code
    },
    async take(code, now) {
      const taken = codes.get(code)
      codes.delete(code)
      return taken && now < taken.until ? taken.person : undefined
    },
  }
}

function tokenSecretsInMemory(first: string): TokenSecrets {
  let all: readonly [TokenSecret, ...TokenSecret[]] = [{ secret: first, until: Infinity }]
  return {
    all: async () => all,
    async rotate(until) {
      const before = all.map((each) => ({ ...each, until: Math.min(each.until, until) }))
      all = [{ secret: newSecret('test'), until: Infinity }, ...before]
    },
  }
}

function auditInMemory(): { readonly audit: Audit; readonly entries: readonly AuditEntry[] } {
  const entries: AuditRecord[] = []
  const append = async (entry: AuditEntry, now: number): Promise<void> => {
    entries.push({ ...entry, id: String(entries.length + 1), at: new Date(now).toISOString(), hash: '' })
  }
  return {
    entries,
    audit: {
      append,
      undertake: async (entry, now) => ({
        done: (made) => append(made, now),
        refused: async () => undefined,
        unknown: () => append(withoutOutcome(entry, now), now),
      }),
      settleForsaken: async () => undefined,
      page: async () => ({ items: entries.toReversed(), next: null }),
    },
  }
}
