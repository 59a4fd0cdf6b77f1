import { isStopWord } from './words.ts'

/**
 * A message as the signals read it: folded to lower case without accents, cut into words and clauses.
 * Law 1: tokenising is bounded; at most the first 2,000 characters and 400 words are read.
 * Law 2: apostrophes inside a word vanish ("don't" is `dont`), but an elided article stands alone ("l'agent" is
 * `l`, `agent`).
 */
export interface Tokens {
  /** Words in order: lower case, no accents. */
  readonly words: readonly string[]
  /** For each clause the index after its last word; the last entry is `words.length`. */
  readonly clauseEnds: readonly number[]
  /** Distinct stems that carry meaning, without stop words, sorted; at most 24. */
  readonly content: readonly string[]
}

export const LONGEST_TEXT = 2000
export const MOST_WORDS = 400
const MOST_CONTENT = 24

const SHORTEST_STEM = 3

const ELIDED = new Set('l d j m t s n c qu un all dell nell sull dall quell'.split(' '))
const WORDLIKE = /[\p{L}\p{N}]/u
const FIRST_ABOVE_ASCII = 128
const NOT_ASCII = /[^\x00-\x7f]/

const SPACE = 0
const LETTER = 1
const BREAK = 2
const APOSTROPHE = 3
const SKIP = 4

const ASCII_CLASSES = Uint8Array.from({ length: FIRST_ABOVE_ASCII }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[a-z0-9]/.test(character)) return LETTER
  if (character === "'" || character === '`') return APOSTROPHE
  return /[.,!?;:()\n]/.test(character) ? BREAK : SPACE
})

/** Cuts a message into words, clauses and the stems that carry its meaning. Call it once for each message. */
export function tokenise(text: string): Tokens {
  const folded = fold(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text)
  const words: string[] = []
  const clauseEnds: number[] = []
  cut(folded, words, clauseEnds)
  if (clauseEnds[clauseEnds.length - 1] !== words.length) clauseEnds.push(words.length)
  return { words, clauseEnds, content: contentOf(words) }
}

/** A word without its endings, so that inflections of one word meet ("deliveries", "delivered"); for comparing only. */
export function stem(word: string): string {
  const plural = word.length > SHORTEST_STEM && word.endsWith('s') && !word.endsWith('ss')
  let end = plural ? word.length - 1 : word.length
  for (let ending = endingOf(word, end); ending > 0 && end - ending >= SHORTEST_STEM; ending = endingOf(word, end)) {
    end -= ending
  }
  if (end > SHORTEST_STEM && end < word.length && word.charCodeAt(end - 1) === word.charCodeAt(end - 2)) end -= 1
  return end === word.length ? word : word.slice(0, end)
}

function fold(text: string): string {
  const lower = text.toLowerCase()
  if (!NOT_ASCII.test(lower)) return lower
  return lower.replaceAll('ß', 'ss').replaceAll('œ', 'oe').replaceAll('æ', 'ae').normalize('NFKD')
}

function cut(folded: string, words: string[], clauseEnds: number[]): void {
  let from = -1
  let word = ''
  for (let at = 0; at <= folded.length; at += 1) {
    // Most characters are plain letters.
    const kind = ASCII_CLASSES[folded.charCodeAt(at)] === LETTER ? LETTER : classAt(folded, at, from >= 0)
    if (kind === LETTER) {
      if (from < 0) from = at
      continue
    }
    if (from >= 0) {
      word = word === '' ? folded.slice(from, at) : word + folded.slice(from, at)
      from = -1
    }
    if (kind === SKIP || (kind === APOSTROPHE && word !== '' && !ELIDED.has(word))) continue
    if (word !== '') {
      words.push(word)
      if (words.length === MOST_WORDS) return
      word = ''
    }
    if (kind === BREAK && words.length > (clauseEnds[clauseEnds.length - 1] ?? 0)) clauseEnds.push(words.length)
  }
}

function classAt(folded: string, at: number, insideWord: boolean): number {
  const code = folded.charCodeAt(at)
  if (code >= FIRST_ABOVE_ASCII) return classOfForeign(folded, at, code)
  const kind = ASCII_CLASSES[code] ?? SPACE
  const betweenDigits = insideWord && isDigit(folded.charCodeAt(at - 1)) && isDigit(folded.charCodeAt(at + 1))
  if (kind === BREAK && betweenDigits) return SKIP
  if (kind === SPACE && code === 45) return insideWord ? SPACE : BREAK
  return kind
}

function classOfForeign(folded: string, at: number, code: number): number {
  if (code === 0x2019 || code === 0x2018 || code === 0x00b4 || code === 0x02bc) return APOSTROPHE
  const accent = code >= 0x300 && code <= 0x36f
  if (accent || (code >= 0x200b && code <= 0x200d) || code === 0xfeff || code === 0xad) return SKIP
  const character = String.fromCodePoint(folded.codePointAt(at) ?? 0)
  if (WORDLIKE.test(character)) return LETTER
  if (code >= 0xdc00 && code <= 0xdfff && WORDLIKE.test(folded.slice(at - 1, at + 1))) return LETTER
  return code === 0xa0 || (code >= 0x2000 && code <= 0x200a) ? SPACE : BREAK
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function contentOf(words: readonly string[]): readonly string[] {
  const content: string[] = []
  for (const word of words) {
    if (word.length < 2 || isStopWord(word)) continue
    const stemmed = stem(word)
    if (!content.includes(stemmed)) content.push(stemmed)
    if (content.length === MOST_CONTENT) break
  }
  return content.sort()
}

function endingOf(word: string, end: number): number {
  switch (word.charCodeAt(end - 1)) {
    case 103:
      return word.charCodeAt(end - 2) === 110 && word.charCodeAt(end - 3) === 105 ? 3 : 0
    case 100:
    case 114:
    case 110:
    case 109:
      return word.charCodeAt(end - 2) === 101 ? 2 : 0
    case 97:
    case 101:
    case 105:
    case 111:
    case 121:
      return 1
    default:
      return 0
  }
}
