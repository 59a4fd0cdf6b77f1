/** What the crowd's process is told, and what it tells. */

export interface Agent {
  readonly id: string
  /** The server at which the desk is. */
  readonly url: string
  readonly key: string
}

export interface Order {
  /** Of the servers. */
  readonly urls: readonly string[]
  readonly flow: string
  /** The key of a bot: it begins conversations and speaks in them. */
  readonly bot: string
  readonly agents: readonly Agent[]
  readonly supervisor: string
  /** Acknowledged events a second. */
  readonly rate: number
  readonly minutes: number
  /** The first seconds, in which the conversations that go on at a time become as many as they will be. */
  readonly warmUp: number
  readonly seed: number
}

/** Times in milliseconds. */
export interface Spread {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Of one stretch of time. */
export interface Stretch {
  /** Whether it counts: the warm-up does not. */
  readonly counts: boolean
  readonly seconds: number
  readonly events: number
  readonly errors: number
  readonly answers: Spread
  /** Conversations that go on. */
  readonly open: number
}

export interface Report {
  readonly seconds: number
  readonly events: number
  readonly errors: number
  /** The first of them. */
  readonly faults: readonly string[]
  readonly answers: Spread
  /** From the wish for a person to the offer on an agent's desk. */
  readonly offers: Spread
  readonly feeds: { readonly open: number; readonly read: number; readonly broken: number }
  /** Of this process, seconds of processor time. */
  readonly load: number
}

export type Said = { readonly stretch: Stretch } | { readonly report: Report } | { readonly fault: string }
