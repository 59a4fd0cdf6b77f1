/**
 * Finds the key word that was meant when it is misspelt.
 * Law 1: a key word of 4 to 9 letters forgives one slip (a letter missing, added, wrong, or two swapped), one of 10 or
 * more forgives two. Shorter words forgive none.
 * Law 2: a word that is spelt right is never taken for another: callers keep real words out by `spared`.
 */
export interface Speller {
  /** The key word meant by `word`, or `undefined`. */
  meant(word: string): string | undefined
}

/** The key words that a word of one length can mean; `letters` holds for each which letters it is made of. */
interface Shelf {
  readonly keys: string[]
  readonly letters: number[]
}

const SHORTEST = 4
const TWO_SLIPS_FROM = 10

/** What words meant is remembered: people use the same few thousand again and again. */
const REMEMBERED = 2_000

/** Prepares key words once; a new word costs a scan over the key words of about the same length. */
export function speller(keyWords: Iterable<string>, spared: ReadonlySet<string>): Speller {
  const shelves: Shelf[] = []
  for (const key of keyWords) {
    if (key.length >= SHORTEST) shelve(shelves, key)
  }
  const known = new Map<string, string | null>()
  return {
    meant: (word) => {
      const shelf = shelves[word.length]
      if (shelf === undefined) return undefined
      const remembered = known.get(word)
      if (remembered !== undefined) return remembered ?? undefined
      const meant = spared.has(word) ? undefined : find(shelf, word)
      if (known.size === REMEMBERED) known.clear()
      known.set(word, meant ?? null)
      return meant
    },
  }
}

function shelve(shelves: Shelf[], key: string): void {
  const slips = slipsOf(key)
  for (let length = key.length - slips; length <= key.length + slips; length += 1) {
    const shelf = (shelves[length] ??= { keys: [], letters: [] })
    shelf.keys.push(key)
    shelf.letters.push(lettersOf(key))
  }
}

function find({ keys, letters }: Shelf, word: string): string | undefined {
  const own = lettersOf(word)
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? ''
    const slips = slipsOf(key)
    // A slip changes which letters a word is made of by two at most.
    if (countBits(own ^ (letters[at] ?? 0)) <= slips * 2 && within(word, key, slips)) return key
  }
  return undefined
}

function slipsOf(key: string): number {
  return key.length >= TWO_SLIPS_FROM ? 2 : 1
}

/** Whether `slips` slips at most lead from one word to the other; two swapped neighbours are one slip. */
export function within(one: string, other: string, slips: number): boolean {
  return withinFrom(one, 0, other, 0, slips)
}

function withinFrom(one: string, i: number, other: string, j: number, slips: number): boolean {
  while (i < one.length && j < other.length && one.charCodeAt(i) === other.charCodeAt(j)) {
    i += 1
    j += 1
  }
  const left = one.length - i
  const right = other.length - j
  if (left === 0 || right === 0) return left + right <= slips
  if (slips === 0 || Math.abs(left - right) > slips) return false
  const swapped = one.charCodeAt(i) === other.charCodeAt(j + 1) && one.charCodeAt(i + 1) === other.charCodeAt(j)
  return (
    (swapped && withinFrom(one, i + 2, other, j + 2, slips - 1)) ||
    withinFrom(one, i + 1, other, j + 1, slips - 1) ||
    withinFrom(one, i + 1, other, j, slips - 1) ||
    withinFrom(one, i, other, j + 1, slips - 1)
  )
}

function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 32)
  return letters
}

function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
