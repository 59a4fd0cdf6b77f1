/**
 * The names that a flow's author may use. Conditions and texts see the same conversation; conditions also see the
 * signals and what the bot understood of the last message, and an ask's `check` sees the answer as `value`.
 */
import { BOOL, LIST, MAP, NUMBER, TEXT, record, type StaticType } from './static-type.ts'

/** The type of a flow's variable, or of what an ask collects. */
export type VariableType =
  'text' | 'number' | 'yesno' | 'boolean' | 'email' | 'phone' | 'date' | 'choice' | 'list' | 'map'

/** A flow's `variables`. Dates are texts as ISO 8601 writes them, so they compare as time does. */
export type VariableDeclarations = Readonly<Record<string, { readonly type: VariableType }>>

/** What an expression is evaluated over: plain JSON, one map a namespace. A name that is left out is not known. */
export interface Scope {
  /** The customer's profile: open, whatever the caller knows. */
  readonly customer?: object
  readonly vars?: object
  /** `team`, `position`, `eta` (minutes), `waitedMinutes`. */
  readonly queue?: object
  /** `open`, `opens` (a text). */
  readonly hours?: object
  /** `id`, `name`. */
  readonly agent?: object
  /** `reason`, `summary`, `note` (what the last person left for the bot). */
  readonly handoff?: object
  /** `id`, `channel`, `language`, `page`, `turns` and `startedAt` (ISO 8601). */
  readonly conversation?: object
  /** Conditions only: the value of each signal by its name. */
  readonly signals?: object
  /** Conditions only: `intent`, `confidence`, `sentiment`, `entities`, `language` of the last message. */
  readonly nlu?: object
  /** An ask's `check` only: the answer. */
  readonly value?: unknown
}

export type Namespace = keyof Scope

const SHARED = {
  customer: MAP,
  queue: record({ team: TEXT, position: NUMBER, eta: NUMBER, within: NUMBER, waitedMinutes: NUMBER }),
  hours: record({ open: BOOL, opens: TEXT }),
  agent: record({ id: TEXT, name: TEXT }),
  handoff: record({ reason: TEXT, summary: TEXT, note: TEXT }),
  conversation: record({
    id: TEXT,
    channel: TEXT,
    language: TEXT,
    page: TEXT,
    turns: NUMBER,
    startedAt: TEXT,
  }),
} as const satisfies Partial<Record<Namespace, StaticType>>

const CONDITIONS_ONLY = {
  signals: MAP,
  nlu: record({ intent: TEXT, confidence: NUMBER, sentiment: NUMBER, entities: MAP, language: TEXT }),
} as const satisfies Partial<Record<Namespace, StaticType>>

const VARIABLE_TYPES = {
  text: TEXT,
  email: TEXT,
  phone: TEXT,
  date: TEXT,
  choice: TEXT,
  number: NUMBER,
  yesno: BOOL,
  boolean: BOOL,
  list: LIST,
  map: MAP,
} as const satisfies Record<VariableType, StaticType>

export type Names = ReadonlyMap<string, StaticType>

/** The names of a condition with their types; `value` is the type of the answer that an ask's `check` judges. */
export function conditionNames(variables: VariableDeclarations, value?: VariableType): Names {
  const names = new Map([...templateNames(variables), ...Object.entries<StaticType>(CONDITIONS_ONLY)])
  return value ? names.set('value', VARIABLE_TYPES[value]) : names
}

/** The names of a text with their types. */
export function templateNames(variables: VariableDeclarations): Map<string, StaticType> {
  const fields = Object.entries(variables).map(([name, { type }]) => [name, VARIABLE_TYPES[type]] as const)
  return new Map<string, StaticType>([...Object.entries(SHARED), ['vars', { kind: 'record', fields: new Map(fields) }]])
}

/** Whether a name exists in conditions but not in texts: a mistake that deserves its own sentence. */
export function isConditionName(name: string): boolean {
  return Object.hasOwn(CONDITIONS_ONLY, name)
}

/** Declarations as a key: equal for equal declarations. */
export function declarationsKey(variables: VariableDeclarations): string {
  return JSON.stringify(Object.entries(variables).map(([name, { type }]) => [name, type]))
}
