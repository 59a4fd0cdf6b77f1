import { cut } from '../expression/cut.ts'

const LONGEST_QUOTE = 120
const TIMES = [
  'never',
  'once',
  'twice',
  'three times',
  'four times',
  'five times',
  'six times',
  'seven times',
  'eight times',
  'nine times',
]

/** What was said, in quotes on one line; at most 120 characters of it. */
export function quote(text: string): string {
  return `“${excerpt(text).replaceAll(/\s+/g, ' ').trim()}”`
}

/** The beginning of a text, at most 120 characters, cut between characters that belong together. */
export function excerpt(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${cut(text, LONGEST_QUOTE - 1)}…`
}

/** "once", "twice", "three times", "12 times". */
export function times(count: number): string {
  return TIMES[count] ?? `${count} times`
}

/** "“refund”, “return” or “complaint”": three at most by name. */
export function oneOf(listed: readonly string[]): string {
  const named = listed.slice(0, 3).map(quote)
  if (listed.length > named.length) return `${named.join(', ')} or ${listed.length - named.length} more`
  return [named.slice(0, -1).join(', '), named.at(-1) ?? ''].filter((part) => part !== '').join(' or ')
}

/** A figure as people write it: at most two decimals. */
export function figure(value: number): string {
  return String(Math.round(value * 100) / 100)
}
