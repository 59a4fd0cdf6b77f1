/** Which entries of the audit log are looked at; other parts of the page may say so. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { AuditQuery } from '#ui/administration/answers.ts'
import { navigate, paths } from '../../shell/route.ts'

interface Named {
  readonly id: string
  readonly name: string
}

export interface AuditFilter {
  readonly actor: Named | null
  readonly target: Named | null
  /** The first part of an action, such as `flow`; empty for all. */
  readonly action: string
  /** A day, `2026-11-21`; empty for all. */
  readonly since: string
}

const all: AuditFilter = { actor: null, target: null, action: '', since: '' }

const store = createStore<AuditFilter>(() => all)

export const auditFilter = {
  set: (to: Partial<AuditFilter>): void => store.setState(to),
  clear: (): void => store.setState(all),
}

export function useAuditFilter(): AuditFilter {
  return useStore(store)
}

export function isAll({ actor, target, action, since }: AuditFilter): boolean {
  return actor === null && target === null && action === '' && since === ''
}

/** As the server is asked for it; a day begins where the reader is. */
export function queryOf({ actor, target, action, since }: AuditFilter): AuditQuery {
  const from = Date.parse(`${since}T00:00:00`)
  return {
    ...(actor === null ? {} : { actor: actor.id }),
    ...(target === null ? {} : { target: target.id }),
    ...(action === '' ? {} : { action }),
    ...(Number.isNaN(from) ? {} : { since: new Date(from).toISOString() }),
  }
}

/** Shows what somebody did, or what was done with something. */
export function showHistory(of: Partial<AuditFilter>): void {
  store.setState({ ...all, ...of })
  navigate(paths.admin('audit'))
}
