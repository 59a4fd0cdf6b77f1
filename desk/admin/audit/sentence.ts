/** An entry of the audit log as a sentence: who, did what, to what, and what changed by it. */
import type { AuditRecord } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'

const text = words.admin.audit
/** The admin’s key that Baton is started with: it is in no list. */
const CONFIGURED = 'admin'

export interface Sentence {
  readonly who: string
  readonly did: string
  /** Empty where the rest says it all. */
  readonly what: string
  /** `role: agent → supervisor`, for small values only. */
  readonly changes: readonly string[]
}

/** `names`: what ids are called now. */
export function sentenceOf(
  { actor, action, target, change }: AuditRecord,
  names: ReadonlyMap<string, string>,
): Sentence {
  return {
    who: whoOf(actor, names),
    did: text.alone[action] ?? text.did[action] ?? text.otherwise(action),
    what:
      action in text.alone
        ? ''
        : (names.get(target.id) ?? nameIn(change?.after) ?? nameIn(change?.before) ?? target.id),
    changes: changesOf(change),
  }
}

function whoOf({ kind, id, name }: AuditRecord['actor'], names: ReadonlyMap<string, string>): string {
  const called = name ?? names.get(id) ?? id
  switch (kind) {
    case 'user':
      return called
    case 'key':
      return id === CONFIGURED ? text.configured : text.key(called)
    case 'system':
      return id.startsWith('address:') ? text.address(id.slice('address:'.length)) : text.system
    default:
      return kind satisfies never
  }
}

/** What differs between two outlines; what was made or removed whole is said by the sentence itself. */
function changesOf(change: AuditRecord['change']): readonly string[] {
  const { before, after } = change ?? {}
  if (isOutline(after) && after['outcome'] === 'unknown' && 'begunAt' in after) return [text.outcomeUnknown]
  if (!isOutline(before) || !isOutline(after)) return []
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => text.change(name, said(before[name]), said(after[name])))
}

function said(value: unknown): string {
  if (value === undefined || value === null || value === '') return text.nothing
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nameIn(outline: unknown): string | undefined {
  return isOutline(outline) && typeof outline['name'] === 'string' ? outline['name'] : undefined
}

function isOutline(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
