import { dutch } from './nl.ts'
import { english } from './en.ts'
import { french } from './fr.ts'
import { german } from './de.ts'
import { italian } from './it.ts'
import type { Language } from './language.ts'
import { portuguese } from './pt.ts'
import { spanish } from './es.ts'

/** THE list of languages. They are read as one: a message need not say which language it is in. */
export const languages: readonly Language[] = [english, german, french, spanish, italian, portuguese, dutch]

const stopWords = wordSet((language) => language.stopWords)

/** Whether the word carries no meaning of its own in one of the languages. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word)
}

/** All words that `pick` takes from each language. */
export function wordSet(pick: (language: Language) => string): ReadonlySet<string> {
  return new Set(languages.flatMap((language) => wordsOf(pick(language))))
}

/** Words separated by blanks, as a list. */
export function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}
