import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asksForPerson } from '#engine/signals/index.ts'

const shared = process.env['BATON_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared')
const file = resolve(shared, 'data/asks_for_a_person.tsv')

interface Row {
  readonly text: string
  readonly asks: boolean
  readonly hard: boolean
}

/** Share of requests that are heard, and of the hard and the other sentences that are taken for requests. */
function measure(rows: readonly Row[]): { recall: number; hardFalseAlarms: number; otherFalseAlarms: number } {
  const share = (some: readonly Row[]): number => some.filter(({ text }) => asksForPerson(text)).length / some.length
  return {
    recall: share(rows.filter((row) => row.asks)),
    hardFalseAlarms: share(rows.filter((row) => !row.asks && row.hard)),
    otherFalseAlarms: share(rows.filter((row) => !row.asks && !row.hard)),
  }
}

/** FNV-1a over the text parts the rows: one half was read while the grammar was written, the other never. */
function isHeldOut({ text }: Row): boolean {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash >>> 8) & 1) === 1
}

/** One slip in one word of four letters or more, from a fixed seed: a letter lost, doubled, wrong, or two swapped. */
function misspell(text: string, seed: number): string {
  let state = seed
  const pick = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const words = [...text.matchAll(/[a-z]{4,}/gi)]
  const match = words[pick(Math.max(1, words.length))]
  if (match === undefined) return text
  const word = match[0]
  const at = pick(word.length - 1)
  const slips = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at + 1) + word.slice(at),
    word.slice(0, at) + String.fromCharCode(97 + pick(26)) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  ]
  return text.slice(0, match.index) + (slips[pick(slips.length)] ?? word) + text.slice(match.index + word.length)
}

describe.runIf(existsSync(file))('on sentences of others', () => {
  const rows: readonly Row[] = existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => {
          const [text = '', label, hard] = line.split('\t')
          return { text, asks: label === 'yes', hard: hard === '1' }
        })
    : []

  it('more than 90 in 100 requests are heard, and fewer than 2 in 100 hard sentences alarm', () => {
    const halves = { read: rows.filter((row) => !isHeldOut(row)), heldOut: rows.filter(isHeldOut), all: rows }
    for (const [name, half] of Object.entries(halves)) {
      const figures = measure(half)
      console.info(name, half.length, figures)
      expect(figures.recall, name).toBeGreaterThan(0.9)
      expect(figures.hardFalseAlarms, name).toBeLessThan(0.02)
      expect(figures.otherFalseAlarms, name).toBeLessThan(0.005)
    }
  })

  it('one misspelt word in each sentence costs little', () => {
    const misspelt = [1, 2, 3, 4, 5].flatMap((seed) => {
      return rows.map((row, at) => ({ ...row, text: misspell(row.text, seed * 7919 + at) }))
    })
    const figures = measure(misspelt)
    console.info('misspelt', misspelt.length, figures)
    expect(figures.recall).toBeGreaterThan(0.85)
    expect(figures.hardFalseAlarms).toBeLessThan(0.02)
  })
})
