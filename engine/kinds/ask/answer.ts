/** Reads a customer's answer as a value. Undefined means that it is not one, and the customer is asked again. */
import type { Choice, Json } from '../../flow/values.ts'
import { shortAnswer, type Words } from '../../words/words.ts'

export const askedAs = ['text', 'number', 'email', 'phone', 'date', 'yesno', 'choice'] as const
export type AskedAs = (typeof askedAs)[number]

interface Given { readonly text: string; readonly choice?: string | undefined }

export function readAnswer(as: AskedAs, given: Given, choices: readonly Choice[], words: Words): Json | undefined {
  const said = given.text.trim()
  switch (as) {
    case 'text': return said === '' ? undefined : said.slice(0, 2_000)
    case 'number': return readNumber(said)
    case 'email': return /[^\s<>@,;:()"]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/.exec(said)?.[0].toLowerCase()
    case 'phone': return readPhone(said)
    case 'date': return readDate(said)
    case 'yesno': return readYesNo(given, words)
    case 'choice': return readChoice(given, choices)
    default: return as satisfies never
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
    comma >= 0 && dot >= 0 ? (comma > dot ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', ''))
    : comma >= 0 ? (grouped(',') ? digits.replaceAll(',', '') : digits.replace(',', '.'))
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
  const slashed = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(said)
  if (!slashed) return undefined
  const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])]
  if (first === second || second > 12) return realDate(year, first, second)
  return first > 12 ? realDate(year, second, first) : undefined
}

function realDate(year: number, month: number, day: number): string | undefined {
  const longest = month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
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
  const byNumber = /^\d{1,3}$/.test(said) ? choices[Number(said) - 1] : undefined
  const named = choices.filter((choice) => ` ${said.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${choice.label.toLowerCase()} `))
  return (byButton ?? byWord ?? byNumber ?? (named.length === 1 ? named[0] : undefined))?.id
}
