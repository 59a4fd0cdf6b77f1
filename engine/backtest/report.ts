/**
 * What many conversations come to, and pages of it added up. Law: adding up in any order of pages gives the same counts
 * and the same list, the most telling first; so a client may ask page by page.
 */

/** What may be otherwise, the most telling first. */
export const CHANGES = [
  'never',
  'newly',
  'later',
  'earlier',
  'otherTeam',
  'rungsLost',
  'rungsGained',
  'otherEnd',
  'otherWords',
] as const
/**
 * Handed off `earlier`, `later`, `never` any more or `newly`, to another team; rungs of ladders lost or gained. Where
 * nothing of that changes: it ends in another state, or else the customer only reads other words.
 */
export type Change = (typeof CHANGES)[number]

/** Of a hundred conversations, so many reach a person where bot and people share the work well. */
export const USUAL_RATE = { from: 0.15, to: 0.25 } as const

/** What makes a difference tell more or less than another. */
export interface Telling {
  readonly conversation: string
  readonly what: readonly Change[]
  readonly unsure: boolean
}

export interface Report<Difference extends Telling = Telling> {
  /** Conversations that the draft was played over; those skipped are not among them. */
  readonly replayed: number
  /** Of those, how many would have been the same. */
  readonly same: number
  /** Of those that differ, how many do so by a guess. */
  readonly unsure: number
  /** Conversations that left the bot, as it was and as it would have been. */
  readonly handoffs: { readonly before: number; readonly after: number }
  readonly changes: Readonly<Record<Change, number>>
  readonly differences: readonly Difference[]
  readonly skipped: readonly { readonly conversation: string; readonly why: string }[]
  /** For each value of a threshold that was swept, in the order of the values. */
  readonly sweep?: readonly Swept[]
}

/** What one value of a threshold comes to. */
export interface Swept {
  readonly value: number
  readonly handoffs: number
  readonly earlier: number
  readonly later: number
  readonly never: number
  readonly newly: number
  readonly otherTeam: number
}

/** Two reports over different conversations as one. */
export function merge<Difference extends Telling>(
  one: Report<Difference>,
  other: Report<Difference>,
): Report<Difference> {
  const sweep =
    one.sweep === undefined || other.sweep === undefined
      ? (one.sweep ?? other.sweep)
      : mergeSweeps(one.sweep, other.sweep)
  return {
    replayed: one.replayed + other.replayed,
    same: one.same + other.same,
    unsure: one.unsure + other.unsure,
    handoffs: { before: one.handoffs.before + other.handoffs.before, after: one.handoffs.after + other.handoffs.after },
    changes: countsOf((change) => one.changes[change] + other.changes[change]),
    differences: [...one.differences, ...other.differences].sort(byTelling),
    skipped: [...one.skipped, ...other.skipped],
    ...(sweep === undefined ? {} : { sweep }),
  }
}

/** A report over nothing. */
export function emptyReport<Difference extends Telling>(): Report<Difference> {
  return {
    replayed: 0,
    same: 0,
    unsure: 0,
    handoffs: { before: 0, after: 0 },
    changes: countsOf(() => 0),
    differences: [],
    skipped: [],
  }
}

export function countsOf(count: (change: Change) => number): Report['changes'] {
  return {
    never: count('never'),
    newly: count('newly'),
    later: count('later'),
    earlier: count('earlier'),
    otherTeam: count('otherTeam'),
    rungsLost: count('rungsLost'),
    rungsGained: count('rungsGained'),
    otherEnd: count('otherEnd'),
    otherWords: count('otherWords'),
  }
}

/** The most telling first: by what changes, what is known before what is guessed, then by the conversation's id. */
export function byTelling(one: Telling, other: Telling): number {
  return (
    weight(one) - weight(other) ||
    Number(one.unsure) - Number(other.unsure) ||
    (one.conversation < other.conversation ? -1 : 1)
  )
}

function weight({ what: [first] }: Telling): number {
  return first === undefined ? CHANGES.length : CHANGES.indexOf(first)
}

function mergeSweeps(one: readonly Swept[], other: readonly Swept[]): readonly Swept[] {
  return one.map((each) => {
    const same = other.find(({ value }) => value === each.value)
    if (same === undefined) return each
    return {
      value: each.value,
      handoffs: each.handoffs + same.handoffs,
      earlier: each.earlier + same.earlier,
      later: each.later + same.later,
      never: each.never + same.never,
      newly: each.newly + same.newly,
      otherTeam: each.otherTeam + same.otherTeam,
    }
  })
}
