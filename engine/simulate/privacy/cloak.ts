/**
 * Takes personal data out of texts: names, e-mail addresses, phone numbers, card-like and account numbers, addresses.
 *
 * Law 1: the same thing has the same stand-in everywhere, so that a conversation still makes sense.
 * Law 2: a stand-in is of the kind of what it stands for: an e-mail address can be written to, a phone number has as many
 *   digits, a card number passes the card’s own check.
 * Law 3: what is a stand-in already stays: to take personal data out of a conversation twice changes nothing.
 */
import { forNumber, isStandIn, numbered, standInNames } from './stand-ins.ts'

/** What is known to be personal before any text is read. */
export interface Known {
  /** Of customers and staff, as they are written. */
  readonly names: readonly string[]
  /** Whole strings, such as a street, with what stands for them. */
  readonly whole: ReadonlyMap<string, string>
}

export function createCloak({ names, whole }: Known): (text: string) => string {
  const words = [...new Set(names.flatMap(wordsOf))].filter((word) => !isStandIn(word))
  const named = new Map(
    words.map((word, index) => [word.toLowerCase(), standInNames[index % standInNames.length] ?? word]),
  )
  const nameOf = (word: string): string => {
    const key = word.toLowerCase()
    const known = named.get(key) ?? standInNames[named.size % standInNames.length] ?? word
    if (!isStandIn(word)) named.set(key, known)
    return isStandIn(word) ? word : inCaseOf(word, known)
  }
  const emails = numbered((index) => `person${index}@example.com`)
  const numbers = new Map<string, string>()
  const number = (found: string): string => {
    const digits = found.replaceAll(/\D/g, '')
    const known = numbers.get(digits) ?? forNumber(digits, numbers.size)
    numbers.set(digits, known)
    let next = 0
    return found.replaceAll(/\d/g, () => known[next++] ?? '0')
  }
  const longest = [...whole].filter(([from]) => from.length > 1).sort(([one], [other]) => other.length - one.length)

  return (text) => {
    const known = longest.reduce((current, [from, to]) => current.replaceAll(from, to), text)
    const housed = streets.reduce((current, [pattern, to]) => current.replaceAll(pattern, to), known)
    return housed
      .replaceAll(EMAIL, (found) =>
        found.toLowerCase().endsWith('@example.com') ? found : emails(found.toLowerCase()),
      )
      .replaceAll(ACCOUNT, (found) => `${found.slice(0, 2)}${number(found.slice(2).replaceAll(/[A-Z]/g, '0'))}`)
      .replaceAll(NUMBER, number)
      .replaceAll(INTRODUCED, (_, before: string, name: string) => `${before}${name.replaceAll(WORD, nameOf)}`)
      .replaceAll(WORD, (word) => (named.has(word.toLowerCase()) && isMeant(word, text) ? nameOf(word) : word))
  }
}

const WORD = /\p{L}[\p{L}\p{M}]*/gu
const EMAIL = /[^\s<>@,;:()"]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g
/** An IBAN: a country, two digits to check, and groups. */
const ACCOUNT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g
/** A phone number begins as one, or is grouped as one: a date is none, nor a plain number. */
const PHONE = String.raw`(?<![\w.])(?:\+\d[\d\s()./-]{5,20}\d|\(?0\d[\d\s()/-]{4,18}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)`
/** As long as a card’s, in groups or not. */
const LONG = String.raw`(?<![\w+])\d(?:[ -]?\d){11,18}(?!\w)`
const NUMBER = new RegExp(`${PHONE}|${LONG}`, 'g')
const NAME = String.raw`\p{L}[\p{L}\p{M}'’-]+`
const INTRODUCED = new RegExp(
  String.raw`((?:my name is|my name’s|my name's|mein name ist|ich hei(?:ß|ss)e|me llamo|mi nombre es|je m['’]appelle)\s+)(${NAME}(?:\s+\p{Lu}[\p{L}\p{M}'’-]+)?)`,
  'giu',
)
const PLACE = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*`
const streets: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`\b\d{1,5}[a-z]?\s+(?:${PLACE}\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Square)\b\.?`,
      'gu',
    ),
    '1 Example Street',
  ],
  [
    new RegExp(
      String.raw`(?<!\p{L})\p{Lu}[\p{L}\p{M}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse)\s+\d{1,4}[a-z]?\b`,
      'gu',
    ),
    'Beispielstraße 1',
  ],
  [
    new RegExp(
      String.raw`\b(?:[Cc]alle|[Aa]venida|[Pp]laza)\s+(?:(?:de|del|la|las|los)\s+)*${PLACE}(?:\s+${PLACE})?,?\s+\d{1,4}\b`,
      'gu',
    ),
    'Calle Ejemplo 1',
  ],
  [
    new RegExp(
      String.raw`\b\d{1,4},?\s+(?:[Rr]ue|[Bb]oulevard|[Aa]venue|[Pp]lace)\s+(?:(?:de|du|des|la|le|les)\s+)*${PLACE}(?:\s+${PLACE})?`,
      'gu',
    ),
    '1 rue Exemple',
  ],
]

/** Names that are words too are meant as names only where they are written as names. */
const ordinary: ReadonlySet<string> = new Set([
  'an',
  'art',
  'bill',
  'bob',
  'chance',
  'chase',
  'claire',
  'dawn',
  'de',
  'del',
  'der',
  'drew',
  'faith',
  'frank',
  'grace',
  'grant',
  'hope',
  'iris',
  'jack',
  'joy',
  'la',
  'may',
  'mark',
  'miles',
  'van',
  'von',
  'norm',
  'pat',
  'penny',
  'rob',
  'rose',
  'sol',
  'sue',
  'summer',
  'ward',
  'will',
  'young',
  'king',
  'long',
  'brown',
  'white',
  'black',
  'green',
  'gray',
  'klein',
  'lang',
  'gross',
  'price',
  'small',
  'short',
  'day',
])

function isMeant(word: string, text: string): boolean {
  const isLower = word === word.toLowerCase()
  return !isLower || !ordinary.has(word) || text.trim() === word
}

function wordsOf(name: string): readonly string[] {
  return (name.match(WORD) ?? []).filter((word) => word.length > 1)
}

function inCaseOf(word: string, name: string): string {
  if (word === word.toLowerCase()) return name.toLowerCase()
  return word.length > 1 && word === word.toUpperCase() ? name.toUpperCase() : name
}
