export interface Sizes {
  readonly minutes: number
  /** Acknowledged events a second. */
  readonly rate: number
  /** Begun and closed, for the memory of what is over. */
  readonly conversations: number
  readonly agents: number
  /** Servers. */
  readonly nodes: number
  readonly seed: number
  /** Seconds. */
  readonly warmUp: number
}
