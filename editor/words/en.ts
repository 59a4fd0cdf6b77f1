/**
 * Every word the editor shows, in English, one file for each folder of the editor in `en/`. What the engine's kinds say
 * about themselves is theirs. Another language is another object of the type `Words`.
 */
import type * as english from './en/index.ts'

// A namespace, not an object: a page loads the words of what it shows.
export * as words from './en/index.ts'
export type Words = typeof english
