/** Reads a customer's answer as a value. Undefined means that it is not one, and the customer is asked again. */
import type { Choice, Json } from '../../flow/values.ts'
import { cut } from '../../expression/cut.ts'
import { nearest } from '../../expression/nearest.ts'
import { shortAnswer, type Words } from '../../words/words.ts'
import type { AskedAs } from './face.ts'

export type { AskedAs } from './face.ts'

interface Given {
  readonly text: string
  readonly choice?: string | undefined
}

export function readAnswer(as: AskedAs, given: Given, choices: readonly Choice[], words: Words): Json | undefined {
  const said = given.text.trim()
  switch (as) {
    case 'text':
      return said === '' ? undefined : cut(said, 2_000)
    case 'number':
      return readNumber(said)
    case 'email':
      return /[^\s<>@,;:()"]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/.exec(said)?.[0].toLowerCase()
    case 'phone':
      return readPhone(said)
    case 'date':
      return readDate(said)
    case 'yesno':
      return readYesNo(given, words)
    case 'choice':
      return readChoice(given, choices)
    default:
      return as satisfies never
  }
}

/** `1,234.50`, `1.234,50`, `€ 30` and `30 euros` are numbers; a text with two of them is not one. */
function readNumber(said: string): number | undefined {
  const found = said.match(/-?\d(?:[\d.,' ]*\d)?/g)
  if (found?.length !== 1) return undefined
  const digits = found[0].replace(/[' ]/g, '')
  const comma = digits.lastIndexOf(',')
  const dot = digits.lastIndexOf('.')
  const grouped = (mark: string): boolean => new RegExp(`^-?\\d{1,3}(\\${mark}\\d{3})+$`).test(digits)
  const plain =
    comma >= 0 && dot >= 0
      ? comma > dot
        ? digits.replaceAll('.', '').replace(',', '.')
        : digits.replaceAll(',', '')
      : comma >= 0
        ? grouped(',')
          ? digits.replaceAll(',', '')
          : digits.replace(',', '.')
        : digits
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

function readPhone(said: string): string | undefined {
  const found = /\+?\d[\d\s().\/-]{4,24}\d/.exec(said)?.[0]
  const digits = found?.replace(/\D/g, '') ?? ''
  return digits.length >= 6 && digits.length <= 15 ? `${found?.startsWith('+') ? '+' : ''}${digits}` : undefined
}

/** ISO, `31.3.2026`, and `31/3/2026` where day and month cannot be confused. */
function readDate(said: string): string | undefined {
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(said)
  if (iso) return realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dotted = /\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b/.exec(said)
  if (dotted) return realDate(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  const named = dateInWords(said)
  if (named !== undefined) return named
  const slashed = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(said)
  if (!slashed) return undefined
  const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])]
  if (first === second || second > 12) return realDate(year, first, second)
  return first > 12 ? realDate(year, second, first) : undefined
}

/** "24 December 2026", "Dec 24, 2026", "24. Dezember 2026": a day, a month by its name's first letters, and a year. */
function dateInWords(said: string): string | undefined {
  const plain = said.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  const month =
    /\b(jan|ene|feb|fev|mar|abr|apr|avr|mai|may|jun|jul|jui|aug|ago|aou|sep|set|oct|okt|nov|dec|dez|dic)[a-z]*\b/.exec(
      plain,
    )
  const year = /\b(\d{4})\b/.exec(plain)
  const day = /\b(\d{1,2})(?:st|nd|rd|th|\.)?(?=\s|,|$)/.exec(plain)
  if (month?.[1] === undefined || year === null || day === null) return undefined
  const number = month[1] === 'jui' ? (month[0].startsWith('juil') ? 7 : 6) : MONTHS[month[1]]
  return number === undefined ? undefined : realDate(Number(year[1]), number, Number(day[1]))
}
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  ene: 1,
  feb: 2,
  fev: 2,
  mar: 3,
  abr: 4,
  apr: 4,
  avr: 4,
  mai: 5,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  ago: 8,
  aou: 8,
  sep: 9,
  set: 9,
  oct: 10,
  okt: 10,
  nov: 11,
  dec: 12,
  dez: 12,
  dic: 12,
}

function realDate(year: number, month: number, day: number): string | undefined {
  const longest =
    month === 2
      ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31
  if (month < 1 || month > 12 || day < 1 || day > longest) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function readYesNo(given: Given, words: Words): boolean | undefined {
  if (given.choice === 'yes') return true
  if (given.choice === 'no') return false
  const answer = shortAnswer(words, given.text)
  return answer === 'yes' ? true : answer === 'no' ? false : undefined
}

function readChoice(given: Given, choices: readonly Choice[]): string | undefined {
  const said = given.text.trim().toLowerCase()
  const byButton = choices.find((choice) => choice.id === given.choice)
  const byWord = choices.find((choice) => choice.label.toLowerCase() === said || choice.id.toLowerCase() === said)
  const byNumber = /^\d{1,3}\.?$/.test(said) ? choices[Number.parseInt(said, 10) - 1] : undefined
  const plain = ` ${said.replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const exact = byButton ?? byWord ?? byNumber
  if (exact !== undefined || / (?:not|no|nicht|kein|keine|pas|non) /u.test(plain)) return exact?.id
  const named = choices.filter((choice) => plain.includes(` ${choice.label.toLowerCase()} `))
  const meant = nearest(
    said,
    choices.map((choice) => choice.label.toLowerCase()),
  )
  const byTypo =
    meant === undefined || said.length < 4 ? undefined : choices.find((choice) => choice.label.toLowerCase() === meant)
  return (named.length === 1 ? named[0] : named.length === 0 ? byTypo : undefined)?.id
}
