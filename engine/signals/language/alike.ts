import { within } from './typos.ts'

const SHORTEST_MISSPELT = 5

/**
 * How much two sets of words share, 0 to 1: Dice's coefficient, 2 |A∩B| / (|A| + |B|), where words of five letters and
 * more may differ by one slip after the first letter. When the smaller set of two words or more lies wholly in
 * the other, they share 0.8 at least: a question asked again with more around it is the same question.
 */
export function alike(one: string, other: string): number {
  if (one === other) return 1
  const [few, many] = inOrder(one.split(' '), other.split(' '))
  let shared = 0
  for (const word of few) if (many.some((each) => each === word || misspelt(each, word))) shared += 1
  const dice = 2 * shared / (few.length + many.length)
  return shared === few.length && few.length >= 2 ? Math.max(dice, 0.8) : dice
}

function inOrder(one: readonly string[], other: readonly string[]): readonly [readonly string[], readonly string[]] {
  return one.length <= other.length ? [one, other] : [other, one]
}

function misspelt(one: string, other: string): boolean {
  const long = one.length >= SHORTEST_MISSPELT && other.length >= SHORTEST_MISSPELT
  const near = one.charCodeAt(0) === other.charCodeAt(0) && Math.abs(one.length - other.length) <= 1
  return long && near && within(one, other, 1)
}
