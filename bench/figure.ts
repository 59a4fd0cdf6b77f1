/** What a figure must reach: at least so much, or at most. */
export type Reach = { readonly atLeast: number } | { readonly atMost: number }

/** One thing that is measured. Each is a file in `figures/` of the same shape, and a line in its list. */
export interface Figure {
  /** The word after `npm run bench --`. */
  readonly name: string
  /** What the number says, for the table. */
  readonly what: string
  readonly reach: Reach
  /** Empty for a ratio. */
  readonly unit: '' | 'MB' | 's'
  measure(): Promise<number>
}

export function isMet(reach: Reach, measured: number): boolean {
  return 'atLeast' in reach ? measured >= reach.atLeast : measured <= reach.atMost
}
