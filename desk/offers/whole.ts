/** How long an offer of a team rings in all, in milliseconds: as the team says, else as the server does. */

const USUAL = 30_000
// The engine's own reader of durations brings zod along: 20 kB for a ring.
const UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `offerFor`: a duration as the server gives it, `"45s"`, `"2m"`. */
export function wholeOf(offerFor: string | undefined): number {
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(offerFor ?? '') ?? []
  return count === undefined ? USUAL : Number(count) * (UNIT[unit] ?? 0)
}
