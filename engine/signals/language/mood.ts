import type { Language } from './language.ts'
import type { Tokens } from './tokens.ts'
import { languages, wordSet, wordsOf } from './words.ts'

/**
 * Guesses the mood of a message, -1 (awful) to 1 (wonderful), from weighted words of seven languages.
 * Law 1: a negation within the three words before a word of feeling turns it round and weakens it ("not happy"); right
 * after a word it counts as well ("funktioniert nicht"). Law 2: a word that makes stronger counts by half again.
 * Law 3: words that are only expected ("works", "helps") say something bad when negated, and nothing otherwise.
 * The sum s becomes s / sqrt(s² + 6), the squashing of VADER (Hutto and Gilbert 2014) with a constant for weights up to
 * three: one mild word gives 0.28, a strong one 0.5, an awful one 0.65. Law 4: "hate to bother you" is a courtesy.
 */
export function moodOf({ words }: Tokens, text: string): number {
  let sum = 0
  for (let at = 0; at < words.length; at += 1) sum += weightAt(words, at)
  if (SIGN.test(text)) for (const [sign, weight] of SIGNS) if (text.includes(sign)) sum += weight
  return sum === 0 ? 0 : Math.round((sum / Math.sqrt(sum * sum + SQUASH)) * 1000) / 1000
}

const SQUASH = 12
const TURNED = -0.6
const STRONGER = 1.5
const LET_DOWN = -1.5
const WEIGHTS = [-3, -2, -1, 1, 2, 3] as const satisfies readonly (keyof Language['moods'])[]
const SIGNS: readonly (readonly [string, number])[] = [
  ['😡', -3],
  ['😠', -2],
  ['🤬', -3],
  ['👎', -2],
  ['😤', -2],
  ['😞', -1],
  ['😢', -1],
  ['👍', 1],
  ['😊', 2],
  ['😀', 2],
  ['❤', 2],
  ['🎉', 2],
  [':(', -1],
  [':)', 1],
]

/** Whether any of the signs may be there. */
const SIGN = /:[()]|[^\x00-\x7f]/

const expected = wordSet((language) => language.expected)
/** What a word weighs; 0 for one that is only expected. */
const weights = new Map<string, number>()
for (const { moods } of languages) {
  for (const weight of WEIGHTS) {
    for (const word of wordsOf(moods[weight])) if (!weights.has(word)) weights.set(word, weight)
  }
}
for (const word of expected) if (!weights.has(word)) weights.set(word, 0)
const negations = wordSet((language) => language.negations)
const intensifiers = wordSet((language) => language.intensifiers)

function weightAt(words: readonly string[], at: number): number {
  const word = words[at] ?? ''
  const weight = weights.get(word)
  if (weight === undefined || (word === 'hate' && words[at + 1] === 'to')) return 0
  if (weight === 0) return isNegated(words, at) ? LET_DOWN : 0
  const strength = intensifiers.has(words[at - 1] ?? '') ? weight * STRONGER : weight
  if (!isNegated(words, at)) return strength
  return weight > 0 && expected.has(word) ? LET_DOWN : strength * TURNED
}

function isNegated(words: readonly string[], at: number): boolean {
  for (let before = Math.max(0, at - 3); before < at; before += 1) if (negations.has(words[before] ?? '')) return true
  return AFTERWARDS.has(words[at + 1] ?? '')
}

const AFTERWARDS = new Set(['nicht', 'niet', 'pas'])
