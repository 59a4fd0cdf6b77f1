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
  readonly retry: {
    readonly [As in 'text' | 'number' | 'email' | 'phone' | 'date' | 'yesno' | 'choice' | 'score' | 'slot']: string
  }
  readonly askName: string
  readonly askEmail: string
  readonly askBrief: string
  /** A wait in words, without “about”: "4 minutes". */
  minutes(count: number): string
  readonly aFewMinutes: string
  /** A time within which somebody comes, where nobody can say one. */
  readonly aWhile: string
  joined(name: string): string
  readonly lostAgent: string
  readonly lostPerson: string
  /** A bot of the team could not go on, and the customer waits for a person. */
  readonly botGaveWay: string
  readonly ticketFailed: string
  /** What a customer who is called back to a ticket answers by button. */
  readonly comeBack: string
  /** Somebody is there now for who left a ticket. */
  readonly promiseReady: string
  /** The call is near. */
  promiseSoon(time: string): string
  readonly promiseDue: string
  /** A call that nobody made became a ticket. */
  readonly promiseBroken: string
  readonly slotTaken: string
  /** Words that add nothing to a yes or no. */
  readonly courtesy: readonly string[]
  /** Words after which a yes is none: refusals, doubts, questions. */
  readonly otherwise: readonly string[]
  /** A yes that stays one when more follows. */
  readonly surely: readonly string[]
  /** Words that mean yes, no, "that helped", "I still need help" when they are the whole answer; lower case. */
  readonly says: {
    readonly yes: readonly string[]
    readonly no: readonly string[]
    readonly helped: readonly string[]
    readonly stillNeed: readonly string[]
    readonly thanks: readonly string[]
  }
}

const languages: Readonly<Record<string, Words>> = { en, de, fr, es }

/** The words of a language such as `de-AT`; English when there are none. */
export function wordsOf(language: string): Words {
  const base = language.slice(0, 2).toLowerCase()
  return Object.hasOwn(languages, base) ? (languages[base] ?? en) : en
}

/** A time of day where the flow is at home, as in "14:30 CET". */
export function timeOf(at: number, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(knownTag(language), {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}

/** A language is what a caller says it is; `Intl` throws at what is no language tag. */
function knownTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

export type ShortAnswer = keyof Words['says']

/**
 * Which of the short answers a text is, in the conversation's language or in English. "Yes, connect me" is a yes, "ok but
 * how much" and "please don't" are none: a customer is never taken to have agreed by a first word.
 */
export function shortAnswer(words: Words, text: string): ShortAnswer | undefined {
  const trimmed = text.trim()
  if (/^(👍|👌|✅)/u.test(trimmed)) return 'yes'
  if (/^(👎|❌)/u.test(trimmed)) return 'no'
  const said = plain(trimmed)
  for (const from of [words, en]) {
    const whole =
      listed(from, said) ??
      listed(
        from,
        said
          .split(' ')
          .filter((word) => !from.courtesy.includes(word))
          .join(' '),
      )
    if (whole !== undefined) return whole
  }
  const [first = '', ...rest] = said.split(' ')
  for (const from of [words, en]) {
    if (from.surely.includes(first) && !trimmed.includes('?') && !rest.some((word) => from.otherwise.includes(word)))
      return 'yes'
    if (from.says.no.includes(first) && /^\S+\s*[,.;!:–-]/u.test(trimmed)) return 'no'
  }
  return undefined
}

function listed(from: Words, said: string): ShortAnswer | undefined {
  return (['helped', 'stillNeed', 'no', 'yes', 'thanks'] as const).find((answer) => from.says[answer].includes(said))
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
}
