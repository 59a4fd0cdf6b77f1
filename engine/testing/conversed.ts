import type { OutsideType } from '../conversation/events.ts'
import type { Json } from '../flow/values.ts'
import type { Message } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'

/**
 * A conversation as tests look at it: what the matchers read. It is alive: after the next sentence it says the new
 * state.
 */
export interface Conversed {
  readonly phase: string
  /** `<phase>.<node>`, as in `queued.billing`. */
  readonly state: string
  /** `bot`, `queue` or `agent:<id>`. */
  readonly owner: string
  /** Everything said to the customer so far, in order. */
  readonly said: readonly string[]
  readonly expects: readonly OutsideType[]
  /** Running deadlines by id, with the milliseconds that are left. */
  readonly timers: Readonly<Record<string, number>>
  readonly variables: Readonly<Record<string, Json>>
  /** Why it was closed; null while it is open. */
  readonly closed: string | null
  /** Why it went to a person, as the person reads it; null when it did not. */
  readonly reason: string | null
}

/** What there is to see of a conversation at one moment. */
export interface Look {
  readonly snapshot: Snapshot
  readonly transcript: readonly Pick<Message, 'from' | 'text' | 'quickReplies'>[]
  readonly expects: readonly OutsideType[]
  readonly now: number
}

/** A conversation in memory and one over HTTP are looked at alike; they differ in where the look comes from. */
export abstract class LiveConversation implements Conversed {
  protected abstract look(): Look

  get phase(): string {
    return this.look().snapshot.phase
  }

  get state(): string {
    return this.look().snapshot.state
  }

  get owner(): string {
    return this.look().snapshot.owner
  }

  get said(): readonly string[] {
    return this.toCustomer.map((each) => each.text)
  }

  /** What the customer may press now. */
  get offered(): NonNullable<Message['quickReplies']> {
    return this.toCustomer.at(-1)?.quickReplies ?? []
  }

  get expects(): readonly OutsideType[] {
    return this.look().expects
  }

  get timers(): Readonly<Record<string, number>> {
    const { snapshot, now } = this.look()
    return Object.fromEntries(snapshot.timers.map(({ id, due }) => [id, due - now]))
  }

  get variables(): Readonly<Record<string, Json>> {
    return this.look().snapshot.machine.context.vars
  }

  get closed(): string | null {
    return this.look().snapshot.closed?.reason ?? null
  }

  get reason(): string | null {
    return this.look().snapshot.machine.context.reason?.sentence ?? null
  }

  private get toCustomer(): Look['transcript'] {
    return this.look().transcript.filter((each) => each.from !== 'customer')
  }
}
