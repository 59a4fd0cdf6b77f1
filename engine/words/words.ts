/** The engine's own words to customers, where a flow gives none. One file a language; `en` is complete and the fallback. */
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

export interface Words {
  readonly yes: string
  readonly no: string
  readonly helped: string
  readonly stillNeed: string
  readonly noneOfThese: string
  readonly retry: { readonly [As in 'text' | 'number' | 'email' | 'phone' | 'date' | 'yesno' | 'choice' | 'score' | 'slot']: string }
  readonly askName: string
  readonly askEmail: string
  readonly askBrief: string
  /** A wait in words, without “about”: "4 minutes". */
  minutes(count: number): string
  readonly aFewMinutes: string
  joined(name: string): string
  readonly lostAgent: string
  /** Words that mean yes, no, "that helped", "I still need help" when they are the whole answer; lower case. */
  readonly says: { readonly yes: readonly string[]; readonly no: readonly string[]; readonly helped: readonly string[]; readonly stillNeed: readonly string[] }
}

const languages: Readonly<Record<string, Words>> = { en, de, fr, es }

/** The words of a language such as `de-AT`; English when there are none. */
export function wordsOf(language: string): Words {
  const base = language.slice(0, 2).toLowerCase()
  return Object.hasOwn(languages, base) ? languages[base] ?? en : en
}

/** Which of the short answers a text is, in the conversation's language or in English. */
export function shortAnswer(words: Words, text: string): keyof Words['says'] | undefined {
  const said = text.toLowerCase().normalize('NFC').replace(/[^\p{L}\p{N}' ]+/gu, ' ').replace(/ +/g, ' ').trim()
  for (const from of [words, en]) {
    for (const answer of ['helped', 'stillNeed', 'yes', 'no'] as const) if (from.says[answer].includes(said)) return answer
  }
  const first = said.split(' ', 1)[0] ?? ''
  for (const from of [words, en]) for (const answer of ['yes', 'no'] as const) if (from.says[answer].includes(first)) return answer
  return undefined
}
