import { within } from './typos.ts'

const SHORTEST_MISSPELT = 5

/**
 * How much two sets of words share, 0 to 1: Dice's coefficient, 2 |A∩B| / (|A| + |B|), where words of five letters and
 * more may differ by one slip after the first letter. When the smaller set of two words or more lies wholly in
 * the other, they share 0.8 at least: a question asked again with more around it is the same question.
 * Each set is sorted.
 */
export function alike(one: readonly string[], other: readonly string[]): number {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one]
  const shared = sharedBy(few, many)
  const dice = (2 * shared) / (few.length + many.length)
  return shared === few.length && few.length >= 2 ? Math.max(dice, 0.8) : dice
}

/** How many of `few` are among `many`. Only words with the same first letter can meet, and both are in order. */
function sharedBy(few: readonly string[], many: readonly string[]): number {
  let shared = 0
  let from = 0
  for (const word of few) {
    const first = word.charCodeAt(0)
    while (from < many.length && (many[from]?.charCodeAt(0) ?? 0) < first) from += 1
    for (let at = from; at < many.length; at += 1) {
      const each = many[at] ?? ''
      if (each.charCodeAt(0) !== first) break
      if (each === word || misspelt(each, word)) {
        shared += 1
        break
      }
    }
  }
  return shared
}

/** Of two words with the same first letter. */
function misspelt(one: string, other: string): boolean {
  const long = one.length >= SHORTEST_MISSPELT && other.length >= SHORTEST_MISSPELT
  return long && Math.abs(one.length - other.length) <= 1 && within(one, other, 1)
}
