/**
 * What administrators ask of the server, and of it supervisors the dead letters: the part of the typed client that only
 * they load.
 */
import type { Page } from '../answers.ts'
import { queryOf } from '../api.ts'
import { answered, request, type Asked, type Connection } from '../request.ts'
import type {
  AuditQuery,
  AuditRecord,
  DeadLetter,
  Erased,
  Erasure,
  KeyView,
  MadeKey,
  MadePerson,
  NewKey,
  PersonProfile,
  PersonView,
} from './answers.ts'

export function createAdministration(connection: Connection) {
  const ask = <Answer>(path: string, asked?: Asked): Promise<Answer> => answered<Answer>(connection, path, asked)
  const every = async <Item>(path: string): Promise<readonly Item[]> => (await ask<Page<Item>>(path)).items
  const act = async (path: string, asked: Asked): Promise<void> => void (await request(connection, path, asked))

  return {
    people: () => every<PersonView>('/v1/users'),
    /** The server makes a password, and answers it this once. */
    addPerson: (person: PersonProfile) => ask<MadePerson>('/v1/users', { method: 'POST', body: person }),
    savePerson: (id: string, person: PersonProfile & { readonly disabled: boolean }) =>
      ask<PersonView>(at('users', id), { method: 'PUT', body: person }),
    deletePerson: (id: string) => act(at('users', id), { method: 'DELETE' }),
    /** The server makes another password, and answers it this once; the sessions of the person end. */
    resetPassword: (id: string) => ask<MadePerson>(`${at('users', id)}/password`, { method: 'PUT', body: {} }),

    keys: () => every<KeyView>('/v1/keys'),
    makeKey: (key: NewKey) => ask<MadeKey>('/v1/keys', { method: 'POST', body: key }),
    /** A new secret; the present one works for `overlap` more, such as `24h`. */
    rotateKey: (id: string, overlap: string) =>
      ask<MadeKey>(`${at('keys', id)}/rotate`, { method: 'POST', body: { overlap } }),
    revokeKey: (id: string) => act(at('keys', id), { method: 'DELETE' }),

    /** The latest first. */
    audit: (query: AuditQuery) => ask<Page<AuditRecord>>(`/v1/audit${queryOf({ ...query })}`),

    deadLetters: () => every<DeadLetter>('/v1/dead-letters'),
    retry: (id: string) => act(`${at('dead-letters', id)}/retry`, { method: 'POST' }),
    setAside: (id: string) => act(at('dead-letters', id), { method: 'DELETE' }),

    /** Everything that is kept of a customer, as one JSON document. */
    exportCustomer: async (id: string) => (await request(connection, `${at('customers', id)}/export`)).blob(),
    eraseCustomer: (id: string) => ask<Erased>(at('customers', id), { method: 'DELETE' }),
    erasures: () => every<Erasure>('/v1/erasures'),
  }
}

function at(what: string, id: string): string {
  return `/v1/${what}/${encodeURIComponent(id)}`
}
