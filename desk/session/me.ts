/**
 * Who works at this desk. States: unknown (the key is being looked at) -> here, or unreachable (tried again until it is
 * answered), or barred (the key is of a role that has no work here). A key the server refuses ends the session: who was
 * here stays, and is looked at again when the same person has signed in again. When anybody else has, it is unknown again.
 */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Self } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { ApiProblem, request } from '#ui/request.ts'
import { personOf, session } from '#ui/session.ts'
import { setByServer } from '../clock/clock.ts'
import { kept } from '../outbox/kept.ts'

export interface Me {
  /** Whose drafts and sendings these are: several people may use one device, also of one role. */
  readonly who: string
  readonly role: Self['role']
  /** Whom the key speaks for; for supervisors and admins the agent they chose to answer as. */
  readonly agent: string | null
  readonly name: string | null
  /** May see the board, whisper, reassign and say who is there. */
  readonly leads: boolean
}

export type Identity =
  | { readonly state: 'unknown' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'barred'; readonly role: Self['role'] }
  | { readonly state: 'here'; readonly me: Me }

const store = createStore<{ readonly identity: Identity }>(() => ({ identity: { state: 'unknown' } }))
const RETRY = 3_000

// Before anything is drawn for whoever comes next: nothing of theirs begins in the name of who was here.
session.onChanged(() => store.setState({ identity: { state: 'unknown' } }))

/** Finds out who the key speaks for, until it is known; returns how to call it off. */
export function findOut(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const look = async (): Promise<void> => {
    try {
      const then = Date.now()
      const answer = await request(api.connection, '/v1/keys/self')
      setByServer(answer.headers.get('Date'), then)
      // The server and this page are one release.
      const self = (await answer.json()) as Self
      if (over) return
      session.belongsTo(personOf(self))
      store.setState({ identity: identityOf(self) })
    } catch (error) {
      if (over || (error instanceof ApiProblem && !error.passes)) return
      if (me() === null) store.setState({ identity: { state: 'unreachable' } })
      timer = setTimeout(() => void look(), RETRY)
    }
  }
  store.setState({ identity: { state: 'unknown' } })
  void look()
  const unwatch = session.onRenewed(() => void look())
  return () => {
    over = true
    unwatch()
    clearTimeout(timer)
  }
}

export function me(): Me | null {
  const { identity } = store.getState()
  return identity.state === 'here' ? identity.me : null
}

export function useIdentity(): Identity {
  return useStore(store, ({ identity }) => identity)
}

/** Who works here, for parts of the page that are only there when somebody does. */
export function useMe(): Me {
  const identity = useIdentity()
  return identity.state === 'here' ? identity.me : nobody
}

const nobody: Me = { who: '', role: 'agent', agent: null, name: null, leads: false }

/** A supervisor chooses which agent they answer as: it is theirs, not that of who signs in next on this device. */
export function answerAs(agent: string | null): void {
  const { identity } = store.getState()
  if (identity.state !== 'here' || !identity.me.leads) return
  kept.write(chosenBy(identity.me.who), agent)
  store.setState({ identity: { state: 'here', me: { ...identity.me, agent } } })
}

function chosenBy(who: string): string {
  return `answers-as/${who}`
}

export function identityOf(self: Self): Identity {
  const { role, agent, name } = self
  switch (role) {
    case 'agent': {
      const who = agent ?? personOf(self)
      return { state: 'here', me: { who, role, agent: agent ?? null, name: name ?? agent ?? null, leads: false } }
    }
    case 'supervisor':
    case 'admin': {
      const who = personOf(self)
      const chosen = kept.read(chosenBy(who))
      const as = agent ?? (typeof chosen === 'string' ? chosen : null)
      return { state: 'here', me: { who, role, agent: as, name: name ?? null, leads: true } }
    }
    case 'designer':
    case 'bot':
    case 'customer':
      return { state: 'barred', role }
    default:
      return role satisfies never
  }
}
