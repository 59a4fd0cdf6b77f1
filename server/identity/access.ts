/**
 * Whom a bearer's secret stands for. Laws:
 * 1. What a secret opened is kept in memory and believed for as long as the database's revision of who may call is what
 *    it was before the secret was looked up. Every change by which somebody may do less raises that revision.
 * 2. The revision itself is believed for `TRUSTED`: whoever is revoked is refused by every node that much later at the
 *    latest, and while the database does not answer nobody is let in on what was believed before.
 * 3. A secret that opens nothing is never remembered: a new key works at once.
 */
import type { Right, Role } from '../http/rights.ts'
import { Recent } from '../runtime/recent.ts'
import type { KeyRecord, KeyStore } from './keys.ts'
import type { Revision } from './revision.ts'
import { hashOf, isSecret } from './secret.ts'
import { isSessionSecret, IDLE, type Session, type SessionStore } from './sessions.ts'
import type { User } from './users.ts'

/** What a key or a session is good for. */
export type Grant = Granted &
  ({ readonly role: 'agent'; readonly agent: string } | { readonly role: Exclude<Role, 'agent'> })

interface Granted {
  /** Whom requests are counted and remembered by: the key, or the person. */
  readonly key: string
  readonly name?: string
  /** Left out: all rights of the role. */
  readonly scopes?: readonly Right[]
  /** For a session. */
  readonly session?: string
  readonly user?: User
}

export interface Access {
  /**
   * Whom a secret stands for at `now`; undefined when for nobody. It counts as a use of the key or session, unless who
   * asks only `listens`. @throws RuntimeError `unavailable`
   */
  find(secret: string, now: number, listens?: boolean): Promise<Grant | undefined>
  /**
   * Whether the secret may be somebody's new guess: it has opened nothing here so far, is not being looked up already
   * (after a start everybody comes with a good key at once), and is not of the form of those that are made here, which
   * nobody guesses.
   */
  mayBeGuessed(secret: string): boolean
  /** Writes what was noted of last uses; resolves when it is kept. */
  settle(): Promise<void>
}

const OPENED_IN_MEMORY = 10_000
/** Last uses are written together, this often: they are for people to read, not to decide by. */
const NOTED_EVERY = 60_000

interface Opened {
  readonly grant: Grant
  readonly revision: number
  /** When it is looked up again at the latest, exclusive: a session that was used meanwhile has a later end. */
  readonly until: number
}

interface Given {
  readonly keys: KeyStore
  readonly sessions: SessionStore
  /** The admin's key is configuration: it stands beside the stored ones, and is neither listed nor revoked here. */
  readonly adminKey: string
  readonly revision: Revision
  readonly log: { warn(fields: object, message: string): void }
}

export function createAccess({ keys, sessions, adminKey, revision, log }: Given): Access {
  const admin = hashOf(adminKey)
  // Hashing costs a request more than all else that is asked of its key; only secrets that opened something are kept.
  const opened = new Recent<Opened>(OPENED_IN_MEMORY)
  const underway = new Set<string>()
  const notes = createNotes({ keys, sessions, log })

  async function open(secret: string, now: number, at: number): Promise<Opened | undefined> {
    const hash = hashOf(secret)
    if (hash === admin) return { grant: { key: 'admin', role: 'admin' }, revision: at, until: Infinity }
    // What cannot be one of ours costs the database nothing.
    if (!isSecret(secret)) return undefined
    if (isSessionSecret(secret)) {
      const session = await sessions.opened(hash, now)
      return session && { grant: grantOfSession(session), revision: at, until: endOf(session) }
    }
    const key = await keys.opened(hash, now)
    const grant = key && grantOfKey(key.record)
    return key && grant && { grant, revision: at, until: key.until }
  }

  return {
    async find(secret, now, listens = false) {
      underway.add(secret)
      try {
        const at = await revision.at(now)
        const known = opened.get(secret)
        const found = known?.revision === at && now < known.until ? known : await open(secret, now, at)
        if (!found) return undefined
        if (found !== known) opened.set(secret, found)
        if (!listens) notes.note(found.grant, now)
        return found.grant
      } finally {
        underway.delete(secret)
      }
    },
    mayBeGuessed: (secret) => opened.get(secret) === undefined && !underway.has(secret) && !isSecret(secret),
    settle: notes.settle,
  }

  function endOf({ usedAt, expiresAt }: Session): number {
    return Math.min(expiresAt, usedAt + IDLE)
  }
}

function grantOfSession({ id: session, user }: Session): Grant {
  const held = { key: user.id, name: user.name, session, user }
  if (user.role !== 'agent') return { ...held, role: user.role }
  return { ...held, role: user.role, agent: user.agent ?? user.id }
}

/** Undefined for an agent's key that names no agent: it speaks for nobody. */
function grantOfKey({ id: key, role, agent, name, scopes }: KeyRecord): Grant | undefined {
  const held = { key, ...(name === undefined ? {} : { name }), ...(scopes === undefined ? {} : { scopes }) }
  if (role !== 'agent') return { ...held, role }
  return agent === undefined ? undefined : { ...held, role, agent }
}

function createNotes({ keys, sessions, log }: Pick<Given, 'keys' | 'sessions' | 'log'>) {
  const [keysUsed, sessionsUsed] = [new Map<string, number>(), new Map<string, number>()]
  let writtenAt = -Infinity
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    const [ofKeys, ofSessions] = [new Map(keysUsed), new Map(sessionsUsed)]
    keysUsed.clear()
    sessionsUsed.clear()
    if (ofKeys.size > 0) await keys.used(ofKeys)
    if (ofSessions.size > 0) await sessions.used(ofSessions)
  }
  function settle(): Promise<void> {
    writing = writing.then(write).catch((error: unknown) => {
      log.warn({ err: error }, 'When keys were used last could not be written; the next use is.')
    })
    return writing
  }
  return {
    note({ key, session }: Grant, now: number): void {
      if (session !== undefined) sessionsUsed.set(session, now)
      else if (key !== 'admin') keysUsed.set(key, now)
      if (now - writtenAt < NOTED_EVERY) return
      writtenAt = now
      void settle()
    },
    settle,
  }
}
