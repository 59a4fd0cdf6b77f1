/** What the load program is asked to do, and what it answers. */

export interface Agent {
  readonly id: string
  readonly name: string
  readonly key: string
}

/** A conversation that is with a person; `customer` and `agent` are the keys of the two. */
export interface Held {
  readonly id: string
  readonly customer: string
  readonly agent: string
}

/** A stream to be followed. `of`: of this conversation, by its customer or by staff; null for the desk. */
export interface Followed {
  readonly path: string
  readonly key: string
  readonly of: { readonly conversation: string; readonly by: 'customer' | 'staff' } | null
}

/** What feeds saw, against the log. */
export interface Audit {
  /** Entries that they had to see. */
  readonly due: number
  readonly missed: number
  /** Twice, in the wrong order, or not theirs. */
  readonly wrong: number
  /** Lines that broke without being cut. */
  readonly broken: number
}

export interface Race {
  readonly servers: readonly string[]
  readonly conversations: readonly string[]
  readonly agents: readonly Agent[]
}

/** How one conversation was accepted by all at once. */
export interface Round {
  readonly conversation: string
  /** The names of those who were told that they have it. */
  readonly winners: readonly string[]
  /** How many of the others were told kindly who has it. */
  readonly told: number
  /** What anybody else was answered. */
  readonly otherwise: readonly string[]
}

export interface Orders {
  /** Opens streams and keeps them open; answers when all are. */
  follow: { asked: readonly Followed[]; answered: null }
  /** From now on somebody says something in one of these, by chance, so many times a second. */
  talk: { asked: { readonly held: readonly Held[]; readonly perSecond: number }; answered: null }
  /** Ends the talk; answers how much was said. */
  quiet: { asked: null; answered: number }
  /** Cuts each stream of a conversation once and takes it up again, with words before, meanwhile and after. */
  reconnect: { asked: readonly Held[]; answered: number }
  /** Compares what the streams saw with the log, read by an administrator's key. */
  audit: { asked: string; answered: Audit }
  /** All agents, each at one of the servers, accept each of the conversations at once, one after the other. */
  race: { asked: Race; answered: readonly Round[] }
}

export interface Order<Name extends keyof Orders = keyof Orders> {
  readonly name: Name
  readonly url: string
  readonly asked: Orders[Name]['asked']
}
export type Report = { readonly answered: unknown } | { readonly fault: string }
