import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike } from '#engine/signals/language/alike.ts'
import { LONGEST_TEXT, MOST_WORDS, stem, tokenise } from '#engine/signals/language/tokens.ts'
import { speller, within } from '#engine/signals/language/typos.ts'
import { languages, wordsOf } from '#engine/signals/language/words.ts'

describe('tokenise', () => {
  it('folds case, accents and apostrophes, and keeps elided articles apart', () => {
    expect(tokenise('DON’T Ärger Straße l’agent quelqu’un').words).toEqual([
      'dont',
      'arger',
      'strasse',
      'l',
      'agent',
      'quelquun',
    ])
  })
  it('ends a clause at punctuation, not inside a number', () => {
    expect(tokenise('No, I pay 3.50 now. Agent!').clauseEnds).toEqual([1, 5, 6])
    expect(tokenise('no commas').clauseEnds).toEqual([2])
  })
  it('keeps the stems that carry meaning, once each', () => {
    expect(tokenise('Where are my orders, the order I ordered?').content).toEqual([stem('order')])
  })
  it('1. never reads more than its limits, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        const { words, clauseEnds, content } = tokenise(text)
        expect(words.length).toBeLessThanOrEqual(MOST_WORDS)
        expect(clauseEnds[clauseEnds.length - 1]).toBe(words.length)
        expect(clauseEnds.every((end, at) => end > (clauseEnds[at - 1] ?? -1))).toBe(true)
        expect(content.length).toBeLessThanOrEqual(24)
        expect(words.every((word) => word.length > 0)).toBe(true)
      }),
    )
    expect(tokenise('x '.repeat(LONGEST_TEXT)).words.length).toBe(MOST_WORDS)
  })
})

describe('typos', () => {
  it('1. within one slip is what one edit of a word makes, and nothing further', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 4, maxLength: 8 })
    fc.assert(
      fc.property(word, fc.nat(7), fc.constantFrom('x', 'y'), (text, place, letter) => {
        const at = place % text.length
        expect(within(text.slice(0, at) + text.slice(at + 1), text, 1)).toBe(true)
        expect(within(text.slice(0, at) + letter + text.slice(at), text, 1)).toBe(true)
        expect(within(text.slice(0, at) + letter + text.slice(at + 1), text, 1)).toBe(true)
        expect(within(`${letter}${letter}${text}`, text, 1)).toBe(false)
      }),
    )
    expect(within('humna', 'human', 1)).toBe(true)
  })
  it('2. a word that is spelt right is not taken for another', () => {
    const { meant } = speller(['talk', 'representative'], new Set(['walk']))
    expect([meant('tlak'), meant('walk'), meant('represenative'), meant('reprezentativ'), meant('order')]).toEqual([
      'talk',
      undefined,
      'representative',
      'representative',
      undefined,
    ])
  })
})

describe('alike', () => {
  it('1. a set is like itself, and likeness has no direction', () => {
    const set = fc.subarray(['card', 'late', 'order', 'refund'], { minLength: 1 })
    fc.assert(
      fc.property(set, set, (one, other) => {
        expect(alike(one, one)).toBe(1)
        expect(alike(one, other)).toBe(alike(other, one))
      }),
    )
  })
})

describe('the languages', () => {
  it('hold words as they are compared: lower case, no accents, no stray signs', () => {
    for (const { code, moods, roles, ...lists } of languages) {
      const all = [...Object.values(lists), ...Object.values(moods), ...Object.values(roles)]
      for (const word of all.flatMap(wordsOf)) expect(word, `${code}: ${word}`).toMatch(/^[a-z]+$/)
    }
  })
  it('forgive misspellings only of words long enough to tell', () => {
    for (const { code, misspelt } of languages) {
      for (const word of wordsOf(misspelt)) expect(word.length, `${code}: ${word}`).toBeGreaterThanOrEqual(4)
    }
  })
})
